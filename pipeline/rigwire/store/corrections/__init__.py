"""Corrections by hand: bound to words, kept apart from what was extracted, and stronger than it."""
