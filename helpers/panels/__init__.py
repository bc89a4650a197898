"""The panels of the lessons: one call, one panel; one module a lesson.

Each panel takes the function being taught, so that the learner's own code answers on the screen.
"""

from helpers.panels.lesson_00 import practice
from helpers.panels.lesson_03 import prediction, squared_error
from helpers.panels.lesson_04 import delta, logarithm

__all__ = ["delta", "logarithm", "practice", "prediction", "squared_error"]
