"""Quizzes as other programs read and write them: Moodle XML, GIFT, QTI 1.2 (Canvas) and QTI 3.0."""
