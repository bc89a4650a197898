"""Questions of "gradient". Every value is computed from the lesson's functions and start."""

import numpy as np

from lessons.questions import Mistake, Question


def parabola(x):
    return 0.01 * x**2 + 0.1 * x


def central_difference(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)


start, rate, pictures = np.array([-3.0, 4.0]), 1.2, 100
slope = 2 * start  # of x0² + x1²
cubic = np.polynomial.Polynomial([0, 0, 0, 0.1])
after = np.sum((start - rate * slope) ** 2)
integer, h = np.array(3), 1e-4
curvatures = 0.2, 20.0  # of x0² / 10 + 10 x1²

QUESTIONS = {
    "gradient-flat": Question(
        right=pictures + 1,
        en="None right, one right, and so on to all. Between its jumps the accuracy is flat.",
        zh="一张都没对、对一张……直到全对。在相邻两次跳变之间，识别精度是平的。",
        mistakes=[
            Mistake(
                pictures,
                "Nearly. Did you count the case where the model gets no picture right?",
                "差一点。一张都没认对的情况，算进去了吗？",
            ),
            Mistake(
                np.inf,
                "The loss can. But the accuracy counts pictures: can half a picture be right?",
                "损失确实可以。但识别精度数的是图片：半张图片能算对吗？",
            ),
            Mistake(
                10,
                "Ten is the number of classes. What does the accuracy count?",
                "十是类别的个数。识别精度数的是什么？",
            ),
            Mistake(
                2,
                "Right or wrong: two values for one picture. How many for all of them together?",
                "对或错：这是一张图片的两种结果。所有图片合起来呢？",
            ),
            Mistake(
                2.0**pictures,
                "So many patterns of right and wrong. Does the accuracy say which pictures?",
                "对错的组合确实有这么多。可识别精度会说出是哪几张吗？",
            ),
        ],
        hint_en="Count: with how many pictures right can it come out?",
        hint_zh="数一数：认对的图片可以有多少张？",
    ),
    "gradient-h": Question(
        right=central_difference(parabola, 5, 1e-16),
        en="5 ± h is stored as 5 again: the two values of f are the same, and nothing is left.",
        zh="5 ± h 存下来仍然是 5：两个函数值完全相同，相减之后什么也不剩。",
        mistakes=[
            Mistake(
                0.02 * 5 + 0.1,
                "That is the true slope. Can a computer tell 5 + h from 5 when h is so small?",
                "这是真正的斜率。h 这么小时，计算机还分得清 5 + h 和 5 吗？",
            ),
            Mistake(
                np.nan,
                "That would take zero divided by zero. Is 2h zero here?",
                "要零除以零才会这样。这里的 2h 是零吗？",
            ),
            Mistake(
                np.inf,
                "That would take something above the bar. What is left of f(5 + h) − f(5 − h)?",
                "分子不为零才会这样。f(5 + h) − f(5 − h) 还剩下多少？",
            ),
            Mistake(
                parabola(5),
                "That is the height of the curve at 5. What is asked for is its slope.",
                "这是曲线在 5 处的高度。问的是斜率。",
            ),
        ],
        hint_en="Ask Python: with h = 10**-16, is 5 + h == 5? Then read the formula again.",
        hint_zh="问问 Python：h = 10**-16 时，5 + h == 5 吗？再对照公式看一遍。",
    ),
    "gradient-step": Question(
        right=after,
        en="The step is right in its direction and too long: it lands higher up on the other side.",
        zh="方向没错，步子却太大：越过谷底，落到了对面更高的地方。",
        mistakes=[
            Mistake(
                np.sum((start + rate * slope) ** 2),
                "This walks uphill. Is the step added or taken away?",
                "这是在上坡。这一步应当加上，还是减去？",
            ),
            Mistake(
                np.sum((start - rate * start) ** 2),
                "This takes x for the gradient. What is the slope of a square?",
                "这里把 x 当成了梯度。平方的斜率是什么？",
            ),
            Mistake(
                np.sum((start + rate * start) ** 2),
                "Two slips: x taken for the gradient, and a step uphill. Which sign goes down?",
                "两处失误：把 x 当成了梯度，而且走的是上坡。下坡该用哪个符号？",
            ),
            Mistake(
                np.sum(start**2),
                "The same height as before: which learning rate would do that? Is it this one?",
                "高度没有变：哪个学习率会这样？是这一个吗？",
            ),
            Mistake(
                np.sum((start - 0.1 * slope) ** 2),
                "That is one step of 0.1. How long is the step here?",
                "这是学习率为 0.1 时的一步。这里的一步有多长？",
            ),
            Mistake(
                0,
                "That would be the lowest point of all. Where does each coordinate land?",
                "那是最低点。两个坐标各落在哪里？",
            ),
            Mistake(
                np.sum(abs(start - rate * slope)),
                "These are the two distances added up. What does f do with them?",
                "这是把两个坐标的大小直接相加。f 是怎样算的？",
            ),
            Mistake(
                np.sqrt(after),
                "That is how far away it lands. How high is f there?",
                "这是落点离最低点的距离。f 在那里有多高？",
            ),
            Mistake(
                (start - rate * slope)[0],
                "That is where the first coordinate lands. What is f of both?",
                "这是第一个坐标的落点。两个坐标合起来，f 是多少？",
            ),
            Mistake(
                (start - rate * slope)[1],
                "That is where the second coordinate lands. What is f of both?",
                "这是第二个坐标的落点。两个坐标合起来，f 是多少？",
            ),
        ],
        hint_en="Each coordinate becomes x − 1.2 · 2x. Then take f of both.",
        hint_zh="每个坐标变成 x − 1.2 · 2x，再由两个坐标算 f。",
    ),
    "gradient-rate": Question(
        right=2 / max(curvatures),
        en="The steepest direction decides: 2 divided by its curvature. The other must follow.",
        zh="由最陡的方向决定：2 除以它的曲率。另一个方向只能跟着走。",
        mistakes=[
            Mistake(
                1,
                "That is the limit of the bowl. Has this valley the bowl's curvature?",
                "这是那只碗的界限。这道谷的曲率与碗相同吗？",
            ),
            Mistake(
                2 / min(curvatures),
                "So much the gentle direction would bear. What would happen between the walls?",
                "平缓的方向受得了这么大。可是在两边的谷壁之间会怎样？",
            ),
            Mistake(
                1 / max(curvatures),
                "Here a single step would lead straight down the wall. How much further may it go?",
                "取这个值，一步就能从谷壁走到谷底。还能再大多少？",
            ),
            Mistake(
                1 / min(curvatures),
                "That is one divided by the gentle curvature. Which direction overshoots first?",
                "这是 1 除以平缓方向的曲率。哪个方向先跳过头？",
            ),
            Mistake(
                2 / np.mean(curvatures),
                "A mean of the two. Does the steep direction know of the other?",
                "这里取了两者的平均。陡的方向会因为另一个方向而变得平缓吗？",
            ),
            Mistake(
                max(curvatures),
                "That is the curvature. A stronger curvature: a larger rate, or a smaller one?",
                "这是曲率。弯得越厉害，学习率该越大，还是越小？",
            ),
            Mistake(
                2 * max(curvatures),
                "Multiplied. A stronger curvature: a larger rate, or a smaller one?",
                "这里用了乘法。弯得越厉害，学习率该越大，还是越小？",
            ),
        ],
        hint_en="A step has the factor 1 − η · k in each direction. Which k is the most dangerous?",
        hint_zh="在每个方向上，一步的倍数是 1 − η · k。哪个 k 最危险？",
    ),
    "gradient-mend": Question(
        right=central_difference(cubic, 3.0),
        arguments=(cubic, integer),
        en="It computes in float now, and whole numbers get their true slope.",
        zh="现在用浮点数计算，给它整数也能得到真正的斜率。",
        mistakes=[
            Mistake(
                (cubic(3) - cubic(2)) / (2 * h),
                "Still the old number: x − h is cut down to a whole number when it is stored in x.",
                "还是原来的数：x − h 存进 x 时，小数部分被截掉了。",
            ),
            Mistake(
                (cubic(4) - cubic(3)) / (2 * h),
                "Now x + h jumps a whole step up. The array itself must be able to hold fractions.",
                "现在 x + h 一下跳到了下一个整数。数组本身必须存得下小数。",
            ),
            Mistake(
                int(central_difference(cubic, 3.0)),
                "The slope itself was cut to a whole number. Which array still holds integers?",
                "斜率本身被截成了整数。还有哪个数组是整数型？",
            ),
            Mistake(
                0,
                "f was the same at both points: nothing has moved. What does x store?",
                "f 在两个点上相同，说明 x 没有动。x 里存下了什么？",
            ),
            Mistake(
                2 * central_difference(cubic, 3.0),
                "Twice too steep: how far apart are x − h and x + h?",
                "陡了一倍：x − h 与 x + h 相距多远？",
            ),
            Mistake(
                (cubic(3 + h) - cubic(3)) / h,
                "Floats now, but a forward difference. Which two points does the central one take?",
                "用上浮点数了，但这是前向差分。中心差分取哪两个点？",
            ),
            Mistake(
                (cubic(3 + h) - cubic(3)) / (2 * h),
                "Half too flat: one of the two points is x itself, and yet 2h divides.",
                "只有一半：有一个点就是 x 本身，却除以了 2h。",
            ),
            Mistake(
                -central_difference(cubic, 3.0),
                "The sign is turned. Which value is taken from which?",
                "符号反了。是谁减去谁？",
            ),
            Mistake(
                (cubic(4) - cubic(2)) / 2,
                "h = 1 fits whole numbers, but the curve bends on the way. Keep h small.",
                "取 h = 1，整数倒是能算，可曲线在这段路上已经弯了。h 还是要小。",
            ),
        ],
        hint_en="One line at the top of the function is enough: make a float array of x.",
        hint_zh="在函数开头加一行就够了：把 x 变成浮点数组。",
    ),
}
