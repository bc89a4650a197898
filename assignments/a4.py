"""What decides the marks of a4: properties of batch losses, epochs and means, on random numbers."""

import numpy as np

from tools.grading.marking import Properties, agree, chosen, differ

properties = Properties()
LOOSE = 1e-4  # δ moves every loss a little


def batch(rng, n=6, classes=4):
    """Predictions of shape (n, classes) with rows that sum to 1, and labels of every kind."""
    y = rng.uniform(0.5, 1.5, (n, classes))
    return y / y.sum(axis=1, keepdims=True), rng.permutation(np.arange(n) % classes)


@properties(
    "batch_loss",
    1,
    "It is a mean over the examples: the same batch twice has the same loss.",
    "对样本取平均：同一批样本出现两次，损失不变。",
)
def mean_not_sum(f, rng):
    y, labels = batch(rng)
    t = np.eye(4)[labels]
    once = f(y, t)
    return agree(f(np.tile(y, (2, 1)), np.tile(t, (2, 1))), once) and differ(once, f(y / 2, t))


@properties(
    "batch_loss",
    1,
    "It is no mean over the classes: a single example costs −log of its probability.",
    "不对类别取平均：只有一个样本时，损失就是它的 −log 概率。",
)
def sum_over_classes(f, rng):
    y, labels = batch(rng, 1, 5)
    return agree(f(y, np.eye(5)[labels]), -np.log(y[0, labels[0]]), LOOSE)


@properties(
    "batch_loss",
    1,
    "Labels and one-hot targets give the same number, also when N = K.",
    "标签与 one-hot 目标得出同一个数，N = K 时也是如此。",
)
def labels_like_one_hot(f, rng):
    for n in (6, 4):
        y, labels = batch(rng, n)
        loss = f(y, np.eye(4)[labels])
        if not agree(f(y, labels), loss, LOOSE) or not differ(loss, f(y, np.roll(labels, 1))):
            return False
    return True


@properties(
    "batch_loss",
    1,
    "Zeros in y never lead to nan or inf, in either form.",
    "y 中的零不会导致 nan 或 inf，两种形式都一样。",
)
def zeros(f, rng):
    p = rng.uniform(0.3, 0.7)
    y, labels = np.array([[p, 1 - p, 0], [0, p, 1 - p]]), np.array([0, 0])
    losses = [f(y, t) for t in (np.eye(3)[labels], labels)]
    losses.append(f(np.maximum(y, 0.1), np.eye(3)[labels]))
    return np.isfinite(losses).all() and differ(losses[0], losses[2])


@properties(
    "epoch",
    1,
    "All batches together hold each row exactly once.",
    "所有批合在一起，每一行恰好出现一次。",
)
def each_row_once(f, rng):
    return all(
        agree(np.sort(np.concatenate(f(n, size, rng))), np.arange(n))
        for n, size in ((23, 5), (24, 6))
    )


@properties(
    "epoch",
    0.5,
    "All batches have the size asked for; only the last one may be short, and none is empty.",
    "每一批的大小都符合要求；只有最后一批可以较短，也没有空的批。",
)
def sizes(f, rng):
    found = [[len(rows) for rows in f(n, 5, rng)] for n in (23, 20)]
    return found == [[5, 5, 5, 5, 3], [5, 5, 5, 5]]


@properties(
    "epoch",
    0.5,
    "The rows are shuffled: other random numbers give other batches.",
    "行是洗过牌的：随机数不同，分出的批也不同。",
)
def shuffled(f, rng):
    a, b = (
        np.concatenate(f(60, 7, np.random.default_rng(seed))) for seed in rng.integers(0, 10**6, 2)
    )
    return not agree(a, b)


@properties(
    "mean_over_all",
    1,
    "Each batch counts with its size: a short one has less to say.",
    "每一批按其大小起作用：较短的一批说话的分量较轻。",
)
def weighted(f, rng):
    losses, sizes = rng.uniform(1, 3, 4), np.array([8, 8, 8, 3])
    every = np.repeat(losses, sizes)
    return agree(f(losses, sizes), every.mean()) and agree(f(losses[:1], sizes[:1]), losses[0])


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
