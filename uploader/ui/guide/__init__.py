"""The user’s guide, as the help window shows it."""
