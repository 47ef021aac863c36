"""Marked scripts and class results as HTML pages; plain functions that escape by themselves."""

from tripos.pages.folder import write

__all__ = ["write"]
