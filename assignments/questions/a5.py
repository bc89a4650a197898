"""Questions of assignment 5: cubes at three integers, three steps in a bowl, two gradients.

The slopes of the cubes are counted once, ten and a hundred times: their places show, too.
"""

import numpy as np

from lessons.questions import Mistake, Question

x, h = np.array([1, 2, 3]), 1e-4
weights = np.array([1, 10, 100]) / 8
slopes = ((x + h) ** 3 - (x - h) ** 3) / (2 * h)
central = np.sum(weights * slopes)
forward = np.sum(weights * ((x + h) ** 3 - x**3) / h)
together = np.sum(weights) * np.sum(slopes)

start, rate = np.array([1.0, 3.0]), 0.1
reached = np.sum(start * (1 - 2 * rate) ** 3)
a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.2, 1.5], [4.0, 4.0]])

QUESTIONS = {
    "a5-gradient": Question(
        right=central,
        arguments=(x,),
        en="All slopes are right, each in its place, although x holds integers.",
        zh="每个斜率都对，位置也对，虽然 x 是整数数组。",
        mistakes=[
            Mistake(
                forward,
                "A forward difference: it looks to one side only. Which one is wanted?",
                "这是前向差分，只看一边。要的是哪一种？",
            ),
            Mistake(
                2 * central,
                "Twice as large as it is: how far apart are x + h and x − h?",
                "大了一倍：x + h 与 x − h 相距多远？",
            ),
            Mistake(
                central / 2,
                "Half as large as it is: how far apart are the two places that are compared?",
                "只有一半：比较的两个位置相距多远？",
            ),
            Mistake(
                together,
                "All entries were moved at once. Which one belongs to a place?",
                "所有元素一起移动了。求一个位置上的斜率，应当移动哪一个元素？",
            ),
            Mistake(
                -central,
                "The sign is turned: which of the two values is taken from the other?",
                "符号反了：两个值中，谁减去谁？",
            ),
            Mistake(
                np.sum(weights * (x**3 - (x - 1) ** 3) / (2 * h)),
                "x − h fell on another integer: in which kind of array is h kept?",
                "x − h 落到了另一个整数上：h 存放在哪种数组里？",
            ),
            Mistake(
                np.sum(8 * weights * np.floor(slopes / 8)),
                "The decimals are cut off: in which kind of array are the slopes kept?",
                "小数部分被截掉了：斜率存放在哪种数组里？",
            ),
            Mistake(
                0,
                "No slope anywhere: does h survive in an array of integers?",
                "处处没有斜率：在整数数组里，h 还在吗？",
            ),
        ],
        hint_en="Move one entry by h to both sides; divide by the distance of the two places.",
        hint_zh="把一个元素向两边各移动 h，再除以两处之间的距离。",
    ),
    "a5-descend": Question(
        right=reached,
        arguments=(start, rate, 3),
        en="Three steps, each from where the last one ended.",
        zh="三步，每一步都从上一步的终点出发。",
        mistakes=[
            Mistake(
                np.sum(start * (1 + 2 * rate) ** 3),
                "This walks uphill. Which way does the gradient point?",
                "这是在往上坡走。梯度指向哪边？",
            ),
            Mistake(
                np.sum(start * (1 - rate) ** 3),
                "Steps of half the length: what is the gradient of x²?",
                "步长只有一半：x² 的梯度是多少？",
            ),
            Mistake(
                np.sum(start * (1 - 2 * rate)),
                "One step only. How many are asked for?",
                "只走了一步。要求走几步？",
            ),
            Mistake(
                np.sum(start * (1 - 3 * 2 * rate)),
                "All steps use the gradient of the start. Where are you after the first?",
                "每一步都用了起点处的梯度。走完第一步，你在哪里？",
            ),
            Mistake(
                np.sum(start * (1 - 2 * rate) ** 4),
                "One step too many. Where does the counting begin?",
                "多走了一步。从几开始数？",
            ),
            Mistake(
                np.sum(start * (1 - 2 * rate) ** 2),
                "One step too few. Where does the counting end?",
                "少走了一步。数到几为止？",
            ),
            Mistake(
                np.sum(start * (1 - 2 * rate) ** np.arange(4)[:, None]),
                "That is the whole path. Which of its places is asked for?",
                "这是整条路径。要的是其中哪个位置？",
            ),
            Mistake(
                np.sum(start - 3 * rate),
                "Every step has the same length. On what should it depend?",
                "每一步一样长。步长应当取决于什么？",
            ),
        ],
        hint_en="One step: x minus rate times gradient. Then the same again from there.",
        hint_zh="走一步：x 减去学习率乘以梯度。然后从那里再来一次。",
    ),
    "a5-gap": Question(
        right=1,
        arguments=(a, b),
        en="The largest distance, whichever is the larger of the two.",
        zh="最大的距离，不论两者谁大。",
        mistakes=[
            Mistake(
                0.5,
                "Signs are kept here: an entry that is too small goes unseen. What helps?",
                "这里保留了正负号：偏小的元素看不见。怎么办？",
            ),
            Mistake(
                np.mean(np.abs(a - b)),
                "A mean: one wrong entry among thousands would drown in it.",
                "取了平均：几千个元素里的一个错误会被淹没。",
            ),
            Mistake(
                np.sum(np.abs(a - b)),
                "A sum: thousands of tiny distances would look like one large one.",
                "求了总和：几千个微小的距离会看起来像一个大的。",
            ),
            Mistake(
                abs(np.sum(a - b)),
                "Gaps up and down cancel before they are looked at.",
                "正负的差在查看之前就抵消了。",
            ),
            Mistake(
                np.sqrt(np.sum((a - b) ** 2)),
                "That is the length of the whole difference. Which entry is the worst?",
                "这是整个差的长度。最差的是哪个元素？",
            ),
        ],
        hint_en="The distance in each place first, then the largest of them.",
        hint_zh="先求每个位置上的距离，再取其中最大的。",
    ),
}
