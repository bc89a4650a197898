"""From a folder of submissions to marks: `make grade A=a3 FROM=~/Downloads/a3.zip`.

intake      reads what students handed in and rebuilds it on the released notebook
sandbox     runs it in a kernel that sees no network and no file that matters
judge       the checks: what has to hold for a right answer
__main__    a whole class: intake, sandbox, marks into nbgrader's gradebook, feedback, grades.csv
formgrader  nbgrader's page for grading by hand
"""
