"""Questions of "mini-batch loss". The values come from the lesson's batches or from counting."""

import numpy as np

from lessons.questions import Mistake, Question
from lessons.questions.mean_squared_error import y1, y2

delta = 1e-7
# The loss of each row of the batch y1, y2; both show a 2.
each = -np.log(np.array([y1, y2])[:, 2] + delta)
# Ten rows: y1 and y2 in turn, shifted by one more class each; their labels shift along.
ten = np.array([np.roll(one, n) for n, one in enumerate([y1, y2] * 5)])
labels = (2 + np.arange(10)) % 10
logs = -np.log(ten + delta)
picked = logs[np.arange(10), labels]
# A row is seen at least once in as many single draws as there are rows.
rows = 60000
missed = (1 - 1 / rows) ** rows
# An epoch of 1000 rows in batches of 300.
steps = np.ceil(1000 / 300)

QUESTIONS = {
    "batch-mean": Question(
        right=each.mean(),
        en="The mean over the examples: one number, whatever the size of the batch.",
        zh="对样本取平均：得到一个数，不管批有多大都可以比较。",
        mistakes=[
            Mistake(
                each.sum(),
                "That is the sum. Would twice as many examples, equally good, be twice as bad?",
                "这是总和。同样好的样本多一倍，就算差了一倍吗？",
            ),
            Mistake(
                each.sum() / 20,
                "That is divided by N·K. Is a mean over the classes wanted, or over the examples?",
                "这是除以了 N·K。要的是对类别取平均，还是对样本取平均？",
            ),
            Mistake(
                each.sum() / 4,
                "Divided twice by the number of examples. How many times does 1/N stand there?",
                "除以了两次样本个数。1/N 应当出现几次？",
            ),
            Mistake(
                each[0],
                "That is the first row only. Where has the second example gone?",
                "这只是第一行。第二个样本去哪里了？",
            ),
            Mistake(
                each[1],
                "That is the second row only. Where has the first example gone?",
                "这只是第二行。第一个样本去哪里了？",
            ),
            Mistake(
                -each.mean(),
                "The sign is turned. Can the mean of two positive losses be negative?",
                "符号反了。两个正的损失，平均会是负的吗？",
            ),
            Mistake(
                -np.log(0.35),
                "That is the loss of the mean probability. Which comes first, log or mean?",
                "这是平均概率的损失。先取对数，还是先取平均？",
            ),
            Mistake(
                np.exp(-each.mean()),
                "That is a probability again, the exp of minus the loss. Which loss is it from?",
                "这又变回了概率，是损失变号之后的 exp。它来自哪个损失？",
            ),
            Mistake(
                np.sqrt(each[0] * each[1]),
                "That is the root of the product of the losses. Which mean is in the formula?",
                "这是两个损失乘积的平方根。公式里是哪一种平均？",
            ),
        ],
        hint_en="Two examples, two losses. Which number keeps its size if both come twice?",
        hint_zh="两个样本，两个损失。每个样本都出现两遍时，哪个数不变？",
    ),
    "batch-mend": Question(
        right=picked.mean(),
        arguments=(ten, labels),
        en="Each row gives the output of its own true class; then log, then the mean.",
        zh="每一行取出自己正确类别的输出，取对数，再取平均。",
        mistakes=[
            Mistake(
                np.sum(labels * logs) / 10,
                "Still broken: labels multiply whole columns. What should a label do instead?",
                "还没修好：标签乘到了整列上。标签本来应当做什么？",
            ),
            Mistake(
                picked.sum(),
                "That is the sum over the rows. What makes it comparable to other batches?",
                "这是对各行求的和。怎样才能与别的批比较？",
            ),
            Mistake(
                picked.sum() / 100,
                "Divided by 10 twice, by N·K or by N two times. Which division is one too many?",
                "除以了两次 10：N·K，或者 N 除了两遍。哪一次是多余的？",
            ),
            Mistake(
                picked[0],
                "One row only, or always the largest output. Which row and column go together?",
                "只算了一行，或者总取最大的输出。哪一行该配哪一列？",
            ),
            Mistake(
                picked[-1],
                "That is the last row only. What has become of the other nine?",
                "这只是最后一行。另外九行呢？",
            ),
            Mistake(
                logs[:, labels].mean(),
                "y[:, t] takes all labels' columns from every row. How do rows and labels pair up?",
                "y[:, t] 让每一行都取了所有标签的列。行与标签怎样一一配对？",
            ),
            Mistake(
                logs[:, labels].sum() / 10,
                "All ten outputs of each row are counted. Which one belongs to its label?",
                "每一行的十个输出都算进去了。哪一个才属于它的标签？",
            ),
            Mistake(
                -picked.mean(),
                "The sign is turned. Is log of a probability above or below 0?",
                "符号反了。概率的对数比 0 大还是小？",
            ),
            Mistake(
                -np.mean(np.log10(ten[np.arange(10), labels] + delta)),
                "This is the logarithm to base ten. Which one is np.log?",
                "这是以十为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                -np.log(np.mean(ten[np.arange(10), labels]) + delta),
                "The mean is taken before the logarithm. Which comes first?",
                "先取了平均、后取对数。哪一步应该在前？",
            ),
            Mistake(
                logs[:, 2].mean(),
                "Column 2 in every row: that fits the first row. What is the label of the others?",
                "每一行都取了第 2 列：只适合第一行。其余各行的标签是什么？",
            ),
            Mistake(
                np.mean(ten[np.arange(10), labels]),
                "The right outputs are picked, but their logarithm is missing.",
                "取出的输出是对的，但没有取对数。",
            ),
        ],
        hint_en="Look at label_loss: which numbers stand in the square brackets?",
        hint_zh="看看 label_loss：方括号里是哪些数？",
    ),
    "batch-spread": Question(
        right=2**2,
        en="The spread is σ/√B: the root turns this factor into 2.",
        zh="散布是 σ/√B：开方之后，这个倍数正好变成 2。",
        mistakes=[
            Mistake(
                2,
                "Twice the rows, half the spread? Compare std at B = 10 and B = 20 in the panel.",
                "行数加倍，散布就减半吗？在面板里比较 B = 10 和 B = 20 时的标准差。",
            ),
            Mistake(
                np.sqrt(2),
                "The root acts on B. Which factor has the root 2?",
                "根号作用在 B 上。哪个倍数开方后等于 2？",
            ),
            Mistake(
                1 / 4,
                "That would be a smaller batch. Does looking at fewer rows make you surer?",
                "那样批就变小了。看得更少，会更有把握吗？",
            ),
            Mistake(
                1 / 2,
                "Half the rows: does the estimate get better or worse when you look at fewer?",
                "那是行数减半。看得更少，估计会变好还是变差？",
            ),
            Mistake(
                2**4,
                "So much work makes the spread far smaller than a half. What is its root?",
                "花这么多计算，散布会远小于一半。这个倍数的平方根是多少？",
            ),
            Mistake(
                2**3,
                "More than is needed. Is it a cube root or a square root of B?",
                "多了。对 B 开的是立方根还是平方根？",
            ),
            Mistake(
                100,
                "That makes the spread ten times smaller. How much smaller is wanted?",
                "那会使散布变成十分之一。要的是变成多少？",
            ),
            Mistake(
                1,
                "With the same B the spread stays as it is.",
                "B 不变，散布也不变。",
            ),
        ],
        hint_en="Drag B in the panel until std is half of what it was.",
        hint_zh="在面板里拖动 B，直到标准差变成原来的一半。",
    ),
    "batch-coverage": Question(
        right=1 - missed,
        en="Draws with replacement repeat themselves: more than a third of the rows never came.",
        zh="有放回的抽取会重复：三分之一以上的行一次也没抽到。",
        mistakes=[
            Mistake(
                1,
                "That needs draws that never repeat a row. Do they know what came before?",
                "那要求从不重复。可每次抽取知道前面抽过什么吗？",
            ),
            Mistake(
                missed,
                "That is the fraction never seen. And the rest?",
                "这是一次也没见过的比例。其余的呢？",
            ),
            Mistake(
                1 / 2,
                "A fair coin? Compute the chance that one row is missed by all the draws.",
                "像抛硬币？算一算某一行被全部抽取都错过的概率。",
            ),
            Mistake(
                100 * (1 - missed),
                "That looks like per cent. A fraction between 0 and 1 is asked for.",
                "这像是百分数。这里要的是 0 到 1 之间的比例。",
            ),
            Mistake(
                np.prod(1 - np.arange(100) / rows),
                "That is the chance that one draw of 100 has no repeat. What do 600 draws see?",
                "这是一次抽 100 行没有重复的概率。600 次合起来见过多少？",
            ),
            Mistake(
                1 - np.prod(1 - np.arange(100) / rows),
                "That is the chance of a repeat within one draw. What do all draws see together?",
                "这是一次抽取之内出现重复的概率。问的是全部抽取合起来见过多少。",
            ),
            Mistake(
                100 / rows,
                "That is what the first draw sees. How many draws are there?",
                "这是第一次抽取见到的比例。一共抽几次？",
            ),
            Mistake(
                1 - 1 / rows,
                "That is the chance that one row is missed once. How often must it be missed?",
                "这是某一行被错过一次的概率。要错过多少次才算没见过？",
            ),
        ],
        hint_en="How likely is it that one given row is missed by every single draw?",
        hint_zh="指定的某一行，每次抽取都错过它的可能性有多大？",
    ),
    "batch-steps": Question(
        right=steps,
        en="Full batches, and a short one for the rows that are left.",
        zh="先是完整的批，剩下的行再组成较短的一批。",
        mistakes=[
            Mistake(
                1,
                "An epoch is not a step: it uses every example. How many does one step use?",
                "epoch 不等于一步：每个样本都用过，它才结束。一步用几个样本？",
            ),
            Mistake(
                steps - 1,
                "These use full batches only. Which examples are left out?",
                "这样只用了满的批。哪些样本漏掉了？",
            ),
            Mistake(
                1000 / 300,
                "There is no part of a step. What happens to the rows that do not fill a batch?",
                "步数不能带小数。凑不满一批的那些行怎么办？",
            ),
            Mistake(
                1000,
                "That would be one step for each example. How many examples does a step use?",
                "那样是每个样本走一步。一批里有几个样本？",
            ),
            Mistake(
                300,
                "That is the batch size. How many such batches does the data make?",
                "这是批大小。数据能切成几批？",
            ),
            Mistake(
                1000 * 300,
                "Multiplied. Are there more steps when each of them uses more examples?",
                "乘起来了。每一步用的样本更多，步数反而更多吗？",
            ),
        ],
        hint_en="Cut the pack of examples into batches and count them, the short one too.",
        hint_zh="把样本这副牌切成批，数一数，较短的那批也算。",
    ),
}
