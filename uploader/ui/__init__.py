"""The window: models, delegates, widgets, dialogs."""
