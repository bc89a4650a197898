"""Answers to assignment 5: see a2.py for the form."""


def gradient(quotient="(f(x + step) - f(x - step)) / 2e-4", start="np.array(x, dtype=float)"):
    """A gradient_of with another quotient or another beginning."""
    return {
        "gradient_of": f"""
def gradient_of(f, x):
    x = {start}
    gradient = np.zeros(x.shape)
    for i in range(x.size):
        step = np.zeros(x.size)
        step[i] = 1e-4
        step = step.reshape(x.shape)
        gradient.flat[i] = {quotient}
    return gradient
"""
    }


def descend(line, end="return x"):
    """A descend with this line in its loop."""
    lines = ["def descend(x, rate, steps):", "    for _ in range(steps):", f"        {line}"]
    return {"descend": "\n".join([*lines, f"    {end}"])}


IN_PLACE = """
def gradient_of(f, x):
    gradient, h = np.zeros(x.shape), 1e-4
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        up = f(x)
        x[place] = old - h
        gradient[place] = (up - f(x)) / (2 * h)
        {}
    return gradient
"""

CASES = {
    "solution": ({}, set()),
    "flat, with another h": (
        gradient("(f(x + step / 10) - f(x - step / 10)) / 2e-5")
        | descend("x = (1 - 2 * rate) * x"),
        set(),
    ),
    "a power in place of the loop": (
        {
            "descend": "def descend(x, rate, steps):\n    return x * (1 - 2 * rate) ** steps",
            "largest_gap": "def largest_gap(a, b):\n    return max(abs(a - b).ravel().tolist())",
        },
        set(),
    ),
    "no prediction": ({"prediction": "prediction = None"}, {"prediction.made"}),
    "return inside the loop": (
        {
            "gradient_of": """
def gradient_of(f, x):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = 1e-4
        gradient[place] = (f(x + step) - f(x - step)) / 2e-4
        return gradient
"""
        },
        {"gradient_of.each_alone"},
    ),
    "forward difference": (
        gradient("(f(x + step) - f(x)) / 1e-4"),
        {"gradient_of.central"},
    ),
    "divided by h": (
        gradient("(f(x + step) - f(x - step)) / 1e-4"),
        {"gradient_of.central"},
    ),
    "all moved at once": (
        gradient("(f(x + 1e-4) - f(x - 1e-4)) / 2e-4"),
        {"gradient_of.each_alone"},
    ),
    "integers stay integers": (
        {"gradient_of": IN_PLACE.format("x[place] = old")},
        {"gradient_of.any_array"},
    ),
    "x not put back": (
        {
            "gradient_of": IN_PLACE.format("pass").replace(
                "zeros(x.shape), 1e-4",
                "zeros(x.shape), 1e-4\n    x = x if x.dtype == float else x.astype(float)",
            )
        },
        {"gradient_of.unchanged"},
    ),
    "uphill": (descend("x = x + rate * 2 * x"), {"descend.one_step"}),
    "half a gradient": (descend("x = x - rate * x"), {"descend.one_step"}),
    "the same whatever x is": (
        {"descend": "def descend(x, rate, steps):\n    return 1.0"},
        {"descend.one_step", "descend.many_steps"},
    ),
    "one step only": (descend("return x - rate * 2 * x"), {"descend.many_steps"}),
    "writes into x": (descend("x -= rate * 2 * x"), {"descend.many_steps"}),
    "signs kept": (
        {"largest_gap": "def largest_gap(a, b):\n    return np.max(a - b)"},
        {"largest_gap.one_wrong_entry"},
    ),
    "mean of the gaps": (
        {"largest_gap": "def largest_gap(a, b):\n    return np.mean(np.abs(a - b))"},
        {"largest_gap.one_wrong_entry"},
    ),
}

EQUIVALENT = {
    "gradient_of: 0.0001 -> 0.0002": "another small h: the slopes are as right",
}
