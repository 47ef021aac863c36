"""Expressions: reading, values, evaluation with its working, typesetting. Not a word about networks or exams."""
