"""What decides the marks of a6: properties of a forward pass, an epoch, two counts."""

import numpy as np

from tools.grading.marking import Code, Properties, agree, chosen, differ

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "forward": ("cross_entropy_error", "From scores to probabilities", "scores"),
    "one_epoch": ("training", "The loop", None),
    "count_steps": ("training", "Drive it yourself", "training"),
    "best_epoch": ("training", "Too little data", None),
}

properties = Properties()
PULL = Code("lambda W, x, t: x.T @ (x @ W - t) / len(x)")


def layer(rng, n, inputs=5, classes=3):
    """Examples of shape (n, inputs), weights and biases of moderate size."""
    return (
        rng.normal(size=(n, inputs)),
        rng.normal(size=(inputs, classes)),
        rng.normal(size=classes),
    )


def epoch(rng):
    """Weights, examples, targets, three batches that share no row, a learning rate, a gradient."""
    batches = list(rng.permutation(12).reshape(3, 4))
    return (
        rng.uniform(1, 2, (3, 2)),
        rng.uniform(0.5, 1, (12, 3)),
        rng.uniform(-2, -1, (12, 2)),
        batches,
        rng.uniform(0.1, 0.3),
        PULL,
    )


@properties(
    "forward",
    1,
    "The ratio of two probabilities is e to the difference of their scores.",
    "两个概率之比，是 e 的“得分之差”次方。",
)
def ratios(f, rng):
    x, W, b = layer(rng, 1)
    y, scores = np.ravel(f(x, W, b)), np.ravel(x @ W + b)
    return np.all(y > 0) and agree(np.log(y / y[0]), scores - scores[0])


@properties(
    "forward",
    1,
    "Each row sums to 1, and no example changes the probabilities of another.",
    "每一行的和都是 1，一个样本不会影响另一个样本的概率。",
)
def rows(f, rng):
    x, W, b = layer(rng, 6)
    y = np.asarray(f(x, W, b))
    alone = np.concatenate([np.asarray(f(x[n : n + 1], W, b)) for n in range(6)])
    return agree(y.sum(axis=1), np.ones(6)) and agree(y, alone) and differ(y[0], y[1])


@properties(
    "forward",
    1,
    "Scores of 1000 and of −1000 give probabilities, never nan, in one example and in a batch.",
    "得分为 1000 和 −1000 时得到的仍是概率，不是 nan，一个样本和一批样本都如此。",
)
def large_scores(f, rng):
    scores = 1000 * rng.permutation([-1, 0, 1])
    one = f(np.ones((1, 5)), np.tile(scores / 5, (5, 1)), np.zeros(3))
    three = f(np.diag(scores), np.ones((3, 3)), np.zeros(3))
    return agree(one, [scores == 1000]) and np.shape(three) == (3, 3) and np.isfinite(three).all()


@properties(
    "one_epoch",
    0.5,
    "A step goes against the slopes of its batch's rows, learning rate times slopes long.",
    "一步逆着这一批各行的斜率走，长度是学习率乘以斜率。",
)
def one_batch(f, rng):
    W, x, t, (rows, *_), rate, pull = epoch(rng)
    return agree(f(W.copy(), x, t, [rows], rate, pull), W - rate * pull(W, x[rows], t[rows]))


@properties(
    "one_epoch",
    1,
    "There is a step for each batch, and each begins at the weights where the last one ended.",
    "每一批走一步，每一步都从上一步到达的权重出发。",
)
def one_after_another(f, rng):
    W, x, t, batches, rate, pull = epoch(rng)
    together, one_by_one = f(W.copy(), x, t, batches, rate, pull), W
    for rows in batches:
        one_by_one = np.array(f(one_by_one.copy(), x, t, [rows], rate, pull))
    return agree(together, one_by_one) and differ(together, W)


@properties(
    "one_epoch",
    0.5,
    "W is as it was; the same question has the same answer.",
    "W 与原来一样；同样的问题得到同样的回答。",
)
def weights_kept(f, rng):
    W, *rest = epoch(rng)
    before = W.copy()
    first = f(W, *rest)
    return (
        np.array_equal(W, before) and agree(f(W, *rest), first) and differ(first, f(2 * W, *rest))
    )


@properties(
    "count_steps",
    1,
    "A shorter last batch is a step, too, in every epoch; with no row left over there is none.",
    "每个 epoch 里，较短的最后一批也是一步；没有剩余时不多数一步。",
)
def last_batch(f, rng):
    full, size, epochs = (int(n) for n in rng.integers(4, 30, 3))
    return (
        agree(f(full * size, size, epochs), full * epochs)
        and agree(f(full * size + 1, size, epochs), (full + 1) * epochs)
        and agree(f(full * size + size - 1, size, 1), full + 1)
    )


@properties(
    "best_epoch",
    1,
    "It is the epoch of the lowest loss, counted from 1, the earlier of two.",
    "它是损失最低的那个 epoch，从 1 数起，一样低时取较早的。",
)
def lowest(f, rng):
    losses = rng.uniform(1, 2, 12)
    early, late = (int(n) for n in np.sort(rng.choice(12, 2, replace=False)))
    losses[late] = 0.5
    found = agree(f(losses.copy()), late + 1)
    losses[early] = 0.5
    return found and agree(f(losses), early + 1)


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
