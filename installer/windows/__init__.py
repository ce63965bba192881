"""The installer for Windows, built on Debian: see `build`."""
