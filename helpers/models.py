"""A network with one hidden layer: its predictions, its loss, and the gradient of that loss.

    h = sigmoid(x W1 + b1)        the hidden layer, (N, hidden)
    y = softmax(h W2 + b2)        the prediction, (N, outputs): each row sums to 1

Source: Saito, "Deep Learning from Scratch", section 4.5 (the network) and chapter 5 (its gradient).
"""

import numpy as np

from helpers.language import value_error
from helpers.losses import cross_entropy_error, softmax


def sigmoid(a):
    """1 / (1 + exp(−a)), from 0 to 1; any shape and dtype float.

    Written with tanh, which is the same number: exp(−a) would overflow where a is very negative.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    return 0.5 + 0.5 * np.tanh(0.5 * a)


class TwoLayerNet:
    """Two layers of weights and biases, in the dict `parameters`: W1, b1, W2, b2.

    rng     a generator, np.random.default_rng(seed): the first weights are drawn from it
    inputs, hidden, outputs   numbers of units, 1 or more
    scale   the standard deviation of the first weights; the biases begin at 0
    dtype   float32, as the pictures of helpers.data are, or float64 to check a gradient

    In all methods x has shape (N, inputs), and t is one-hot (N, outputs) or labels (N,).
    Raises ValueError, here and there, where a shape or a label does not fit.

    >>> net = TwoLayerNet(np.random.default_rng(0), inputs=784, hidden=50, outputs=10)
    >>> sum(parameter.size for parameter in net.parameters.values())
    39760
    >>> net.predict(np.zeros((3, 784), np.float32)).shape
    (3, 10)
    """

    def __init__(self, rng, inputs, hidden, outputs, scale=0.1, dtype=np.float32):
        if min(inputs, hidden, outputs) < 1:
            raise value_error(
                "a layer needs 1 unit or more, but the sizes are {inputs}, {hidden}, {outputs}.",
                inputs=inputs,
                hidden=hidden,
                outputs=outputs,
            )
        if not 0 <= scale < np.inf:
            raise value_error("scale must be 0 or more, such as 0.1, but is {scale}.", scale=scale)
        self.parameters = {
            "W1": (scale * rng.standard_normal((inputs, hidden))).astype(dtype),
            "b1": np.zeros(hidden, dtype),
            "W2": (scale * rng.standard_normal((hidden, outputs))).astype(dtype),
            "b2": np.zeros(outputs, dtype),
        }

    def predict(self, x):
        """Probabilities, float64 of shape (N, outputs)."""
        return self._forward(x)[1]

    def loss(self, x, t):
        """Cross-entropy error of the predictions for x: the mean over the examples."""
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t):
        """Share of the examples whose largest output stands at the true class."""
        t = np.asarray(t)
        labels = t if t.ndim == 1 else t.argmax(axis=1)
        return float(np.mean(self.predict(x).argmax(axis=1) == labels))

    def gradient(self, x, t):
        """Slope of the loss for each parameter: a dict like `parameters`, the same shapes."""
        return self.loss_and_gradient(x, t)[1]

    def loss_and_gradient(self, x, t):
        """(loss, gradient) from one forward pass, as every step of training needs both."""
        h, y = self._forward(x)
        t = np.asarray(t)
        loss = cross_entropy_error(y, t)  # says so if t does not fit

        if t.ndim == y.ndim:
            y -= t
        else:
            y[np.arange(len(y)), t] -= 1  # y − t without building the one-hot t
        W2 = self.parameters["W2"]
        slope_a2 = (y / len(y)).astype(W2.dtype)
        slope_a1 = (slope_a2 @ W2.T) * (h * (1 - h))
        return loss, {
            "W1": np.asarray(x).T @ slope_a1,
            "b1": slope_a1.sum(axis=0),
            "W2": h.T @ slope_a2,
            "b2": slope_a2.sum(axis=0),
        }

    def _forward(self, x):
        """The hidden layer and the prediction."""
        W1, b1, W2, b2 = self.parameters.values()
        x = np.asarray(x)
        if x.ndim != 2 or x.shape[1] != len(W1):
            raise value_error(
                "x must have shape (N, {inputs}), one example a row, but has shape {shape}.",
                inputs=len(W1),
                shape=x.shape,
            )
        h = sigmoid(x @ W1 + b1)
        return h, softmax(h @ W2 + b2)
