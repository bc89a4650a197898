"""What decides the marks of a3: properties of the cross-entropy error, on random numbers."""

import numpy as np

from tools.grading.marking import Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "cross_entropy": ("cross_entropy_error", "Drag the logarithm", "logarithm"),
    "ceiling": ("cross_entropy_error", "What δ costs", "delta"),
    "probability": ("cross_entropy_error", "Reading the number", None),
}

properties = Properties()
LOOSE = 1e-4  # δ moves every loss a little


def distribution(rng, classes=6):
    """Probabilities that sum to 1, none of them small, and another place than the first."""
    y = rng.uniform(0.5, 1.5, classes)
    return y / y.sum(), rng.integers(1, classes)


@properties(
    "cross_entropy", 0.5, "The worse the prediction, the higher the loss.", "预测越差，损失越高。"
)
def sign(f, rng):
    p, t = rng.uniform(0.3, 0.8), np.array([1.0])
    return f(np.array([p / 2]), t) > f(np.array([p]), t)


@properties(
    "cross_entropy",
    1,
    "The logarithm is the natural one: half the probability changes the loss by log 2.",
    "用的是自然对数：概率减半，损失就改变 log 2。",
)
def natural_log(f, rng):
    p, t = rng.uniform(0.3, 0.8), np.array([1.0])
    return agree(abs(f(np.array([p / 2]), t) - f(np.array([p]), t)), np.log(2), LOOSE)


@properties(
    "cross_entropy",
    1,
    "With a one-hot target only the true class counts, wherever it stands (a return inside the"
    " loop sees the first class only), not how the rest is shared out.",
    "目标是 one-hot 表示时，只有正确类别起作用，不论它排在第几（return 写在循环里，就只看得到"
    "第一个类别），其余概率怎样分配都一样。",
)
def true_class_only(f, rng):
    y, true = distribution(rng)
    t, moved = np.eye(6)[true], y.copy()
    a, b = [k for k in range(6) if k != true][:2]
    moved[a], moved[b] = y[a] + 0.9 * y[b], 0.1 * y[b]
    worse = y / 2
    return agree(f(moved, t), f(y, t), LOOSE) and differ(f(worse, t), f(y, t))


@properties(
    "cross_entropy",
    0.5,
    "It is a sum over the classes, not a mean: more classes that are certain change nothing.",
    "对类别求和，而不是取平均：再添几个概率为 1 的类别，损失不变。",
)
def sum_not_mean(f, rng):
    p = rng.uniform(0.2, 0.6)
    few, many = (f(np.append(p, np.ones(n)), np.append(1.0, np.zeros(n))) for n in (1, 7))
    return agree(few, many, LOOSE) and differ(few, f(np.array([p / 2, 1]), np.array([1.0, 0])))


@properties(
    "cross_entropy",
    1,
    "Zeros in y never lead to nan or inf.",
    "y 中的零不会导致 nan 或 inf。",
)
def zeros(f, rng):
    p, t = rng.uniform(0.3, 0.8), np.array([1.0, 0, 0])
    none, wrong, true = ([p, (1 - p) / 2, (1 - p) / 2], [p, 1 - p, 0], [0, 1 - p, p])
    losses = [f(np.array(y, dtype=float), t) for y in (none, wrong, true)]
    return np.size(losses) == 3 and differ(losses[1]) and differ(losses[0], losses[2])


@properties(
    "cross_entropy",
    1,
    "Soft labels count with their weight: half and half gives the mean of the two losses.",
    "软标签按权重起作用：一半对一半时，损失是两个损失的平均。",
)
def soft_labels(f, rng):
    y, true = distribution(rng)
    y[0] /= 2
    first, second = np.eye(6)[[0, true]]
    halves = f(y, (first + second) / 2)
    return (
        np.size(halves) == 1
        and agree(halves, (f(y, first) + f(y, second)) / 2, LOOSE)
        and differ(f(y, first), f(y / 2, first))
    )


@properties(
    "ceiling",
    1,
    "It is the loss at p = 0, and grows by the natural log of 10 when δ is ten times smaller.",
    "它是 p = 0 处的损失；δ 缩小到十分之一，它增加 10 的自然对数。",
)
def at_zero(f, rng):
    delta = 10 ** -rng.uniform(2, 9)
    return agree(f(delta), -np.log(delta)) and agree(f(delta / 10) - f(delta), np.log(10))


@properties(
    "probability",
    1,
    "Loss 0 means certainty, loss log 4 (natural) means one quarter, and losses that add mean"
    " probabilities that multiply.",
    "损失为 0 表示有十足的把握；损失为 log 4（自然对数）表示概率是四分之一；损失相加，概率就相乘。",
)
def undoes_the_log(f, rng):
    a, b = rng.uniform(0.1, 3, 2)
    return agree(f(0.0), 1) and agree(f(a + b), f(a) * f(b)) and agree(f(-np.log(0.25)), 0.25)


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
