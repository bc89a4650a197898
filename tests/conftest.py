"""No test opens a window."""

import matplotlib

matplotlib.use("agg")
