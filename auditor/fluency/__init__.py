"""Fluency: the words of a sentence with their grammar, and what makes a clause sound broken."""
