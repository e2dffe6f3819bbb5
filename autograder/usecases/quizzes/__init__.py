"""What is done with quizzes: check, hand out, take, mark, describe."""
