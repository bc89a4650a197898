"""What a panel is made of: Panel, Prediction, and what both need on a page."""
