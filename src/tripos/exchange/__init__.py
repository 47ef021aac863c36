"""Files in and out: responses, rosters and results."""
