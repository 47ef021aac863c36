"""Simulated people: students who make plausible mistakes."""
