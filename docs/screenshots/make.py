"""Make the pictures of the window: ``python docs/screenshots/make.py [folder]``.

Shows a scripted batch, without a store, so that every picture comes out the same. Photos
are taken from `resources/samples` where they are there.
"""
