"""From a folder of submissions to marks: `make grade A=a3 FROM=~/Downloads/a3.zip`.

exports     the files in a folder or zip that a platform or a teacher made
students    whose file is it
pictures    what of a student's pictures is shown
intake      one submission a student, and the cells of its notebook
isolation   no network, no file that matters, limits on time, memory and processes
sandbox     a kernel in isolation
answers     how arguments and results get through them
session     one submission in its sandbox: its cells run, its answers called
judge       the checks: what has to hold for a right answer
course      nbgrader's course in the teacher's folder: gradebook, feedback, grades.csv
__main__    a whole class, one after the other
formgrader  nbgrader's page for grading by hand
"""
