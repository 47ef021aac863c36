"""Responses, scores, reasons and results; not how a response arrived."""
