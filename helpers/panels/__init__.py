"""The panels of the lessons: one call, one panel; one module a subject.

Each panel takes the function being taught, so that the learner's own code answers on the screen.
Panel and Slider are what they are made of, for panels of your own.
"""

from helpers.panels.backpropagation import graph
from helpers.panels.derivative import tangent
from helpers.panels.descent import descent, surfaces
from helpers.panels.gradient import loss_and_accuracy, one_weight
from helpers.panels.learning_from_data import rule_for_five, shuffled_pixels, three_ways
from helpers.panels.logarithm import delta, logarithm
from helpers.panels.mean_squared_error import prediction, squared_error
from helpers.panels.mini_batch_loss import batch, batch_losses, epoch
from helpers.panels.softmax import scores
from helpers.panels.start_here import practice
from helpers.panels.training import training
from helpers.panels.training_and_test_data import best_of, degree, neighbours
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel

__all__ = [
    "Panel",
    "Slider",
    "batch",
    "batch_losses",
    "best_of",
    "degree",
    "delta",
    "descent",
    "epoch",
    "graph",
    "logarithm",
    "loss_and_accuracy",
    "neighbours",
    "one_weight",
    "practice",
    "prediction",
    "rule_for_five",
    "scores",
    "shuffled_pixels",
    "squared_error",
    "surfaces",
    "tangent",
    "three_ways",
    "training",
]
