"""Questions of "cross-entropy error": the predictions and target are those of the lesson before."""

import numpy as np

from lessons.questions import Mistake, Question
from lessons.questions.mean_squared_error import t, y1

delta = 1e-7
with np.errstate(divide="ignore", invalid="ignore"):
    bare = -np.sum(t * np.log(y1))
loss1 = -np.sum(t * np.log(y1 + delta))
# The same 0.6 for the true class, and all the rest on one wrong class.
rival = 0.6 * t + 0.4 * np.eye(10)[7]
# The slopes for the true class's score when p goes to the truth and the rest to one rival.
p = 0.001
slopes = p - 1, -2 * p * (1 - p) ** 2
losses = -np.log(p), (1 - p) ** 2  # and the losses themselves


# Scores 1, 3 and 0, and the powers that softmax makes of them.
scores = np.array([1, 3, 0])
powers = np.exp(scores)
# A perfect prediction of ten classes, taken for scores: softmax is done once more.
twice = np.exp(t) / np.sum(np.exp(t))


def half_squares(y):
    return 0.5 * np.sum((y - t) ** 2)


def binary(y):
    return -np.sum(t * np.log(y + delta) + (1 - t) * np.log(1 - y + delta))


def all_terms(y):
    return -np.sum(np.log(y + delta))


QUESTIONS = {
    "entropy-half": Question(
        right=np.log(0.6) - np.log(0.3),
        en="Each halving adds log 2, wherever it starts: log(p/2) = log p − log 2.",
        zh="每减半一次就增加 log 2，从哪里开始都一样：log(p/2) = log p − log 2。",
        mistakes=[
            Mistake(
                -np.log(0.3),
                "That is the new loss. How much of it is new?",
                "这是新的损失。其中有多少是新增加的？",
            ),
            Mistake(
                -np.log(0.6),
                "So the loss would double. Does half the probability mean twice the loss?",
                "那样损失就翻倍了。概率减半，损失就翻倍吗？",
            ),
            Mistake(
                0.6 - 0.3,
                "That is by how much p falls. What does the logarithm make of it?",
                "这是 p 下降的量。取对数之后它变成多少？",
            ),
            Mistake(
                0.6 / 0.3,
                "That is the ratio of the probabilities. What is its logarithm?",
                "这是两个概率之比。它的对数是多少？",
            ),
            Mistake(
                np.log10(0.6) - np.log10(0.3),
                "This is the logarithm to base ten. Which one is np.log?",
                "这是以十为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                np.log2(0.6) - np.log2(0.3),
                "This is the logarithm to base two, in bits. Which one is np.log?",
                "这是以二为底的对数，单位是比特。np.log 是哪一种？",
            ),
            Mistake(
                np.log(0.3) - np.log(0.6),
                "The sign is turned: the class has become less probable. Up or down with the loss?",
                "符号反了：正确类别的概率变小了，损失该升还是降？",
            ),
            Mistake(
                0,
                "Drag x in the plot. Is −log x as high at half the way?",
                "在图上拖动 x。走到一半时，−log x 还是一样高吗？",
            ),
        ],
        hint_en="Subtract −log 0.6 from −log 0.3.",
        hint_zh="用 −log 0.3 减去 −log 0.6。",
    ),
    "entropy-zeros": Question(
        right=bare,
        en="One term that is not a number makes the whole sum one that is not.",
        zh="只要有一项不是数，整个和就不是数。",
        mistakes=[
            Mistake(
                loss1,
                "On paper, yes. But what is log 0 in NumPy, and what is 0 times that?",
                "在纸上是这样。可 log 0 是多少？它再乘 0 呢？",
            ),
            Mistake(
                np.inf,
                "log 0 is infinite, but here it is multiplied by 0. What does NumPy make of that?",
                "log 0 确实是无穷，可这里它还要乘上 t 的 0。NumPy 会得出什么？",
            ),
            Mistake(
                -np.inf,
                "log 0 is just that, but here it is multiplied by 0. What does NumPy make of it?",
                "log 0 确实如此，可这里它还要乘上 t 的 0。NumPy 会得出什么？",
            ),
            Mistake(
                0,
                "The true class is not given all of the probability. What is −log y there?",
                "正确类别并没有得到全部概率。那里的 −log y 是多少？",
            ),
        ],
        hint_en="Compute the term of a class with y = 0 and t = 0, then add it to the others.",
        hint_zh="先算 y = 0、t = 0 的那一项，再把它与其余各项相加。",
    ),
    "entropy-largest": Question(
        right=-np.log(0 + delta),
        en="At p = 0 only δ is left in the logarithm: −log δ is the ceiling.",
        zh="p = 0 时对数里只剩下 δ：上限就是 −log δ。",
        mistakes=[
            Mistake(
                1,
                "A probability stays below this. Does its −log? Look at p = 0.1.",
                "概率不会超过这个数。可 −log 呢？看看 p = 0.1。",
            ),
            Mistake(
                np.inf,
                "Without δ, yes. But what stands in the logarithm when p = 0?",
                "没有 δ 时是这样。可 p = 0 时，对数里面是什么？",
            ),
            Mistake(
                -np.log10(delta),
                "This is the logarithm to base ten. Which one is np.log?",
                "这是以十为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                -np.log2(delta),
                "This is the logarithm to base two. Which one is np.log?",
                "这是以二为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                np.log(delta),
                "The sign is turned: δ is below one. What does the minus before log do?",
                "符号反了：δ 小于一。log 前面的负号起什么作用？",
            ),
            Mistake(
                np.log(10),
                "That is pure chance among ten classes. Can a prediction do worse than guess?",
                "这相当于在十个类别里瞎猜。预测能不能比瞎猜还差？",
            ),
            Mistake(
                1 / delta,
                "That is the slope at p = 0. How high is the curve there?",
                "这是 p = 0 处的斜率。曲线在那里有多高？",
            ),
        ],
        hint_en="Put the worst p there is into −log(p + δ).",
        hint_zh="把最差的 p 代入 −log(p + δ)。",
    ),
    "entropy-rivals": Question(
        right=np.sum(t * np.log(y1 + delta)) - np.sum(t * np.log(rival + delta)),
        en="Only the true class's probability counts, and it has not moved.",
        zh="只有正确类别的概率起作用，而它没有变。",
        mistakes=[
            Mistake(
                half_squares(rival) - half_squares(y1),
                "That is the change of the squared error. Which terms does cross-entropy keep?",
                "这是平方误差的变化。交叉熵留下了哪些项？",
            ),
            Mistake(
                loss1,
                "That is the loss itself. Compare it before and after: by how much does it change?",
                "这是损失本身。前后比较一下：它变了多少？",
            ),
            Mistake(
                np.log(0.4) - np.log(0.1),
                "That is how log y[7] grows. By what is it multiplied in the sum?",
                "这是 log y[7] 的增量。它在求和时要乘上什么？",
            ),
            Mistake(
                np.log(0.1) - np.log(0.4),
                "That is the change of −log y[7]. By what is it multiplied in the sum?",
                "这是 −log y[7] 的变化。它在求和时要乘上什么？",
            ),
            Mistake(
                0.4 - 0.1,
                "That is how much y[7] grows. Does the formula look at y[7]?",
                "这是 y[7] 的增量。公式看 y[7] 吗？",
            ),
            Mistake(
                binary(rival) - binary(y1),
                "That is the binary form, with (1 − t) log(1 − y). Is this term in our E?",
                "这是二分类的形式，带有 (1 − t) log(1 − y)。我们的 E 里有这一项吗？",
            ),
            Mistake(
                all_terms(rival) - all_terms(y1),
                "All ten logarithms are summed. By what is each of them multiplied first?",
                "十个对数全加起来了。相加之前，每一个要先乘上什么？",
            ),
        ],
        hint_en="Write down the terms t log y before and after. Which of them differ?",
        hint_zh="写出变化前后的各项 t log y。哪几项不同？",
    ),
    "entropy-pull": Question(
        right=slopes[0] / slopes[1],
        en="Both losses are high here, but only cross-entropy is steep: it can still teach.",
        zh="两个损失在这里都很高，但只有交叉熵是陡的：它还能教会网络。",
        mistakes=[
            Mistake(
                1,
                "Both call it very bad, but equally steep? How much does softmax still react here?",
                "两者都说很差，可一样陡吗？softmax 的输出在这里还会怎样随得分变化？",
            ),
            Mistake(
                2,
                "For p near a half that is about right. What if the output hardly heeds its score?",
                "p 接近一半时大致如此。可如果输出几乎不再随得分变化呢？",
            ),
            Mistake(
                20,
                "Too mild. How far does y move when the score of so small a y moves a little?",
                "还不够。y 这么小时，得分动一点，y 会动多少？",
            ),
            Mistake(
                slopes[1] / slopes[0],
                "Turned over: that would mean that the squared error pulls harder.",
                "除反了：这等于说平方误差拉得更用力。",
            ),
            Mistake(
                losses[0] / losses[1],
                "That compares the losses. A network follows slopes: how steep is each loss?",
                "这是两个损失之比。网络是跟着斜率走的：两个损失各有多陡？",
            ),
            Mistake(
                1 / (p * (1 - p)),
                "That is the true output alone. When its score moves, so does the rival's output.",
                "这只看了正确类别的输出。它的得分一动，对手的输出也跟着动。",
            ),
        ],
        hint_en="Divide the one slope by the other; the next cell prints both.",
        hint_zh="用一个损失的斜率除以另一个的斜率；下一个单元格会打印两者。",
    ),
    "entropy-scores": Question(
        right=powers[1] / powers[0],
        en="The sum cancels: what is left is e to the power of the difference of the scores.",
        zh="总和约掉了：剩下的是 e 的“得分之差”次方。",
        mistakes=[
            Mistake(
                scores[1] / scores[0],
                "That is the ratio of the scores. What does softmax do to each score first?",
                "这是得分之比。softmax 先对每个得分做了什么？",
            ),
            Mistake(
                scores[1] - scores[0],
                "That is the difference of the scores. What does softmax make of a difference?",
                "这是得分之差。经过 softmax，差变成了什么？",
            ),
            Mistake(
                np.e,
                "So much for a difference of 1. How far apart are these two scores?",
                "得分相差 1 时是这样。这两个得分相差多少？",
            ),
            Mistake(
                powers[1],
                "That is the second power. By which power must it be divided?",
                "这是第二个乘幂。它还要除以哪个乘幂？",
            ),
            Mistake(
                10.0 ** (scores[1] - scores[0]),
                "Powers of ten. Which number does softmax raise to the power of the scores?",
                "这用的是十的乘幂。softmax 用的底是哪个数？",
            ),
            Mistake(
                powers[0] / powers[1],
                "Turned over. Which of the two has the higher score?",
                "除反了。两者之中哪个得分更高？",
            ),
            Mistake(
                powers[1] / powers.sum(),
                "That is the second probability. How many times the first is it?",
                "这是第二个概率。它是第一个的多少倍？",
            ),
        ],
        hint_en="Write both probabilities as fractions and divide one by the other.",
        hint_zh="把两个概率写成分数，再相除。",
    ),
    "entropy-library": Question(
        right=-np.sum(t * np.log(twice)),
        en="Softmax once more: the true class gets e / (e + 9), and no prediction gets lower.",
        zh="对一个 1 和九个 0 再做 softmax，正确类别只得到 e / (e + 9)；没有哪个预测能更低。",
        mistakes=[
            Mistake(
                0,
                "From a loss of probabilities, yes. This one takes them for scores: what next?",
                "对要概率的损失来说是这样。这一个把它们当成得分：接下来会怎样？",
            ),
            Mistake(
                np.log(10),
                "That would be ten equal scores. Are a 1 and nine 0s equal?",
                "十个得分相等时才是这样。一个 1 和九个 0 相等吗？",
            ),
            Mistake(
                np.sum(t * twice),
                "That is what the true class gets after the second softmax. And the loss?",
                "这是第二次 softmax 之后正确类别的概率。损失呢？",
            ),
            Mistake(
                np.log(np.sum(np.exp(t))),
                "That is the logarithm of the sum. What became of the true class's score?",
                "这是总和的对数。正确类别的得分到哪里去了？",
            ),
            Mistake(
                np.log(1 + 1 / np.e),
                "So it is with one wrong class. How many 0s are there?",
                "只有一个错误类别时是这样。这里有几个 0？",
            ),
            Mistake(
                -np.sum(t * np.log10(twice)),
                "This is the logarithm to base ten. Which one is np.log?",
                "这是以十为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                np.inf,
                "Is there a log 0 in it? Softmax of 0 is not 0.",
                "里面有 log 0 吗？对 0 做 softmax，得到的并不是 0。",
            ),
        ],
        hint_en="Take softmax of a 1 and nine 0s by hand, then minus the logarithm.",
        hint_zh="先用笔算对一个 1 和九个 0 做 softmax，再取负对数。",
    ),
    "entropy-mend": Question(
        right=loss1,
        arguments=(y1, t),
        en="δ inside, logarithm, times t, sum, minus: in this order.",
        zh="先加 δ，再取对数，乘 t，求和，取负，正是这个顺序。",
        mistakes=[
            Mistake(
                -loss1,
                "The minus is missing: this gets lower as the prediction gets worse.",
                "少了负号：这样一来，预测越差，数反而越小。",
            ),
            Mistake(
                -np.sum(t * np.log10(y1 + delta)),
                "This is the logarithm to base ten. Which one does the formula mean?",
                "这是以十为底的对数。公式里的是哪一种？",
            ),
            Mistake(
                -np.sum(t * np.log2(y1 + delta)),
                "This is the logarithm to base two. Which one does the formula mean?",
                "这是以二为底的对数。公式里的是哪一种？",
            ),
            Mistake(
                -np.mean(t * np.log(y1 + delta)),
                "A mean: divided by the number of outputs. What does Σ ask for?",
                "取了平均：多除了一次输出的个数。Σ 要求的是什么？",
            ),
            Mistake(
                -np.sum(y1 * np.log(t + delta)),
                "y and t have changed places. Which of the two stands in the logarithm?",
                "y 和 t 的位置对调了。对数里面应当是哪一个？",
            ),
            Mistake(
                all_terms(y1),
                "t is forgotten: all ten logarithms count in full. Which of them should?",
                "忘了 t：十个对数全都算了进去。应当算哪些？",
            ),
            Mistake(
                binary(y1),
                "The form for yes-or-no outputs, which adds (1 − t) log(1 − y). Is it in E?",
                "这是用于二分类输出的形式，多了 (1 − t) log(1 − y)。E 里有这一项吗？",
            ),
            Mistake(
                -np.sum(t * np.log(np.exp(y1) / np.sum(np.exp(y1)) + delta)),
                "Softmax is taken once more, but y holds probabilities already.",
                "又做了一次 softmax，可 y 已经是概率了。",
            ),
            Mistake(
                bare,
                "nan: somewhere log 0 is multiplied by 0. Where does δ have to stand?",
                "得到 nan：某处 log 0 乘了 0。δ 应当放在哪里？",
            ),
            Mistake(
                np.sum(t * y1),
                "This is the probability of the true class. What became of the logarithm?",
                "这是正确类别的概率。对数到哪里去了？",
            ),
            Mistake(
                -np.sum(t * y1),
                "The minus is there. What became of the logarithm?",
                "负号有了。对数到哪里去了？",
            ),
            Mistake(
                -np.sum(t * np.log(1 - y1 + delta)),
                "This takes 1 − y, the probability of being wrong. Which one should be high?",
                "这里用的是 1 − y，也就是答错的概率。应当高的是哪一个？",
            ),
            Mistake(
                half_squares(y1),
                "This is the mean squared error.",
                "这是均方误差。",
            ),
        ],
        hint_en="Read E from the inside out: δ first, the minus last.",
        hint_zh="从里往外读公式 E：先加 δ，最后取负。",
    ),
}
