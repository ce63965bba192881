"""What the list shows, as Qt models."""
