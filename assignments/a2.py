"""What decides the marks of a2: properties of the squared error, checked on random numbers."""

import numpy as np

from tools.grading.marking import Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "squared_error": ("mean_squared_error", "Two numbers change places", "prediction"),
    "slope": ("mean_squared_error", "Why the half?", "squared_error"),
}

properties = Properties()


def gaps(rng, classes=6):
    """A target that is not 0, and gaps of both signs, none of them small."""
    return rng.uniform(1, 2, classes), rng.uniform(0.5, 1.5, classes) * rng.choice([-1, 1], classes)


@properties(
    "squared_error",
    1,
    "A gap counts squared: gaps twice as large make the loss four times as large.",
    "差要平方：差变成两倍，损失就变成四倍。",
)
def squares(f, rng):
    t, gap = gaps(rng)
    return f(t + gap, t) != 0 and agree(f(t + 2 * gap, t), 4 * f(t + gap, t))


@properties(
    "squared_error",
    1,
    "Every gap adds to the loss, whether up or down: gaps never cancel, and none is left out (as by"
    " a return inside the loop).",
    "每个差，无论正负，都使损失增加：差不会互相抵消，也不会漏掉（return 写在循环里，就会漏掉）。",
)
def adds_up(f, rng):
    t, gap = gaps(rng)
    alone = [f(t + gap * (np.arange(6) == k), t) for k in range(6)]
    return min(alone) * max(alone) > 0 and agree(sum(alone), f(t + gap, t))


@properties(
    "squared_error",
    1,
    "The factor before the sum is ½: a single gap of size one costs a half.",
    "求和号前面的系数是 ½：只有一个大小为一的差时，损失是二分之一。",
)
def half(f, rng):
    t = rng.uniform(1, 2, 1)
    return agree(f(t + 1, t), 0.5) and agree(f(t - 1, t), 0.5) and agree(f(t, t), 0)


@properties(
    "squared_error",
    1,
    "It is a sum over the classes, not a mean: classes without a gap change nothing.",
    "对类别求和，而不是取平均：再添几个没有差的类别，损失不变。",
)
def sum_not_mean(f, rng):
    t, gap = gaps(rng)
    y, more = t + gap, rng.uniform(1, 2, 4)
    loss = f(y, t)
    return differ(loss, f(t, t)) and agree(f(np.append(y, more), np.append(t, more)), loss)


@properties(
    "slope",
    1,
    "There is one slope an output, and an output on its target has slope zero.",
    "每个输出有一个斜率；正好等于目标的输出，斜率为零。",
)
def one_each(f, rng):
    t, gap = gaps(rng)
    gap[2] = 0
    slopes = f(t + gap, t)
    return np.shape(slopes) == (6,) and agree(np.equal(slopes, 0), gap == 0)


@properties(
    "slope",
    1,
    "It points the right way: where y lies above t the slope is positive.",
    "方向正确：y 大于 t 的地方，斜率为正。",
)
def sign(f, rng):
    t, gap = gaps(rng)
    return agree(np.sign(f(t + gap, t)), np.sign(gap)) and differ(*f(t + gap, t))


@properties(
    "slope",
    1,
    "Its size is that of the gap: the ½ and the 2 of the square cancel.",
    "大小等于差：½ 与平方求导得到的 2 互相抵消。",
)
def size(f, rng):
    t, gap = gaps(rng)
    return agree(np.abs(f(t + gap, t)), np.abs(gap))


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
