"""Answers of surveys, and the index made of them."""
