"""Expressions: reading, values, evaluation with its working, graphs, typesetting. Not a word about networks or exams."""
