"""Colours that can be told apart, in every palette; high contrast follows the system."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor

from uploader.ui.palettes import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Role

GROUNDS = (Role.WINDOW, Role.BASE, Role.PANEL, Role.HOVER, Role.WASH)
TEXTS = (Role.TEXT, Role.TEXT_2, Role.ACCENT, Role.LIVE, Role.WARNING, Role.ERROR)


def luminance(colour: QColor) -> float:
    """WCAG 2.2's relative luminance."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, two: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("palette", "least"), [(LIGHT, 4.5), (DARK, 4.5), (LIGHT_CONTRAST, 7.0), (DARK_CONTRAST, 7.0)]
)
def test_every_text_can_be_read_on_every_ground(palette, least):
    weak = {
        (text, ground): round(contrast(palette[text], palette[ground]), 2)
        for text, ground in product(TEXTS, GROUNDS)
        if contrast(palette[text], palette[ground]) < least
    }
    assert weak == {}
    assert contrast(palette[Role.ON_ACCENT], palette[Role.ACCENT]) >= least
    assert contrast(palette[Role.TEXT], palette[Role.ERROR_WASH]) >= least
    assert contrast(palette[Role.TEXT], palette[Role.MAT]) >= least


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST])
def test_lines_and_what_is_off_stand_out_in_high_contrast(palette):
    for role in (Role.LINE, Role.CONTROL, Role.FIELD, Role.DISABLED, Role.ACCENT, Role.THUMB):
        assert contrast(palette[role], palette[Role.BASE]) >= 4.5, role


@pytest.mark.parametrize("palette", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_fields_and_the_ring_of_the_keyboard_can_be_seen(palette):
    for role, ground in product((Role.FIELD, Role.ACCENT), (Role.WINDOW, Role.BASE)):
        assert contrast(palette[role], palette[ground]) >= 3.0, (role, ground)


@pytest.fixture
def contrasted(theme, monkeypatch):
    """Ask for high contrast in the system's place."""
    monkeypatch.setenv("STORE_UPLOADER_CONTRAST", "high")
    yield theme
    monkeypatch.undo()
    theme.set_scheme("light")


def test_high_contrast_is_a_palette_of_its_own_light_and_dark(contrasted, window, batch):
    looks = {contrasted.look}
    for scheme, palette in (("light", LIGHT_CONTRAST), ("dark", DARK_CONTRAST)):
        contrasted.set_scheme(scheme)
        looks.add(contrasted.look)
        assert contrasted.colour(Role.TEXT) == palette[Role.TEXT]
        assert window.palette().windowText().color() == palette[Role.TEXT]
    assert {"light-contrast", "dark-contrast"} <= looks


def test_rows_are_drawn_anew_when_contrast_is_wanted(contrasted, window, batch):
    before = window.list.grab().toImage()
    contrasted.set_scheme("light")
    window.list.grab()
    assert window.list.grab().toImage() != before


def test_without_the_environment_it_is_the_systems_to_say(theme, monkeypatch):
    monkeypatch.delenv("STORE_UPLOADER_CONTRAST", raising=False)
    theme.set_scheme("light")
    assert theme.look == "light"
