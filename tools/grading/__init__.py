"""From a folder of submissions to marks: `make grade A=a3 FROM=~/Downloads/a3.zip`.

exports     the files in a folder or zip that a platform or a teacher made
students    whose file is it
pictures    what of a student's pictures is shown
intake      one submission a student, and the cells of its notebook
rebuild     puts a student's work into the released notebook
syntax      what a cell's code defines and imports
isolation   no network, no file that matters, limits on time, memory and processes
sandbox     IPython in isolation, at the end of a pipe
child       what runs in there: the other end of the pipe
session     one submission in its sandbox: its cells run, its answers marked
marking     the properties that decide marks: what has to hold for a right answer
course      nbgrader's course in the teacher's folder: gradebook, feedback, grades.csv
report      what the class got wrong, for the teacher and for the projector
alike       whose code is the same
feedback    the page that a student gets
roster      the class as the learning platform knows it
platforms   grades and feedback as it takes them back, and who was late
messages    what all of these say, in both languages
grade       a whole class, two submissions at a time
formgrader  nbgrader's page for grading by hand
"""
