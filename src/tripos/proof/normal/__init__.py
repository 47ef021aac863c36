"""Normal forms: equal formulas as one quotient of polynomials, where that can be had."""
