"""Pictures are decoded and rendered in a process of their own; see `client.Darkroom`."""
