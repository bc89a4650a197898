"""From a folder of submissions to marks: `make grade A=a3 FROM=~/Downloads/a3.zip`.

intake      reads what students handed in and rebuilds it on the released notebook
isolation   no network, no file that matters, limits on time, memory and processes
sandbox     a kernel in isolation
answers     how arguments and results get through them
session     one submission in its sandbox: its cells run, its answers called
judge       the checks: what has to hold for a right answer
course      nbgrader's course in the teacher's folder: gradebook, feedback, grades.csv
report      what the class got wrong, for the teacher and for the projector
alike       whose code is the same
feedback    the page that a student gets
roster      the class as the learning platform knows it
platforms   grades and feedback as it takes them back, and who was late
messages    what all of these say, in both languages
__main__    a whole class, one after the other
formgrader  nbgrader's page for grading by hand
"""
