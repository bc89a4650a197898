"""Answers to assignment 4: see a2.py for the form."""


def loss(one_hot="-np.sum(t * np.log(y + 1e-7)) / len(y)", labels=None):
    """A batch_loss with an expression for each form; labels are turned into one-hot by default."""
    form = f"return {labels}" if labels else "t = np.eye(y.shape[1])[t]"
    lines = [
        "def batch_loss(y, t):",
        "    if t.ndim == 1:",
        f"        {form}",
        f"    return {one_hot}",
    ]
    return {"batch_loss": "\n".join(lines)}


def epoch(*lines):
    """An epoch made of these lines."""
    return {"epoch": "\n    ".join(["def epoch(n, batch_size, rng):", *lines])}


CASES = {
    "solution": ({}, set()),
    "labels made one-hot": (loss(), set()),
    "with loops": (
        {
            "batch_loss": """
def batch_loss(y, t):
    total = 0
    for n in range(len(y)):
        k = t[n] if np.ndim(t[n]) == 0 else np.argmax(t[n])
        total += -np.log(y[n, k] + 1e-7)
    return total / len(y)
""",
            "epoch": """
def epoch(n, batch_size, rng):
    rows, batches = list(rng.permutation(n)), []
    while rows:
        batches.append([int(row) for row in rows[:batch_size]])
        rows = rows[batch_size:]
    return batches
""",
            "mean_over_all": "def mean_over_all(losses, sizes):\n"
            "    return np.average(losses, weights=sizes)",
        },
        set(),
    ),
    "no prediction": ({"prediction": "prediction = 'd'"}, {"prediction.made"}),
    "sum for mean": (
        loss("-np.sum(t * np.log(y + 1e-7))"),
        {"batch_loss.mean_of_examples"},
    ),
    "mean over classes, too": (
        loss("-np.mean(t * np.log(y + 1e-7))"),
        {"batch_loss.sum_over_classes"},
    ),
    "labels in the one-hot formula": (
        {"batch_loss": "def batch_loss(y, t):\n    return -np.sum(t * np.log(y + 1e-7)) / len(y)"},
        {"batch_loss.labels_like_one_hot"},
    ),
    "whole columns for labels": (
        loss(labels="-np.mean(np.log(y[:, t] + 1e-7))"),
        {"batch_loss.labels_like_one_hot"},
    ),
    "no δ": (
        loss("-np.sum(t * np.log(y)) / len(y)", "-np.mean(np.log(y[np.arange(len(y)), t]))"),
        {"batch_loss.zeros"},
    ),
    "drawn with replacement": (
        epoch(
            "size = batch_size",
            "return [rng.choice(n, min(size, n - i)) for i in range(0, n, size)]",
        ),
        {"epoch.each_row_once"},
    ),
    "last batch dropped": (
        epoch(
            "rows = rng.permutation(n)",
            "return [rows[i * batch_size:(i + 1) * batch_size] for i in range(n // batch_size)]",
        ),
        {"epoch.each_row_once"},
    ),
    "last batch filled up": (
        epoch(
            "rows = rng.permutation(n)",
            "rows = np.append(rows, rows[:-n % batch_size])",
            "return [rows[i:i + batch_size] for i in range(0, n, batch_size)]",
        ),
        {"epoch.each_row_once"},
    ),
    "last batch drawn anew": (
        epoch(
            "rows, last = rng.permutation(n), n % batch_size",
            "found = [rows[i:i + batch_size] for i in range(0, n - last, batch_size)]",
            "return found + ([rng.choice(n, last, replace=False)] if last else [])",
        ),
        {"epoch.each_row_once"},
    ),
    "every batch drawn, and full": (
        epoch("return [rng.choice(n, batch_size) for i in range(0, n, batch_size)]"),
        {"epoch.each_row_once"},
    ),
    "return inside the loop of an epoch": (
        epoch(
            "rows = rng.permutation(n)",
            "for i in range(0, n, batch_size):",
            "    return rows[i:i + batch_size]",
        ),
        {"epoch.each_row_once"},
    ),
    "batches of nearly equal size": (
        epoch("return np.array_split(rng.permutation(n), -(-n // batch_size))"),
        {"epoch.sizes"},
    ),
    "shuffled by NumPy's own numbers": (
        epoch(
            "rows = np.random.permutation(n)",
            "return [rows[i:i + batch_size] for i in range(0, n, batch_size)]",
        ),
        {"epoch.shuffled"},
    ),
    "an object array, and a generator's list": (
        epoch(
            "rows = rng.permutation(n)",
            "cut = (rows[i:i + batch_size] for i in range(0, n, batch_size))",
            "return np.array([*cut, None], dtype=object)[:-1]",
        ),
        set(),
    ),
    "labels only": (
        {
            "batch_loss": "def batch_loss(y, t):\n"
            "    return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))"
        },
        {"batch_loss.sum_over_classes", "batch_loss.labels_like_one_hot"},
    ),
    **{
        what: (
            {
                "batch_loss": "def batch_loss(y, t):\n"
                "    t = np.eye(y.shape[1])[t] if t.ndim == 1 else t\n"
                f"    losses = -np.sum(t * np.log(y + 1e-7), axis=1)\n    return {number}"
            },
            {"batch_loss.mean_of_examples"},
        )
        for what, number in {
            "the largest loss": "losses.max()",
            "the median": "np.median(losses)",
            "the first row": "losses[0]",
        }.items()
    },
    "return inside the loop of a batch": (
        {
            "batch_loss": """
def batch_loss(y, t):
    total = 0
    for n in range(len(y)):
        k = t[n] if np.ndim(t[n]) == 0 else np.argmax(t[n])
        total += -np.log(y[n, k] + 1e-7)
        return total / len(y)
"""
        },
        {"batch_loss.mean_of_examples"},
    ),
    "not shuffled": (
        epoch("return [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]"),
        {"epoch.shuffled"},
    ),
    "mean of means": (
        {"mean_over_all": "def mean_over_all(losses, sizes):\n    return np.mean(losses)"},
        {"mean_over_all.weighted"},
    ),
}

EQUIVALENT = {"batch_loss: 1e-07 -> 2e-07": "another small δ repairs as well"}
