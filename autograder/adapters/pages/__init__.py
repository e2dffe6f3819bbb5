"""The pages people read: feedback for a student, the report for a class."""
