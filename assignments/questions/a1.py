"""Questions of assignment 1: a rule on twenty pictures, a cut of ten rows, a choice of k."""

import numpy as np

from lessons.questions import Mistake, Question

says = np.array([1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1] + [0] * 8, dtype=bool)
is_five = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0] + [0] * 10, dtype=bool)
rule = (says, is_five)
ks = np.array([1, 3, 5, 7, 9])
scores = (
    np.array([1.0, 0.99, 0.98, 0.975, 0.97]),
    np.array([0.95, 0.96, 0.97, 0.965, 0.94]),
    np.array([0.94, 0.95, 0.955, 0.96, 0.965]),
)

QUESTIONS = {
    "a1-accuracy": Question(
        right=np.mean(says == is_five),
        arguments=rule,
        en="What counts is every right answer, a yes or a no.",
        zh="答“是”答对，答“否”答对，都算对。",
        mistakes=[
            Mistake(
                np.sum(says == is_five),
                "That is how many are right. Which share of all pictures is it?",
                "这是答对的张数。占全部图片的多少？",
            ),
            Mistake(
                np.mean(says & is_five),
                "Only the caught fives count here. Can a no be right, too?",
                "这里只算了抓到的 5。答“否”就不会答对吗？",
            ),
            Mistake(
                np.mean(says != is_five),
                "This is the share of the mistakes. Which one is wanted?",
                "这是答错的比例。要的是哪一个？",
            ),
            Mistake(
                np.sum(says & is_five) / np.sum(is_five),
                "This divides by the fives: how many are found. Accuracy is of all.",
                "这里除以的是 5 的个数，即找到了多少。识别精度是对全部图片而言的。",
            ),
            Mistake(
                np.sum(says & is_five) / np.sum(says),
                "This divides by the alarms. Of which pictures is accuracy a share?",
                "这里除以的是报警的次数。识别精度是占哪些图片的多少？",
            ),
        ],
        hint_en="Compare the two arrays: in how many places do they agree?",
        hint_zh="比较两个数组：有多少处一致？",
    ),
    "a1-caught": Question(
        right=np.sum(says & is_five),
        arguments=rule,
        en="Both must be true: it is a 5, and the rule says so.",
        zh="两者都要成立：图片是 5，规则也说是 5。",
        mistakes=[
            Mistake(
                np.sum(says),
                "That is how often the rule says 5. Were all of these fives?",
                "这是规则说是 5 的次数。这些都是 5 吗？",
            ),
            Mistake(
                np.sum(is_five),
                "That is how many fives there are. Did the rule see them all?",
                "这是 5 的总数。规则全都认出来了吗？",
            ),
            Mistake(
                np.sum(~says & is_five),
                "These are the fives that were missed. Which ones were caught?",
                "这些是漏掉的 5。抓到的是哪些？",
            ),
            Mistake(
                np.sum(says & is_five) / np.sum(is_five),
                "That is a share of the fives. Here their number is wanted.",
                "这是占 5 的比例。这里要的是个数。",
            ),
            Mistake(
                np.sum(says == is_five),
                "That counts right answers of no as well. Does a no catch a five?",
                "这把答“否”答对的也算进去了。答“否”算抓到吗？",
            ),
            Mistake(
                np.sum(says & ~is_five),
                "That is how many false alarms there were. In which order are the three wanted?",
                "这是误报的个数。三个数应当按什么顺序返回？",
            ),
        ],
        hint_en="For each picture ask two things: is it a 5, and does the rule say so?",
        hint_zh="对每张图片问两件事：它是 5 吗？规则说它是 5 吗？",
    ),
    "a1-false-alarms": Question(
        right=np.sum(says & ~is_five),
        arguments=rule,
        en="The rule says 5, and it is none.",
        zh="规则说是 5，其实不是。",
        mistakes=[
            Mistake(
                np.sum(~says & is_five),
                "These are the fives that were missed. An alarm is when the rule says 5.",
                "这些是漏掉的 5。规则说是 5，才叫报警。",
            ),
            Mistake(
                np.sum(says != is_five),
                "These are all mistakes. Which of them are alarms?",
                "这是所有的错误。其中哪些是报警？",
            ),
            Mistake(
                np.sum(says),
                "These are all alarms. Which of them are false?",
                "这是所有的报警。其中哪些是误报？",
            ),
            Mistake(
                np.sum(~is_five),
                "These are all pictures that are no 5. For which is there an alarm?",
                "这是所有不是 5 的图片。其中哪些引起了报警？",
            ),
            Mistake(
                np.mean(says & ~is_five),
                "That is a share. Here the number of false alarms is wanted.",
                "这是比例。这里要的是误报的个数。",
            ),
            Mistake(
                np.sum(says & is_five),
                "That is how many fives were caught. In which order are the three wanted?",
                "这是抓到的 5 的个数。三个数应当按什么顺序返回？",
            ),
        ],
        hint_en="For each alarm ask: is the picture a 5?",
        hint_zh="对每次报警问一句：这张图片是 5 吗？",
    ),
    "a1-cut": Question(
        right=10,
        arguments=(10, 4),
        en="Both parts together hold every row.",
        zh="两部分合在一起，每一行都在。",
        mistakes=[
            Mistake(
                6,
                "Only six different rows in both parts together. Which rows are lost?",
                "两部分合起来只有六个不同的行。哪些行丢了？",
            ),
            Mistake(
                4,
                "Only four different rows in both parts together. Which rows are lost?",
                "两部分合起来只有四个不同的行。哪些行丢了？",
            ),
            Mistake(
                9,
                "A row is missing. Does the numbering begin at 0, and where does it end?",
                "少了一行。编号从 0 开始，到哪里结束？",
            ),
            Mistake(
                8,
                "Some rows are in both parts, others in none. Is there a draw for each part?",
                "有些行两部分里都有，有些哪部分里都没有。是不是每部分各抽了一次？",
            ),
            Mistake(
                7,
                "Some rows stand twice, others nowhere. Are they drawn with replacement?",
                "有些行出现了两次，有些没有出现。是不是有放回地抽取了？",
            ),
        ],
        hint_en="How many different rows should both parts hold together, out of n?",
        hint_zh="一共 n 行，两部分合起来应当有多少个不同的行？",
    ),
    "a1-size": Question(
        right=4,
        arguments=(10, 4),
        en="There are as many rows for testing as asked for.",
        zh="测试用的行数与要求的一样多。",
        mistakes=[
            Mistake(
                6,
                "That is how many are left for training. Which of the parts comes second?",
                "这是留给训练的行数。哪一部分在前，哪一部分在后？",
            ),
            Mistake(
                10,
                "All rows are for testing here. What is left to train with?",
                "所有的行都用来测试了。还剩下什么用来训练？",
            ),
            Mistake(
                3,
                "One row too few. Where does the cut begin, and where does it end?",
                "少了一行。切分从哪里开始，到哪里结束？",
            ),
            Mistake(
                5,
                "One row too many. Where does the cut begin, and where does it end?",
                "多了一行。切分从哪里开始，到哪里结束？",
            ),
        ],
        hint_en="The second part is for testing. How many rows were asked for?",
        hint_zh="第二部分用来测试。要求有多少行？",
    ),
    "a1-choose": Question(
        right=5,
        arguments=(ks, *scores),
        en="The validation data were there to choose with.",
        zh="验证数据正是用来挑选的。",
        mistakes=[
            Mistake(
                1,
                "Chosen by the training data: there k = 1 always wins. What does that prove?",
                "这是按训练数据选的：在那里 k = 1 总是最好。这能证明什么？",
            ),
            Mistake(
                9,
                "Chosen by the test data. What is their score worth after that?",
                "这是按测试数据选的。选过之后，测试成绩还可信吗？",
            ),
            Mistake(
                2,
                "That is a place in the array. Which k stands there?",
                "这是数组里的位置。那里的 k 是多少？",
            ),
            Mistake(
                0.97,
                "That is the accuracy. For which k is it reached?",
                "这是识别精度。它是 k 取几时得到的？",
            ),
        ],
        hint_en="Three arrays, three purposes: which data are there to choose with?",
        hint_zh="三个数组，三种用途：哪一份数据是用来挑选的？",
    ),
}
