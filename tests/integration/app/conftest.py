"""A desk at a real store: the whole background, without a window."""

from desk_person import make_desk, person, photos

__all__ = ["make_desk", "person", "photos"]
