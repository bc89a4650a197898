"""Answers to assignment 1: see a2.py for the form."""


def report(body):
    """A report that returns this expression."""
    return {"report": f"def report(says, is_five):\n    return {body}"}


def cut(*lines):
    """A cut made of these lines."""
    return {"cut": "\n    ".join(["def cut(n, test_size, rng):", *lines])}


def choose(body):
    """A choice that returns this expression."""
    return {"choose": f"def choose(ks, on_training, on_validation, on_test):\n    return {body}"}


RIGHT = "np.mean(says == is_five)", "np.sum(says & is_five)", "np.sum(says & ~is_five)"

CASES = {
    "solution": ({}, set()),
    "with loops and lists": (
        {
            "report": """
def report(says, is_five):
    right = caught = alarms = 0
    for a, b in zip(says, is_five):
        right += a == b
        caught += bool(a and b)
        alarms += bool(a and not b)
    return [right / len(says), caught, alarms]
""",
            "cut": """
def cut(n, test_size, rng):
    test = sorted(rng.choice(n, test_size, replace=False).tolist())
    return [row for row in range(n) if row not in test], test
""",
            "choose": """
def choose(ks, on_training, on_validation, on_test):
    best = max(on_validation)
    return [k for k, score in zip(ks, on_validation) if score == best][0]
""",
        },
        set(),
    ),
    "with products": (
        report("1 - (says ^ is_five).mean(), says @ is_five, (says * (1 - is_five)).sum()"),
        {"report.caught"},
    ),
    "no prediction": ({"prediction": "prediction = ..."}, {"prediction.made"}),
    "accuracy of the fives only": (
        report(f"np.sum(says & is_five) / np.sum(is_five), {RIGHT[1]}, {RIGHT[2]}"),
        {"report.accuracy"},
    ),
    "number for share": (
        report(f"np.sum(says == is_five), {RIGHT[1]}, {RIGHT[2]}"),
        {"report.accuracy"},
    ),
    "share for number": (
        report(f"{RIGHT[0]}, np.mean(says[is_five]), {RIGHT[2]}"),
        {"report.caught"},
    ),
    "missed for false alarms": (
        report(f"{RIGHT[0]}, {RIGHT[1]}, np.sum(~says & is_five)"),
        {"report.false_alarms"},
    ),
    "drawn with replacement": (
        cut("rows = rng.choice(n, n)", "return rows[test_size:], rows[:test_size]"),
        {"cut.each_row_once"},
    ),
    "two draws that overlap": (
        cut("return rng.permutation(n)[test_size:], rng.permutation(n)[:test_size]"),
        {"cut.each_row_once"},
    ),
    "not drawn": (
        cut("return np.arange(n - test_size), np.arange(n - test_size, n)"),
        {"cut.drawn"},
    ),
    "parts swapped": (
        cut("rows = rng.permutation(n)", "return rows[:test_size], rows[test_size:]"),
        {"cut.sizes"},
    ),
    "its own random numbers": (
        cut("rows = np.random.permutation(n)", "return rows[test_size:], rows[:test_size]"),
        {"cut.drawn"},
    ),
    "chosen by the test data": (choose("ks[np.argmax(on_test)]"), {"choose.by_validation"}),
    "chosen by the training data": (choose("ks[np.argmax(on_training)]"), {"choose.by_validation"}),
    "the place for k": (choose("np.argmax(on_validation)"), {"choose.by_validation"}),
}

EQUIVALENT = {}
