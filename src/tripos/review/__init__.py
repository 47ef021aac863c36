"""One check a module; reading an exam as a careful colleague would."""

from tripos.review.listing import Listed
from tripos.review.report import Report, check, check_text

__all__ = ["Listed", "Report", "check", "check_text"]
