"""The companion store: items, images, background processing, and who may do what. Django."""
