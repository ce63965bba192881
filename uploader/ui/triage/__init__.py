"""Going from one photo without an item to the next, by keyboard."""
