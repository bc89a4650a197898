"""Answers to assignment 6: see a2.py for the form."""


def forward(*lines):
    """A forward made of these lines, after the scores s."""
    return {"forward": "\n    ".join(["def forward(x, W, b):", "s = x @ W + b", *lines])}


def slopes(*lines):
    """A weight_gradient made of these lines."""
    return {"weight_gradient": "\n    ".join(["def weight_gradient(x, y, t):", *lines])}


def steps(expression):
    return {"count_steps": f"def count_steps(n, batch_size, epochs):\n    return {expression}"}


def stop(expression):
    return {"best_epoch": f"def best_epoch(losses):\n    return {expression}"}


CASES = {
    "solution": ({}, set()),
    "other ways": (
        {
            "forward": """
def forward(x, W, b):
    rows = []
    for row in x:
        s = [sum(i * w for i, w in zip(row, column)) + c for column, c in zip(W.T, b)]
        p = [np.exp(a - max(s)) for a in s]
        rows.append([a / sum(p) for a in p])
    return rows
""",
        }
        | slopes(
            "far = y.copy()",
            "far[range(len(t)), t] -= 1",
            "return np.einsum('nd,nk->dk', x, far) / len(t)",
        )
        | steps("-(-n // batch_size) * epochs")
        | stop("min(range(len(losses)), key=lambda e: losses[e]) + 1"),
        set(),
    ),
    "no prediction": ({"prediction": "prediction = 2.3"}, {"prediction.made"}),
    "large scores forgotten": (
        forward("return np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)"),
        {"forward.large_scores"},
    ),
    "one sum for the whole batch": (
        forward("p = np.exp(s - s.max())", "return p / p.sum()"),
        {"forward.rows"},
    ),
    "keepdims forgotten": (
        forward("p = np.exp(s - s.max(axis=1, keepdims=True))", "return p / p.sum(axis=1)"),
        {"forward.rows"},
    ),
    "b forgotten": (
        forward(
            "s = x @ W",
            "p = np.exp(s - s.max(axis=1, keepdims=True))",
            "return p / p.sum(axis=1, keepdims=True)",
        ),
        {"forward.ratios"},
    ),
    "powers of 2": (
        forward(
            "p = 2 ** (s - s.max(axis=1, keepdims=True))",
            "return p / p.sum(axis=1, keepdims=True)",
        ),
        {"forward.ratios"},
    ),
    "the first example alone": (
        {
            "weight_gradient": "def weight_gradient(x, y, t):\n"
            "    return np.outer(x[0], y[0] - np.eye(y.shape[1])[t[0]])"
        },
        {"weight_gradient.mean_of_examples"},
    ),
    "sum over the batch": (
        slopes("return x.T @ (y - np.eye(y.shape[1])[t])"),
        {"weight_gradient.mean_of_examples"},
    ),
    "sign turned": (
        slopes("return x.T @ (np.eye(y.shape[1])[t] - y) / len(x)"),
        {"weight_gradient.one_example"},
    ),
    "mean over the classes, too": (
        slopes("return x.T @ (y - np.eye(y.shape[1])[t]) / y.size"),
        {"weight_gradient.one_example"},
    ),
    "writes into y": (
        slopes("y[np.arange(len(t)), t] -= 1", "return x.T @ y / len(x)"),
        {"weight_gradient.unchanged"},
    ),
    "last batch dropped": (steps("n // batch_size * epochs"), {"count_steps.last_batch"}),
    "always one more": (steps("(n // batch_size + 1) * epochs"), {"count_steps.last_batch"}),
    "rounded once": (steps("int(np.ceil(n * epochs / batch_size))"), {"count_steps.last_batch"}),
    "epochs from 0": (stop("np.argmin(losses)"), {"best_epoch.lowest"}),
    "the loss itself": (stop("np.min(losses)"), {"best_epoch.lowest"}),
    "the later of two": (
        stop("len(losses) - np.argmin(losses[::-1])"),
        {"best_epoch.lowest"},
    ),
}

EQUIVALENT = {}
