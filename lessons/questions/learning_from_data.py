"""Questions of "learning from data": a useless rule, shuffled pixels, who decides."""

import numpy as np

from helpers.data import load_digits
from lessons.questions import Mistake, Question

(x_train, t_train), (x_test, t_test) = load_digits()
fives = np.sum(t_train == 5)
order = np.random.default_rng(0).permutation(64)
x_few, t_few = x_test[:100], t_test[:100]


def nearest_label(x_train, t_train, x):
    return t_train[((x_train - x) ** 2).sum(axis=1).argmin()]


def accuracy(x_train, t_train, x_test, t_test):
    return np.mean([nearest_label(x_train, t_train, x) for x in x_test] == t_test)


in_step = accuracy(x_train[:, order], t_train, x_few[:, order], t_few)

QUESTIONS = {
    "data-always-no": Question(
        right=1 - fives / len(t_train),
        en="Right about every picture that is no 5, and there are many. It has found no 5 at all.",
        zh="凡不是 5 的图片它都答对了，而这样的图片很多。可它一个 5 也没有找到。",
        mistakes=[
            Mistake(
                fives / len(t_train),
                "That is the share of the fives: those are the pictures it gets wrong.",
                "这是 5 所占的比例，也就是它答错的那部分。",
            ),
            Mistake(
                0,
                "It finds no 5, true. But is its no wrong for a picture of a 3?",
                "它确实一个 5 也找不到。可对一张 3 的图片答“否”，错了吗？",
            ),
            Mistake(
                0.5,
                "Two possible answers, but are they equally frequent in the data?",
                "可能的答案有两种，可它们在数据里一样多吗？",
            ),
            Mistake(
                len(t_train) - fives,
                "That is how many it gets right. Which fraction of all pictures is it?",
                "这是答对的张数。它占全部图片的多大比例？",
            ),
            Mistake(
                100 * (1 - fives / len(t_train)),
                "That is in percent; a fraction between 0 and 1 is wanted.",
                "这是百分数；这里要的是 0 到 1 之间的比例。",
            ),
            Mistake(
                1,
                "Then it would be right about every picture. What does it say to a 5?",
                "那就等于每张图片都答对了。遇到 5，它怎么回答？",
            ),
        ],
        hint_en="Count the pictures for which no is the right answer; divide by all.",
        hint_zh="数一数有多少张图片的正确回答是“否”，再除以总数。",
    ),
    "data-shuffle": Question(
        right=0,
        en="A distance is a sum over the pixels, and a sum does not ask for their order.",
        zh="距离是对像素求和，求和与顺序无关。",
        mistakes=[
            Mistake(
                len(t_test),
                "Every picture? Write out the distance: what does a new order do to the sum?",
                "这是全部图片。把距离的式子写出来看看：换了顺序，和会变吗？",
            ),
            Mistake(
                0.9 * len(t_test),
                "So many errors would a guess make. Has the distance of two pictures changed?",
                "瞎猜才会错这么多。两张图片之间的距离变了吗？",
            ),
            Mistake(
                64,
                "So many pixels there are. The question is how many answers become different.",
                "这是像素的个数。问题是有多少个回答会变。",
            ),
            Mistake(
                len(t_test) / 2,
                "Half? Swap the same two pixels in two pictures: has their distance changed?",
                "一半？取两张图片，把同样的两个像素互换，两者的距离变了吗？",
            ),
        ],
        hint_en="Write out the distance of two pictures, and put its terms into another order.",
        hint_zh="写出两张图片之间的距离，再把各项换个顺序。",
    ),
    "data-decides": Question(
        right="c",
        en="The weights come from the training data. The rest was decided before, by people.",
        zh="权重来自训练数据，其余都是人事先定好的。",
        mistakes=[
            Mistake(
                "a",
                "Look at the call of MLPClassifier: who wrote down the 50?",
                "看看 MLPClassifier 那一行：50 是谁写上去的？",
            ),
            Mistake(
                "b",
                "Look at the call of MLPClassifier: is the learning rate found, or given?",
                "看看 MLPClassifier 那一行：学习率是学出来的，还是给定的？",
            ),
            Mistake(
                "d",
                "Think of the 3 and 8 that were swapped: who writes the labels?",
                "想想互换了的 3 和 8：标签是谁写的？",
            ),
        ],
        hint_en="Answer with one of the letters a to d.",
        hint_zh="请用 a 到 d 中的一个字母作答。",
    ),
    "data-mend": Question(
        right=in_step,
        arguments=(x_train, t_train, x_few, t_few, order),
        en="Training and test pictures have their pixels in the same order again.",
        zh="训练图片与测试图片的像素顺序又一致了。",
        mistakes=[
            Mistake(
                accuracy(x_train[:, order], t_train, x_few, t_few),
                "Only the training pictures are shuffled. With what are they compared?",
                "只打乱了训练图片。它们是在跟什么比较？",
            ),
            Mistake(
                accuracy(x_train, t_train, x_few[:, order], t_few),
                "Now only the test pictures are shuffled. With what are they compared?",
                "现在只打乱了测试图片。它们是在跟什么比较？",
            ),
            Mistake(
                1.0,
                "Every answer right: are training pictures compared with themselves?",
                "全部答对：是不是拿训练图片跟它们自己比较了？",
            ),
            Mistake(
                in_step * len(t_few),
                "That is how many are right. Which fraction of the test pictures is it?",
                "这是答对的张数。它占测试图片的多大比例？",
            ),
            Mistake(
                1 - in_step,
                "That is the share of wrong answers.",
                "这是答错的比例。",
            ),
            Mistake(
                0.0,
                "Not one right, worse than guessing: is each answer compared with its own label?",
                "一个也没对，比瞎猜还差：每个回答是跟它自己的标签比较的吗？",
            ),
        ],
        hint_en="In which order are the pixels of x_train and x_test where they are compared?",
        hint_zh="比较的时候，x_train 和 x_test 的像素各按什么顺序排列？",
    ),
}
