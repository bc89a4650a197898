"""Questions of assignment 6: three classes, an epoch of two batches, two counts."""

import numpy as np

from lessons.questions import Mistake, Question

x = np.array([[1.0, 2.0], [0.5, -1.5]])
W = np.array([[0.2, -0.3, 0.1], [0.4, 0.5, -0.2]])
b = np.array([0.1, 0.3, -0.5])
scores = x @ W + b
powers = np.exp(scores)
y = powers / powers.sum(axis=1, keepdims=True)

weights = np.array([[0.5], [-1.0]])
inputs = np.array([[1.0, 2.0], [0.5, -1.5], [2.0, 1.0], [-1.0, 0.5]])
targets = np.array([[1.0], [0.5], [-2.0], [1.5]])
batches, rate = [np.array([2, 0]), np.array([3, 1])], 0.1


def pull(W, rows):
    return inputs[rows].T @ (inputs[rows] @ W - targets[rows]) / len(rows)


def after(*batches, start=weights, rate=rate):
    for rows in batches:
        start = start - rate * pull(start, rows)
    return start[1, 0]


whole = np.arange(4)
from_start = [rate * pull(weights, rows) for rows in batches]

n, batch_size, epochs = 1437, 50, 10
losses = np.array([1.31, 0.62, 0.41, 0.35, 0.38, 0.44])

QUESTIONS = {
    "a6-forward": Question(
        right=y[0, 1],
        arguments=(x, W, b),
        en="The probabilities of each example sum to 1.",
        zh="每个样本的概率之和都是 1。",
        mistakes=[
            Mistake(
                powers[0, 1] / powers.sum(),
                "Divided by the sum over the whole batch. Whose scores belong together?",
                "除以了整批的总和。哪些得分属于同一个样本？",
            ),
            Mistake(
                (powers / powers.sum(axis=0))[0, 1],
                "Divided by the sum over the examples. Along which axis are the classes?",
                "除以的是对各个样本求的和。类别在哪个轴上？",
            ),
            Mistake(
                powers[0, 1],
                "Powers of e, not yet probabilities: what do they sum to?",
                "这是 e 的幂，还不是概率：它们的和是多少？",
            ),
            Mistake(
                scores[0, 1],
                "These are the scores. What makes probabilities of them?",
                "这是得分。怎样把它们变成概率？",
            ),
            Mistake(
                scores[0, 1] / scores[0].sum(),
                "The scores were divided by their sum. What if one is negative?",
                "把得分除以了它们的和。如果有一个是负数呢？",
            ),
            Mistake(
                np.exp(x @ W)[0, 1] / np.exp(x @ W)[0].sum(),
                "b is forgotten: what is added to the scores of every example?",
                "忘了 b：每个样本的得分还要加上什么？",
            ),
            Mistake(
                1 / (1 + 1 / powers[0, 1]),
                "That is the sigmoid of one score. Do the other classes not count?",
                "这是单个得分的 sigmoid。其他类别不算吗？",
            ),
            Mistake(
                2 ** scores[0, 1] / np.sum(2 ** scores[0]),
                "Powers of 2 were taken. Of which number does the formula take powers?",
                "算的是 2 的幂。公式里是哪个数的幂？",
            ),
            Mistake(
                powers[0, 1] ** -1 / np.sum(powers[0] ** -1),
                "The lowest score has the highest probability. Which sign is turned?",
                "得分最低的概率最高。哪个符号反了？",
            ),
        ],
        hint_en="Powers of e of the scores, each row divided by its own sum.",
        hint_zh="先求得分的 e 次幂，再把每一行除以它自己的和。",
    ),
    "a6-large": Question(
        right=y[0, 1],
        arguments=(x, W, b + 1000),
        en="The same scores, all larger by 1000: the same probabilities.",
        zh="同样的得分都加上 1000，概率不变。",
        mistakes=[
            Mistake(
                0,
                "Something became too small or too large here. Which number is that?",
                "这里有个数变得太小或太大了。是哪一个？",
            ),
            Mistake(
                1 / 3,
                "All classes came out equal: were the differences of the scores cut off?",
                "各个类别变得一样了：得分之间的差别被截掉了吗？",
            ),
        ],
        hint_en="Before the powers, subtract something from all scores of an example.",
        hint_zh="求幂之前，先从一个样本的所有得分里减去一个数。",
    ),
    "a6-epoch": Question(
        right=after(*batches),
        arguments=(weights, inputs, targets, batches, rate),
        en="Two batches, two steps, and the second began where the first had ended.",
        zh="两批，两步，第二步从第一步的终点出发。",
        mistakes=[
            Mistake(
                after(*batches, rate=-rate),
                "The sign is turned: in which direction do the slopes point?",
                "符号反了：斜率指的是哪个方向？",
            ),
            Mistake(
                after(*batches, rate=1),
                "The learning rate is forgotten: how long is a step?",
                "忘了学习率：一步有多长？",
            ),
            Mistake(
                after(batches[0]),
                "One step only, with the first batch. Where does the `return` stand?",
                "只用第一批走了一步。`return` 写在哪里？",
            ),
            Mistake(
                after(batches[1]),
                "Only the step of the last batch is left. Where did it begin?",
                "只剩下最后一批的那一步。它从哪里出发？",
            ),
            Mistake(
                (weights - sum(from_start))[1, 0],
                "Both slopes were taken at the first weights. From where does step two begin?",
                "两次斜率都取自最初的权重。走第二步之前，你在哪里？",
            ),
            Mistake(
                after(whole),
                "One step with the mean of all rows. What are the batches for?",
                "对所有的行取平均，只走了一步。那些批是做什么用的？",
            ),
            Mistake(
                after(whole, whole),
                "Each step used all rows. Which rows belong to a batch?",
                "每一步都用了所有的行。哪些行属于一批？",
            ),
            Mistake(
                after(*batches[::-1]),
                "The batches came in the reverse order.",
                "各批的顺序反了。",
            ),
            Mistake(
                weights[1, 0],
                "The weights have not moved.",
                "权重没有动。",
            ),
        ],
        hint_en="For each batch: pick its rows, ask for the slopes where you are, take a step.",
        hint_zh="对每一批：取出它的行，求当前权重处的斜率，走一步。",
    ),
    "a6-steps": Question(
        right=290,
        arguments=(n, batch_size, epochs),
        en="28 full batches and a short one: 29 updates in each epoch.",
        zh="28 个整批加上一个较短的批：每个 epoch 更新 29 次。",
        mistakes=[
            Mistake(
                epochs * (n // batch_size),
                "The short last batch is missing. Which rows would never be seen?",
                "少了最后较短的一批。哪些行永远看不到？",
            ),
            Mistake(
                epochs * n / batch_size,
                "No whole number. Can a batch be used in part?",
                "不是整数。一批能只用一部分吗？",
            ),
            Mistake(
                np.ceil(epochs * n / batch_size),
                "Rounded once at the end. Does a batch reach into the next epoch?",
                "只在最后取整了一次。一批会延续到下一个 epoch 吗？",
            ),
            Mistake(
                np.ceil(n / batch_size),
                "That is one epoch. How many are there?",
                "这是一个 epoch。一共有几个？",
            ),
            Mistake(
                epochs,
                "An epoch is not a step. How often is the network updated in one epoch?",
                "epoch 不是一步。一个 epoch 里网络更新几次？",
            ),
            Mistake(
                epochs * n,
                "One update for each picture. How many pictures share an update?",
                "每张图片更新一次。几张图片共用一次更新？",
            ),
            Mistake(
                epochs * (n // batch_size + 1) + epochs,
                "One too many in every epoch. How many batches hold all rows?",
                "每个 epoch 都多了一次。几批就能装下所有行？",
            ),
        ],
        hint_en="First the number of batches of one epoch, with the short one.",
        hint_zh="先求一个 epoch 有几批，较短的一批也算。",
    ),
    "a6-stop": Question(
        right=4,
        arguments=(losses,),
        en="After epoch 4 the loss on the validation data is lowest.",
        zh="第 4 个 epoch 之后，验证数据上的损失最低。",
        mistakes=[
            Mistake(
                np.argmin(losses),
                "One too early: with which number does the first epoch begin?",
                "早了一个：第一个 epoch 是从几数起的？",
            ),
            Mistake(
                np.min(losses),
                "That is the lowest loss. After which epoch was it?",
                "这是最低的损失。它出现在第几个 epoch 之后？",
            ),
            Mistake(
                np.argmax(losses) + 1,
                "That is where the loss is highest. What are we looking for?",
                "这是损失最高的地方。我们要找的是什么？",
            ),
            Mistake(
                len(losses),
                "The last epoch: is more training always better?",
                "这是最后一个 epoch：训练得越久就越好吗？",
            ),
            Mistake(
                np.argmax(np.diff(losses) > 0) + 2,
                "There the loss has risen again already. When was it lowest?",
                "这时损失已经重新上升了。什么时候最低？",
            ),
        ],
        hint_en="Find the place of the lowest loss, then turn the place into an epoch.",
        hint_zh="先找出最低的损失在哪个位置，再把位置换成 epoch。",
    ),
}
