"""The panels of the lessons: one call, one panel; one module a lesson.

Each panel takes the function being taught, so that the learner's own code answers on the screen.
"""

from helpers.panels.lesson_00 import practice
from helpers.panels.lesson_01 import rule_for_five, shuffled_pixels, three_ways
from helpers.panels.lesson_02 import best_of, degree, neighbours
from helpers.panels.lesson_03 import prediction, squared_error
from helpers.panels.lesson_04 import delta, logarithm
from helpers.panels.lesson_05 import batch, batch_losses, epoch
from helpers.panels.lesson_06 import descent, loss_and_accuracy, one_weight, tangent
from helpers.panels.lesson_07 import training

__all__ = [
    "batch",
    "batch_losses",
    "best_of",
    "degree",
    "delta",
    "descent",
    "epoch",
    "logarithm",
    "loss_and_accuracy",
    "neighbours",
    "one_weight",
    "practice",
    "prediction",
    "rule_for_five",
    "shuffled_pixels",
    "squared_error",
    "tangent",
    "three_ways",
    "training",
]
