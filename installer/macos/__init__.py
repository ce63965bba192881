"""The program for macOS. Built on a Mac only, and never proved elsewhere."""
