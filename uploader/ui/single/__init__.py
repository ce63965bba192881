"""One window for each data folder: a second start hands over to the first."""
