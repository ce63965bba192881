"""The one Django app: what the store keeps, its administration and its commands."""
