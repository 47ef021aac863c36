"""Equal or different, always or sometimes, with a witness."""
