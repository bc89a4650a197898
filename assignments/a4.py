"""What decides the marks of a4: properties of batch losses, epochs and means, on random numbers."""

import numpy as np

from tools.grading.marking import Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "batch_loss": ("mini_batch_loss", "The loss of a batch", "batch"),
    "epoch": ("mini_batch_loss", "Shuffle and cut", "epoch"),
    "mean_over_all": ("mini_batch_loss", "The mean of means", None),
}

properties = Properties()
LOOSE = 1e-4  # δ moves every loss a little


def batch(rng, n=6, classes=4):
    """Predictions of shape (n, classes) with rows that sum to 1, and labels of every kind."""
    y = rng.uniform(0.5, 1.5, (n, classes))
    return y / y.sum(axis=1, keepdims=True), rng.permutation(np.arange(n) % classes)


def forms(labels, classes):
    """The two forms of targets."""
    return np.eye(classes)[labels], labels


def holds(condition, t):
    """Does it hold with targets of this form, which need not work at all?"""
    try:
        return condition(t)
    except Exception:
        return False


def batches(f, n, size, rng):
    """The batches of an epoch; rows that come without a list are one batch."""
    found = f(n, size, rng)
    return [found] if np.ndim(found[0]) == 0 else found


@properties(
    "batch_loss",
    1,
    "It is the mean over the examples: not their sum, not the largest loss, not the first one alone"
    " (a return inside the loop ends it there).",
    "对样本取平均：不是总和，不是最大的损失，也不是只取第一个样本（return 写在循环里，"
    "第一轮就结束了）。",
)
def mean_of_examples(f, rng):
    y, labels = batch(rng)

    def is_mean(t):
        alone = [f(y[n : n + 1], t[n : n + 1]) for n in range(len(y))]
        return agree(f(y, t), np.mean(alone)) and differ(*alone)

    return any(holds(is_mean, t) for t in forms(labels, 4))


@properties(
    "batch_loss",
    1,
    "With one-hot targets it is no mean over the classes: a single example costs −log of its"
    " probability.",
    "目标是 one-hot 表示时，不对类别取平均：只有一个样本时，损失就是它的 −log 概率。",
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
        if not agree(f(y, labels), loss, LOOSE) or not differ(loss, f(y, (labels + 1) % 4)):
            return False
    return True


@properties(
    "batch_loss",
    1,
    "Zeros in y never lead to nan or inf, in any form of the targets that works.",
    "y 中的零不会导致 nan 或 inf，能用的每种形式都如此。",
)
def zeros(f, rng):
    p = rng.uniform(0.3, 0.7)
    y, labels = np.array([[p, 1 - p, 0], [0, p, 1 - p]]), np.array([0, 0])
    working = [t for t in forms(labels, 3) if holds(lambda t: differ(f(y + 0.1, t)), t)]
    return bool(working) and all(differ(f(y, t), f(y + 0.1, t)) for t in working)


@properties(
    "epoch",
    1,
    "All batches together hold each row exactly once: the last one is neither dropped nor filled up"
    " nor drawn anew (a return inside the loop leaves out all but the first).",
    "所有批合在一起，每一行恰好出现一次：最后一批不丢掉、不补满，也不另外抽取（return 写在"
    "循环里，就只剩第一批）。",
)
def each_row_once(f, rng):
    return all(
        agree(np.sort(np.concatenate(batches(f, n, size, rng))), np.arange(n))
        for n, size in ((23, 5), (24, 6))
    )


@properties(
    "epoch",
    0.5,
    "All batches but the last have the size asked for, and the last is neither longer nor empty.",
    "除最后一批外，每一批的大小都符合要求；最后一批不会更长，也不是空的。",
)
def sizes(f, rng):
    for n in (23, 20):
        *others, last = (len(rows) for rows in batches(f, n, 5, rng))
        if set(others) > {5} or not 0 < last <= 5:
            return False
    return True


@properties(
    "epoch",
    0.5,
    "The rows are shuffled with rng: other random numbers give other batches, the same ones the"
    " same.",
    "用 rng 洗牌：随机数不同，分出的批也不同；随机数相同，分出的批也相同。",
)
def shuffled(f, rng):
    one, other = rng.integers(0, 10**6, 2)
    a, again, b = (
        np.concatenate(batches(f, 60, 7, np.random.default_rng(seed))) for seed in (one, one, other)
    )
    return agree(a, again) and not agree(a, b)


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
