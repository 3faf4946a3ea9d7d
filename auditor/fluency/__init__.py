"""Fluency: whether one language's text reads as that language, judged by itself."""
