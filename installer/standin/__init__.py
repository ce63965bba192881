"""A library of ours in the place of one that the program doesn't need and can't pass on."""
