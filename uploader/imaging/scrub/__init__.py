"""What of a file is the picture and what is private, for each container; see `imaging.private`."""
