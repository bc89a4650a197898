"""Answers to assignment 6: see a2.py for the form."""


def forward(*lines):
    """A forward made of these lines, after the scores s."""
    return {"forward": "\n    ".join(["def forward(x, W, b):", "s = x @ W + b", *lines])}


def epoch(*lines):
    """A one_epoch made of these lines."""
    head = "def one_epoch(W, x, t, batches, learning_rate, gradient):"
    return {"one_epoch": "\n    ".join([head, *lines])}


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
        | epoch(
            "W = W.copy()",
            "for rows in batches:",
            "    W -= learning_rate * gradient(W, np.take(x, rows, axis=0), t[list(rows)])",
            "return W.tolist()",
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
    "sign turned": (
        epoch(
            "for rows in batches:",
            "    W = W + learning_rate * gradient(W, x[rows], t[rows])",
            "return W",
        ),
        {"one_epoch.one_batch"},
    ),
    "no learning rate": (
        epoch("for rows in batches:", "    W = W - gradient(W, x[rows], t[rows])", "return W"),
        {"one_epoch.one_batch"},
    ),
    "all rows in every step": (
        epoch("for _ in batches:", "    W = W - learning_rate * gradient(W, x, t)", "return W"),
        {"one_epoch.one_batch"},
    ),
    "all slopes at the first weights": (
        epoch("return W - learning_rate * sum(gradient(W, x[rows], t[rows]) for rows in batches)"),
        {"one_epoch.one_after_another"},
    ),
    "return inside the loop": (
        epoch(
            "for rows in batches:", "    return W - learning_rate * gradient(W, x[rows], t[rows])"
        ),
        {"one_epoch.one_after_another"},
    ),
    "the batches in one": (
        epoch(
            "rows = np.concatenate(batches)",
            "return W - learning_rate * gradient(W, x[rows], t[rows])",
        ),
        {"one_epoch.one_after_another"},
    ),
    "writes into W": (
        epoch(
            "for rows in batches:",
            "    W -= learning_rate * gradient(W, x[rows], t[rows])",
            "return W",
        ),
        {"one_epoch.weights_kept"},
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
