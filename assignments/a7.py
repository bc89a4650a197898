"""What decides the marks of a7: properties of the ways back, and central differences.

Where the sizes differ, a product without its transpose raises, and nothing comes back. So each
property has sizes at which its own product must be right and a slip in another one raises nothing.
"""

import numpy as np

from helpers.gradients import numerical_gradient
from tools.grading.marking import Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "affine_backward": ("backpropagation", "Nodes for arrays", None),
    "relu": ("backpropagation", "Break it, then mend it", None),
    "relu_backward": ("backpropagation", "Break it, then mend it", None),
    "loss_backward": ("backpropagation", "A value that goes two ways", "graph"),
    "twice_backward": ("backpropagation", "A value that goes two ways", "graph"),
}

properties = Properties()


def layer(rng, n, inputs, outputs):
    """Slope (n, outputs), x (n, inputs), W (inputs, outputs); above 0, so that no sum cancels."""
    shapes = [(n, outputs), (n, inputs), (inputs, outputs)]
    return [rng.uniform(0.5, 2, shape) for shape in shapes]


def by_trying(forward, slope, array):
    """The slopes for an array, by central differences of the sum of slope times what comes out."""
    return numerical_gradient(lambda array: np.sum(slope * forward(array)), array.copy())


@properties(
    "affine_backward",
    1,
    "The slopes for x are those that central differences measure, whatever the sizes.",
    "对 x 的斜率与中心差分量出的一致，大小任意。",
)
def to_the_input(f, rng):
    n, outputs = rng.choice(np.arange(2, 7), 2, replace=False)
    slope, x, W = layer(rng, n, n, outputs)
    return agree(f(slope, x, W)[0], by_trying(lambda x: x @ W, slope, x))


@properties(
    "affine_backward",
    0.5,
    "The slope for a weight pairs its input with the slope of its output: W's shape, W's order.",
    "对一个权重的斜率，是它的输入配上它的输出的斜率：形状和次序都与 W 相同。",
)
def to_the_weights(f, rng):
    n, size = rng.choice(np.arange(2, 7), 2, replace=False)
    slope, x, W = layer(rng, n, size, size)
    found, tried = np.asarray(f(slope, x, W)[1]), by_trying(lambda W: x @ W, slope, W)
    return agree(found / found[0, 0], tried / tried[0, 0])


@properties(
    "affine_backward",
    0.5,
    "Each output has a bias of its own: its slope comes from its own column.",
    "每个输出各有一个偏置，它的斜率来自它自己的那一列。",
)
def to_the_bias(f, rng):
    slope, x, W = layer(rng, 4, 4, 4)
    found, right = np.asarray(f(slope, x, W)[2]), slope.sum(axis=0)
    return found.shape == (4,) and agree(found / found[0], right / right[0])


@properties(
    "affine_backward",
    0.5,
    "Weights and biases were copied to all rows: the slopes of the rows add, no mean is taken.",
    "权重和偏置曾被复制到每一行：各行的斜率相加，不取平均。",
)
def rows_add(f, rng):
    slope, _, W = layer(rng, 4, 4, 4)
    x, total = np.full((4, 4), rng.uniform(1, 2)), np.sum(slope)
    _, slope_W, slope_b = f(slope, x, W)
    return agree(np.sum(slope_W), np.sum(x[0]) * total) and agree(np.sum(slope_b), total)


@properties(
    "relu",
    0.5,
    "Numbers above 0 stay as they are, all others become 0, in an array of any shape.",
    "大于 0 的数保持不变，其余都变成 0，数组的形状任意。",
)
def cut_off(f, rng):
    a = np.append(rng.uniform(0.5, 2, 5) * [1, -1, 1, -1, 1], 0).reshape(2, 3)
    return agree(f(a.copy()), np.where(a > 0, a, 0)) and agree(f(-a), np.where(a < 0, -a, 0))


@properties(
    "relu",
    0.5,
    "a is as it was: nothing was written into the array that was given.",
    "a 与原来一样：没有往所给的数组里写东西。",
)
def input_kept(f, rng):
    a = rng.uniform(0.5, 2, 4) * [1, -1, 1, -1]
    before = a.copy()
    first = f(a)
    return np.array_equal(a, before) and agree(f(a), first) and differ(first, f(a + 1))


@properties(
    "relu_backward",
    0.5,
    "The slope passes unchanged where the input was above 0, and nowhere else, not at 0 either.",
    "输入大于 0 的地方斜率原样通过，别处都不通过，等于 0 处也不通过。",
)
def mask_of_the_input(f, rng):
    a = rng.permutation([-2.0, -0.5, 0.0, 0.5, 1.5, 3.0]).reshape(2, 3)
    slope = rng.uniform(1, 2, (2, 3)) * rng.choice([-1, 1], (2, 3))
    return all(agree(f(s, a.copy()), np.where(a > 0, s, 0)) for s in (slope, -slope))


@properties(
    "relu_backward",
    0.5,
    "slope and a are as they were; other numbers give another answer.",
    "slope 和 a 与原来一样；数变了，结果也变。",
)
def both_kept(f, rng):
    given = [rng.uniform(1, 2, 4), rng.uniform(0.5, 2, 4) * [1, -1, 1, -1]]
    copies = [array.copy() for array in given]
    first = f(*given)
    kept = all(np.array_equal(a, b) for a, b in zip(given, copies, strict=True))
    return kept and agree(f(*given), first) and differ(first, f(2 * given[0], -given[1]))


def batch(rng, n, classes=4):
    """Probabilities of shape (n, classes), and labels of every kind."""
    y = rng.uniform(0.5, 1.5, (n, classes))
    return y / y.sum(axis=1, keepdims=True), np.arange(n) % classes


@properties(
    "loss_backward",
    0.5,
    "For one example the slope of a score is y − t, with t in one-hot form.",
    "只有一个样本时，对一个得分的斜率是 y − t，其中 t 用 one-hot 表示。",
)
def one_example(f, rng):
    y, k = batch(rng, 1)[0], rng.integers(4)
    return agree(f(y.copy(), np.array([k])), y - np.eye(4)[[k]])


@properties(
    "loss_backward",
    0.5,
    "It belongs to the mean loss: among N examples each slope is an N-th of what it is alone.",
    "它是平均损失的斜率：N 个样本一起时，每个斜率是单独一个样本时的 N 分之一。",
)
def mean_of_examples(f, rng):
    n = int(rng.integers(3, 9))
    y, t = batch(rng, n)
    alone = np.concatenate([np.asarray(f(y[i : i + 1].copy(), t[i : i + 1])) for i in range(n)])
    return agree(f(y.copy(), t), alone / n) and differ(*alone)


@properties(
    "loss_backward",
    0.5,
    "y and t are as they were; other probabilities give another answer.",
    "y 和 t 与原来一样；概率不同，结果就不同。",
)
def probabilities_kept(f, rng):
    y, t = batch(rng, 5)
    before = y.copy()
    first = f(y, t)
    return np.array_equal(y, before) and agree(f(y, t), first) and differ(first, f(y[::-1], t))


@properties(
    "twice_backward",
    1,
    "W reaches the loss on two ways: its slopes are those that central differences measure.",
    "W 有两条路通向损失：它的斜率与中心差分量出的一致。",
)
def both_ways(f, rng):
    n, size = rng.choice(np.arange(2, 7), 2, replace=False)
    slope, x, W = layer(rng, n, size, size)
    return agree(f(slope, x, W), by_trying(lambda W: x @ W @ W, slope, W))


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
