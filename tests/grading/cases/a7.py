"""Answers to assignment 7: see a2.py for the form."""


def affine(x="slope @ W.T", W="x.T @ slope", b="slope.sum(axis=0)"):
    """An affine_backward that returns these three."""
    return {"affine_backward": f"def affine_backward(slope, x, W):\n    return {x}, {W}, {b}"}


def answer(name, arguments, *lines):
    """A function made of these lines."""
    return {name: "\n    ".join([f"def {name}({arguments}):", *lines])}


def relu(*lines):
    return answer("relu", "a", *lines)


def relu_backward(*lines):
    return answer("relu_backward", "slope, a", *lines)


def loss(*lines):
    return answer("loss_backward", "y, t", *lines)


def twice(*lines):
    return answer("twice_backward", "slope, x, W", *lines)


CASES = {
    "solution": ({}, set()),
    "with loops": (
        {
            "affine_backward": """
def affine_backward(slope, x, W):
    slope_x, slope_W, slope_b = np.zeros(x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for row, (numbers, back) in enumerate(zip(x, slope)):
        for d, number in enumerate(numbers):
            for k, one in enumerate(back):
                slope_x[row, d] += one * W[d, k]
                slope_W[d, k] += one * number
        slope_b += back
    return [slope_x, slope_W, slope_b]
""",
            "relu_backward": """
def relu_backward(slope, a):
    passed = [s if x > 0 else 0.0 for s, x in zip(slope.ravel(), a.ravel())]
    return np.reshape(passed, a.shape)
""",
            "loss_backward": """
def loss_backward(y, t):
    rows = []
    for probabilities, label in zip(y, t):
        rows.append([(p - (k == label)) / len(y) for k, p in enumerate(probabilities)])
    return rows
""",
            "twice_backward": """
def twice_backward(slope, x, W):
    total = np.zeros_like(W)
    for source, back in ((x @ W, slope), (x, slope @ W.T)):
        for row, upstream in zip(source, back):
            total += np.outer(row, upstream)
    return total
""",
        },
        set(),
    ),
    "node by node, with their own functions": (
        twice(
            "h = x @ W",
            "slope_h, second, _ = affine_backward(slope, h, W)",
            "_, first, _ = affine_backward(slope_h, x, W)",
            "return first + second",
        )
        | relu("h = a.copy()", "h[h < 0] = 0", "return h")
        | relu_backward("passed = slope.copy()", "passed[a <= 0] = 0", "return passed")
        | loss("gap = y.copy()", "gap[range(len(t)), t] -= 1", "return gap / len(t)"),
        set(),
    ),
    "einsum, and a mask of the output": (
        affine("np.einsum('nk,dk->nd', slope, W)", "np.einsum('nd,nk->dk', x, slope)")
        | relu("return (a + abs(a)) / 2")
        | relu_backward("return np.where(relu(a) > 0, slope, 0)"),
        set(),
    ),
    "no prediction": ({"prediction": "prediction = 'b2'"}, {"prediction.made"}),
    "W without its transpose": (affine(x="slope @ W"), {"affine_backward.to_the_input"}),
    "x without its transpose": (affine(W="x @ slope"), {"affine_backward.to_the_weights"}),
    "slopes of W transposed": (affine(W="slope.T @ x"), {"affine_backward.to_the_weights"}),
    "bias summed over the outputs": (
        affine(b="slope.sum(axis=1)"),
        {"affine_backward.to_the_bias"},
    ),
    "batch size divided twice": (
        affine(W="x.T @ slope / len(x)", b="slope.mean(axis=0)"),
        {"affine_backward.rows_add"},
    ),
    "bias not summed": (
        affine(b="slope"),
        {"affine_backward.to_the_bias"},
    ),
    "one number for all biases": (
        affine(b="np.full(len(slope[0]), slope.mean(axis=1).sum())"),
        {"affine_backward.to_the_bias"},
    ),
    "the negative ones are left out": (
        relu("return a[a > 0]"),
        {"relu.cut_off"},
    ),
    "absolute values": (relu("return abs(a)"), {"relu.cut_off"}),
    "zeros written into the input": (relu("a[a < 0] = 0", "return a"), {"relu.input_kept"}),
    "mask by output, and its zeros pass": (
        relu_backward("return slope * (relu(a) >= 0)"),
        {"relu_backward.mask_of_the_input"},
    ),
    "mask by the slope": (
        relu_backward("return slope * (slope > 0)"),
        {"relu_backward.mask_of_the_input"},
    ),
    "times the output": (
        relu_backward("return slope * relu(a)"),
        {"relu_backward.mask_of_the_input"},
    ),
    "the mask alone": (
        relu_backward("return (a > 0) * 1.0"),
        {"relu_backward.mask_of_the_input"},
    ),
    "zeros written into the slope": (
        relu_backward("slope[a <= 0] = 0", "return slope"),
        {"relu_backward.both_kept"},
    ),
    "batch size never divided": (
        loss("return y - np.eye(y.shape[1])[t]"),
        {"loss_backward.mean_of_examples"},
    ),
    "batch size divided twice in the loss": (
        loss("return (y - np.eye(y.shape[1])[t]) / len(y) ** 2"),
        {"loss_backward.mean_of_examples"},
    ),
    "sign turned": (
        loss("return (np.eye(y.shape[1])[t] - y) / len(y)"),
        {"loss_backward.one_example"},
    ),
    "mean over the classes": (
        loss("return (y - np.eye(y.shape[1])[t]) / y.size"),
        {"loss_backward.one_example"},
    ),
    "labels as numbers": (
        loss("return (y - t[:, None]) / len(y)"),
        {"loss_backward.one_example"},
    ),
    "writes into y": (
        loss("y[np.arange(len(t)), t] -= 1", "return y / len(y)"),
        {"loss_backward.probabilities_kept"},
    ),
    "one way only": (twice("return (x @ W).T @ slope"), {"twice_backward.both_ways"}),
    "the same input twice": (
        twice("return 2 * (x @ W).T @ slope"),
        {"twice_backward.both_ways"},
    ),
    "a transpose forgotten on the way": (
        twice("return (x @ W).T @ slope + x.T @ (slope @ W)"),
        {"twice_backward.both_ways"},
    ),
}

EQUIVALENT = {}
