"""The document: sections, questions, gaps, scoring rules, variants and the key; never a response."""
