"""A desk at a real store, the whole background; and the window on one."""

from desk_person import make_desk, person, photos
from whole_window import make_window

__all__ = ["make_desk", "make_window", "person", "photos"]
