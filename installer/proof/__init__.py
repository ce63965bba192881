"""Proves on bare systems that the packages do what they are for."""
