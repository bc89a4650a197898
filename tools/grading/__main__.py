"""Grade a class: `make grade A=a3 FROM=~/Downloads/a3.zip`. docs/teaching.md tells it slowly."""

import argparse
import sys

from tools.grading.grade import main


def arguments():
    """What was typed."""
    parser = argparse.ArgumentParser(prog="make grade A=… FROM=… MARKS=… ARGS=…")
    parser.add_argument("assignment", nargs="?", default="", help="A=: a1 to a6")
    parser.add_argument("--from", dest="source", help="FROM=: folder or zip of submissions")
    parser.add_argument("--marks", default="~/marks", help="MARKS=: the teacher's folder")
    parser.add_argument("--again", action="store_true", help="grade what is graded already, too")
    parser.add_argument("--unsafe", action="store_true", help="run submissions without isolation")
    return vars(parser.parse_args())


if __name__ == "__main__":
    try:
        main(**arguments())
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted; the same command goes on from here.")
