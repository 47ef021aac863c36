"""Formulas at points: exact values or balls, drawn where the names may be, in every cell."""
