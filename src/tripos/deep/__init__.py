"""What deep learning is about, as rules of the language; not a word about exams."""
