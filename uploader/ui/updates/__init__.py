"""Tells of newer versions: a quiet line in the window, and a small window when it is asked for."""
