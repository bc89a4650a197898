"""What decides the marks of a5: properties of gradients and of gradient descent."""

import numpy as np

from tools.grading.marking import Code, Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "gradient_of": ("gradient", "A slope by trying", "tangent"),
    "descend": ("gradient", "Walking downhill", "descent"),
    "largest_gap": ("gradient", "A formula, and its check", None),
}

properties = Properties()
LOOSE = 1e-6
CUBES = Code("lambda x: float(np.sum(x**3))")
WEIGHTED = Code("lambda x: float(np.sum(x**2 * (1 + np.arange(x.size).reshape(x.shape))))")


@properties(
    "gradient_of",
    1,
    "Each entry is moved alone: every place has the slope of its own direction, also the last (a"
    " return inside the loop leaves out all but the first).",
    "每个元素单独移动：每个位置上是它自己那个方向的斜率，直到最后一个（return 写在循环里，"
    "就只剩第一个）。",
)
def each_alone(f, rng):
    x = rng.uniform(1, 2, 4)
    found, ratios = np.asarray(f(WEIGHTED, x)), 2 * x * np.arange(1, 5)
    return found.shape == (4,) and agree(found / found[0], ratios / ratios[0], 1e-3)


@properties(
    "gradient_of",
    1,
    "The difference is central, of a small h, divided by 2h: on x³ it is right to six places.",
    "差分是中心差分，h 很小，并除以 2h：对 x³ 来说，前六位都准确。",
)
def central(f, rng):
    x = rng.uniform(1, 2, 1)
    return agree(f(CUBES, x.copy()), 3 * x**2, LOOSE)


@properties(
    "gradient_of",
    1,
    "It works for any shape and for integers: the gradient has the shape of x and is not cut off.",
    "任何形状和整数都能用：梯度的形状与 x 相同，小数部分没有被截掉。",
)
def any_array(f, rng):
    x = rng.integers(1, 5, (2, 3))
    found = np.asarray(f(WEIGHTED, x))
    right = f(WEIGHTED, x.astype(float))
    return found.shape == (2, 3) and agree(found, right) and np.any(found > 0.5)


@properties(
    "gradient_of",
    1,
    "At the end x is as it was, and the same question has the same answer.",
    "最后 x 与原来一样，同样的问题得到同样的回答。",
)
def unchanged(f, rng):
    x = rng.uniform(1, 2, 3)
    before = x.copy()
    first = f(CUBES, x)
    kept = np.array_equal(x, before) and agree(f(CUBES, x), first)
    return kept and differ(first, f(CUBES, x + 1))


@properties(
    "descend",
    1,
    "A step goes against the gradient, learning rate times gradient long.",
    "一步沿着梯度的反方向走，长度是学习率乘以梯度。",
)
def one_step(f, rng):
    x, rate = rng.uniform(1, 3, 3) * [1, -1, 1], rng.uniform(0.05, 0.4)
    return agree(f(x.copy(), rate, 1), x - rate * 2 * x)


@properties(
    "descend",
    1,
    "It takes as many steps as asked, each from where the last one ended, and leaves x as it is.",
    "走的步数与要求的一样多，每一步从上一步的终点出发，而且不改动 x。",
)
def many_steps(f, rng):
    x, rate = rng.uniform(1, 3, 3), rng.uniform(0.05, 0.4)
    before = x.copy()
    five = f(x, rate, 5)
    one_by_one = x
    for _ in range(5):
        one_by_one = np.array(f(one_by_one.copy(), rate, 1))
    elsewhere = f(2 * before, rate, 5)
    return agree(five, one_by_one) and differ(five, before, elsewhere) and np.array_equal(x, before)


@properties(
    "largest_gap",
    1,
    "One wrong entry among many shows, whether too large or too small.",
    "许多元素里只要有一个错，无论偏大还是偏小，都看得出来。",
)
def one_wrong_entry(f, rng):
    a = rng.uniform(-1, 1, (30, 20))
    for wrong in (0.25, -0.25):
        b = a.copy()
        b[rng.integers(30), rng.integers(20)] += wrong
        if not (agree(f(a, b), 0.25) and agree(f(b, a), 0.25) and agree(f(a, a), 0)):
            return False
    return True


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
