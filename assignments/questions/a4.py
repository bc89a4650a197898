"""Questions of assignment 4: a batch of y1 and y2, an epoch, three batch losses.

The labels differ, so that columns picked for the wrong row show.
"""

import numpy as np

from lessons.questions import Mistake, Question
from lessons.questions.mean_squared_error import y1, y2

delta = 1e-7
y = np.stack([y1, y2])
labels = np.array([2, 0])
one_hot = np.eye(10)[labels]
terms = -one_hot * np.log(y + delta)
losses, sizes = np.array([1.0, 2.0, 4.0]), np.array([10, 10, 5])

MISTAKES = [
    Mistake(
        np.sum(terms),
        "A sum over the examples. What if the same batch came twice: twice as bad?",
        "对样本求了总和。同一批若出现两次，损失就该加倍吗？",
    ),
    Mistake(
        np.mean(terms),
        "A mean over examples and classes. By how many numbers is it divided?",
        "对样本和类别都取了平均。一共除以了几个数？",
    ),
    Mistake(
        np.sum(terms) / 4,
        "Divided twice by the number of examples. Where does the second come from?",
        "除以了两次样本个数。第二次是哪里来的？",
    ),
    Mistake(
        np.sum(terms[0]),
        "Only the first row. Do the others not count?",
        "只算了第一行。其余各行不算吗？",
    ),
    Mistake(
        -np.sum(terms) / 2,
        "The minus is missing: worse predictions would have lower losses.",
        "少了负号：这样一来，预测越差，损失反而越低。",
    ),
    Mistake(
        np.sum(terms) / 2 / np.log(10),
        "This is the logarithm to base ten. Which one does the formula mean?",
        "这是以十为底的对数。公式里的是哪一种？",
    ),
    Mistake(
        -np.sum(np.log(y + delta)) / 2,
        "t is forgotten: all logarithms count in full. Which of them should?",
        "忘了 t：所有的对数全都算了进去。应当算哪些？",
    ),
    Mistake(
        np.nan,
        "nan: somewhere log 0 is multiplied by 0. Where does δ have to stand?",
        "得到 nan：某处 log 0 乘了 0。δ 应当放在哪里？",
    ),
]
HINT = {
    "hint_en": "First one loss for each row, then their mean.",
    "hint_zh": "先求每一行的损失，再取平均。",
}

QUESTIONS = {
    "a4-one-hot": Question(
        right=np.sum(terms) / 2,
        arguments=(y, one_hot),
        en="With one-hot targets: the mean of the two losses.",
        zh="用 one-hot 目标：两个损失的平均。",
        mistakes=MISTAKES,
        **HINT,
    ),
    "a4-labels": Question(
        right=np.sum(terms) / 2,
        arguments=(y, labels),
        en="With labels: the same number.",
        zh="用标签：得到同一个数。",
        mistakes=[
            *MISTAKES,
            Mistake(
                -np.mean(np.log(y[:, labels] + delta)),
                "Each row is looked up at the labels of all rows. Which label is its own?",
                "每一行都按所有行的标签取了数。哪个标签才是它自己的？",
            ),
            Mistake(
                -np.sum(np.log(y[:, labels] + delta)) / 2,
                "More terms than rows. How many labels does a row have?",
                "项数比行数多。每一行有几个标签？",
            ),
        ],
        hint_en="Is the label taken as a column number, one for each row?",
        hint_zh="是把标签当作列号，每一行取一个数吗？",
    ),
    "a4-epoch": Question(
        right=10,
        arguments=(10, 4),
        en="All rows are there.",
        zh="所有的行都在。",
        mistakes=[
            Mistake(
                8,
                "The two rows that fill no whole batch are lost. What becomes of them?",
                "凑不满一批的两行丢了。它们应当怎么办？",
            ),
            Mistake(
                4,
                "One batch only. How many are needed for all rows?",
                "只有一批。要用到所有的行，需要几批？",
            ),
            Mistake(
                7,
                "Some rows come twice, others never. How often are rows drawn or shuffled?",
                "有些行出现了两次，有些一次也没有。抽取或洗牌做了几次，放回了吗？",
            ),
            Mistake(
                9,
                "A row never comes. Does each batch know what the others have drawn?",
                "有一行从未出现。抽每一批时，知道别的批已经抽了什么吗？",
            ),
        ],
        hint_en="How many different rows should all batches hold together, out of n?",
        hint_zh="一共 n 行，所有批合起来应当有多少个不同的行？",
    ),
    "a4-size": Question(
        right=4,
        arguments=(10, 4),
        en="The batch before the last has the full size.",
        zh="倒数第二批是完整的一批。",
        mistakes=[
            Mistake(
                3,
                "The batch before the last is too short. Were the rows cut into equal parts?",
                "倒数第二批太短了。是不是把各行平均分成了几份？",
            ),
            Mistake(
                2,
                "The batch before the last is too short: is batch_size a number of batches?",
                "倒数第二批太短了：batch_size 是批的个数吗？",
            ),
            Mistake(
                1,
                "A batch of a single row. Where does the next batch begin?",
                "只有一行的批。下一批应当从哪里开始？",
            ),
        ],
        hint_en="Only the last batch may be shorter; the others have batch_size rows.",
        hint_zh="只有最后一批可以较短，其余各批都有 batch_size 行。",
    ),
    "a4-all": Question(
        right=np.sum(losses * sizes) / np.sum(sizes),
        arguments=(losses, sizes),
        en="Each batch counts with its size.",
        zh="每一批按它的大小加权。",
        mistakes=[
            Mistake(
                np.mean(losses),
                "The mean of the means: the short batch counts as much as a full one.",
                "这是平均的平均：较短的一批与完整的一批算得一样重。",
            ),
            Mistake(
                np.sum(losses * sizes),
                "That is the sum over all examples. And the mean?",
                "这是全部样本的总和。平均呢？",
            ),
            Mistake(
                np.mean(losses * sizes),
                "Divided by the number of batches. How many examples are there?",
                "除以的是批数。样本有多少个？",
            ),
            Mistake(
                np.sum(losses) / np.sum(sizes),
                "Each loss is a mean. How many examples does it stand for?",
                "每个损失都是平均。它代表多少个样本？",
            ),
        ],
        hint_en="What is the sum of the losses of all examples? And how many are there?",
        hint_zh="全部样本的损失之和是多少？样本有多少个？",
    ),
}
