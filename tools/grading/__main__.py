"""Grade a class: `make grade A=a3 FROM=~/Downloads/a3.zip`. docs/teaching.md tells it slowly."""

import argparse
import os
import sys

from sqlalchemy.exc import SQLAlchemyError

from tools.grading.grade import MARKS, main


def arguments():
    """What was typed."""
    parser = argparse.ArgumentParser(prog="make grade A=… FROM=… MARKS=… ROSTER=… ARGS=…")
    parser.add_argument("assignment", nargs="?", default="", help="A=: a1 to a7")
    parser.add_argument("--from", dest="source", help="FROM=: folder or zip of submissions")
    parser.add_argument("--marks", default=MARKS, help="MARKS=: the teacher's folder")
    parser.add_argument("--again", action="store_true", help="grade what is graded already, too")
    parser.add_argument("--unsafe", action="store_true", help="run submissions without isolation")
    for name, what in {
        "roster": "a CSV of the platform's: who is in the class",
        "format": "moodle or canvas, when there is no ROSTER=",
        "due": "when it had to be handed in: 2026-11-25 18:00",
        "late": "what comes off for each day: 0.5 points or 10%%",
    }.items():  # `make` hands them over as environment variables
        parser.add_argument(f"--{name}", default=os.environ.get(name.upper()), help=what)
    return vars(parser.parse_args())


if __name__ == "__main__":
    try:
        main(**arguments())
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
    except (OSError, SQLAlchemyError) as error:  # such as a full disk
        sys.exit(
            f"The marks could not be written: {getattr(error, 'orig', error)}. Nothing is half"
            " written; when there is room, the same command goes on from here."
        )
    except KeyboardInterrupt:
        sys.exit("Interrupted; the same command goes on from here.")
