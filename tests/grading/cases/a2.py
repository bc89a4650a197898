"""Answers to assignment 2, right in different ways and wrong in the usual ways.

CASES: what it is -> (the answers that differ from the solution, the checks that must fail).
EQUIVALENT: mutants of the solution that are as right as it is, and why.
"""

CASES = {
    "solution": ({}, set()),
    "with a dot product": (
        {
            "squared_error": "def squared_error(y, t):\n    gap = y - t\n    return gap @ gap / 2",
            "slope": "def slope(y, t):\n    return -(t - y)",
        },
        set(),
    ),
    "with a loop": (
        {
            "squared_error": """
def squared_error(y, t):
    total = 0
    for k in range(len(y)):
        total += (y[k] - t[k]) ** 2
    return total / 2
""",
            "slope": "def slope(y, t):\n    return [float(a - b) for a, b in zip(y, t)]",
        },
        set(),
    ),
    "slope by trying": (
        {
            "slope": """
def slope(y, t):
    result = np.zeros(len(y))
    for k in range(len(y)):
        step = np.zeros(len(y))
        step[k] = 1e-4
        result[k] = (squared_error(y + step, t) - squared_error(y - step, t)) / 2e-4
    return np.round(result, 9)
"""
        },
        set(),
    ),
    "another prediction": ({"prediction": 'prediction = "c"'}, set()),
    "no prediction": ({"prediction": "prediction = None"}, {"prediction.made"}),
    "return inside the loop": (
        {
            "squared_error": """
def squared_error(y, t):
    total = 0
    for a, b in zip(y, t):
        total += (a - b) ** 2 / 2
        return total
"""
        },
        {"squared_error.adds_up"},
    ),
    "no ½": (
        {"squared_error": "def squared_error(y, t):\n    return np.sum((y - t) ** 2)"},
        {"squared_error.half"},
    ),
    "half the mean": (
        {"squared_error": "def squared_error(y, t):\n    return 0.5 * np.mean((y - t) ** 2)"},
        {"squared_error.sum_not_mean"},
    ),
    "mean over k": (
        {"squared_error": "def squared_error(y, t):\n    return np.mean((y - t) ** 2)"},
        {"squared_error.sum_not_mean", "squared_error.half"},
    ),
    "absolute": (
        {"squared_error": "def squared_error(y, t):\n    return 0.5 * np.sum(np.abs(y - t))"},
        {"squared_error.squares"},
    ),
    "squared after summing": (
        {"squared_error": "def squared_error(y, t):\n    return 0.5 * np.sum(y - t) ** 2"},
        {"squared_error.adds_up"},
    ),
    "true class only": (
        {"squared_error": "def squared_error(y, t):\n    return 0.5 * (y[0] - t[0]) ** 2"},
        {"squared_error.adds_up"},
    ),
    "sign of the slope": (
        {"slope": "def slope(y, t):\n    return t - y"},
        {"slope.sign"},
    ),
    "slope without the ½": (
        {"slope": "def slope(y, t):\n    return 2 * (y - t)"},
        {"slope.size"},
    ),
    "one slope for all": (
        {"slope": "def slope(y, t):\n    return np.sum(y - t)"},
        {"slope.one_each", "slope.sign", "slope.size"},
    ),
    "a constant": (
        {
            "squared_error": "def squared_error(y, t):\n    return 0.5",
            "slope": "def slope(y, t):\n    return np.ones(len(y))",
        },
        {
            "squared_error.squares",
            "squared_error.adds_up",
            "squared_error.half",
            "squared_error.sum_not_mean",
            "slope.one_each",
            "slope.sign",
            "slope.size",
        },
    ),
}

EQUIVALENT = {}
