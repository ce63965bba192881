"""tus 1.0: files on their way in, until they are images."""
