"""Questions, marks and results as HTML, in plain functions that escape by themselves."""
