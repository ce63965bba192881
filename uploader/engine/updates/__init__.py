"""Asks whether a newer version is out, and believes only what the program's makers have signed."""
