"""Answers to assignment 3: see a2.py for the form."""


def loss(body):
    """A cross_entropy with this expression."""
    return {"cross_entropy": f"def cross_entropy(y, t):\n    return {body}"}


CASES = {
    "solution": ({}, set()),
    "true class first, then the logarithm": (loss("-(t @ np.log(np.maximum(y, 1e-12)))"), set()),
    "with a loop": (
        {
            "cross_entropy": """
def cross_entropy(y, t):
    total = 0
    for p, weight in zip(y, t):
        if weight > 0:
            total -= weight * np.log(p + 1e-9)
    return total
""",
            "ceiling": "def ceiling(delta):\n    return cross_entropy_at(0, delta)\n\n"
            "def cross_entropy_at(p, delta):\n    return np.log(1 / (p + delta))",
            "probability": "import math\n\ndef probability(loss):\n    return math.e ** -loss",
        },
        set(),
    ),
    "a wrong prediction": ({"prediction": 'prediction = "A"'}, set()),
    "no prediction": ({"prediction": "prediction = None"}, {"prediction.made"}),
    "the prediction itself": (
        loss("y"),
        {
            "cross_entropy.sign",
            "cross_entropy.natural_log",
            "cross_entropy.true_class_only",
            "cross_entropy.sum_not_mean",
            "cross_entropy.zeros",
            "cross_entropy.soft_labels",
        },
    ),
    "return inside the loop": (
        {
            "cross_entropy": """
def cross_entropy(y, t):
    total = 0
    for p, weight in zip(y, t):
        total -= weight * np.log(p + 1e-7)
        return total
"""
        },
        {"cross_entropy.true_class_only"},
    ),
    "no minus": (loss("np.sum(t * np.log(y + 1e-7))"), {"cross_entropy.sign"}),
    "log10": (loss("-np.sum(t * np.log10(y + 1e-7))"), {"cross_entropy.natural_log"}),
    "mean for sum": (loss("-np.mean(t * np.log(y + 1e-7))"), {"cross_entropy.sum_not_mean"}),
    "no δ": (loss("-np.sum(t * np.log(y))"), {"cross_entropy.zeros"}),
    "δ outside": (loss("-np.sum(t * np.log(y)) + 1e-7"), {"cross_entropy.zeros"}),
    "t forgotten": (loss("-np.sum(np.log(y + 1e-7))"), {"cross_entropy.true_class_only"}),
    "only the largest t": (
        loss("-np.log(y[np.argmax(t)] + 1e-7)"),
        {"cross_entropy.soft_labels"},
    ),
    "binary form": (
        loss("-np.sum(t * np.log(y + 1e-7) + (1 - t) * np.log(1 - y + 1e-7))"),
        {
            "cross_entropy.true_class_only",
            "cross_entropy.sum_not_mean",
        },
    ),
    "ceiling at p = 1, and 1 - E": (
        {
            "ceiling": "def ceiling(delta):\n    return -np.log(1 + delta)",
            "probability": "def probability(loss):\n    return 1 - loss",
        },
        {"ceiling.at_zero", "probability.undoes_the_log"},
    ),
}

EQUIVALENT = {"cross_entropy: 1e-07 -> 2e-07": "another small δ repairs as well"}
