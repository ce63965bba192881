"""Geometry (pure) and pixels: inspect a file, render a style, compare two pictures."""
