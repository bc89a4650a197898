"""Build the reading site, build/site/: every lesson as a page on which panels and questions live.

    python -m tools.build_site

What the pages are made of lies in site/; what they say comes from notebooks/, docs/ and the rest.
No kernel runs where they are read: panels are recorded when the site is built (recording.py).
"""
