"""Colours, fonts and icons of the app, as the system and the person want them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from uploader.ui.icons import tinted
from uploader.ui.palettes import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Role
from uploader.ui.resources import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints, QStyleHints

__all__ = ["DARK", "LIGHT", "Role", "Theme", "application"]


# Drawn over photos, so the same in both themes.
SHADE = QColor(0, 0, 0, 128)
FRAME_DARK = QColor(0, 0, 0, 140)
FRAME_LIGHT = QColor("#FFFFFF")
TAG = QColor(0, 0, 0, 176)
HANDLE = LIGHT[Role.ACCENT]
SHADOW = QColor(0, 0, 0, 41)


_OVERRIDE = "STORE_UPLOADER_THEME"
_CONTRAST = "STORE_UPLOADER_CONTRAST"


def application() -> QApplication:
    """Make Qt's application, in the style that the style sheet is written for.

    By an argument: `setStyle` gives the style back, and for that PySide builds its class of a
    thousand names, a thirtieth of the start.
    """
    return QApplication([*sys.argv[:1], "-style", "fusion"])


class Theme(QObject):
    """The look in force. `changed` comes when colours change; repaint then.

    `scheme` is "light", "dark" or "" to follow the system; `family` replaces the system's
    font. Attributes: `dark`; `contrast`, whether the system wants a high one;
    `reduced_motion`; the fonts `base`, `strong`, `small`,
    `small_strong` and `heading`; `line` and `small_line`, their line heights in pixels.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, scheme: str = "", reduced_motion: bool = False, family: str = ""
    ) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = os.environ.get(_OVERRIDE, scheme)
        self.reduced_motion = reduced_motion or "STORE_UPLOADER_REDUCED_MOTION" in os.environ
        self.dark = self.contrast = False
        self._pixmaps: dict[tuple[str, int, int, int, int], QPixmap] = {}
        self._make_fonts(family)
        app.setFont(self.base)
        # Kept: PySide forgets what belongs to these hints together with its own hold on them.
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        if (needs := _needs(self._hints)) is not None:
            needs.contrastPreferenceChanged.connect(self._follow)
        self._follow()

    def colour(self, role: Role) -> QColor:
        """Give the colour that `role` has now."""
        if self.contrast:
            return (DARK_CONTRAST if self.dark else LIGHT_CONTRAST)[role]
        return (DARK if self.dark else LIGHT)[role]

    @property
    def look(self) -> str:
        """Name the palette in force, for whoever keeps what was drawn in it."""
        return f"{'dark' if self.dark else 'light'}{'-contrast' if self.contrast else ''}"

    def set_scheme(self, scheme: str) -> None:
        """Choose "light", "dark" or "" to follow the system, from now on."""
        self._scheme = os.environ.get(_OVERRIDE, scheme)
        self._follow()

    def pixmap(self, icon: str, role: Role, ratio: float, size: int = 16) -> QPixmap:
        """Give an icon in a role's colour; `size` in logical pixels, `ratio` the device's."""
        ink, knock = self.colour(role), self.colour(Role.BASE)
        key = (icon, ink.rgba(), knock.rgba(), size, round(ratio * 100))
        if key not in self._pixmaps:
            self._pixmaps[key] = tinted(resource("icons", f"{icon}.svg"), ink, knock, size, ratio)
        return self._pixmaps[key]

    @property
    def saving_session(self) -> bool:
        """Whether the system is logging the person out: nothing may wait then."""
        return self._app.isSavingSession()

    def _make_fonts(self, family: str) -> None:
        """Derive the three sizes and two weights from the system's font."""
        system = QFont(family) if family else self._app.font()
        base = max(13, QFontInfo(self._app.font()).pixelSize())
        self.scale = base / 13

        def font(pixels: float, weight: QFont.Weight) -> QFont:
            made = QFont(system)
            made.setPixelSize(round(pixels * self.scale))
            made.setWeight(weight)
            made.setFeature(QFont.Tag("tnum"), 1)
            made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            return made

        self.base = font(13, QFont.Weight.Normal)
        self.strong = font(13, QFont.Weight.DemiBold)
        self.small = font(12, QFont.Weight.Normal)
        self.small_strong = font(12, QFont.Weight.DemiBold)
        self.heading = font(20, QFont.Weight.DemiBold)
        self.line, self.small_line = round(18 * self.scale), round(16 * self.scale)

    def _follow(self, *_: object) -> None:
        """Take over the scheme that is wanted now."""
        system_dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        self.dark = self._scheme == "dark" or (not self._scheme and system_dark)
        self.contrast = _wants_contrast(self._hints)
        self._app.setPalette(self._qt_palette())
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _qt_palette(self) -> QPalette:
        """Translate our roles into Qt's."""
        made, part, off = QPalette(), QPalette.ColorRole, QPalette.ColorGroup.Disabled
        for qt_role, role in (
            *((part.Window, Role.WINDOW), (part.WindowText, Role.TEXT), (part.Base, Role.BASE)),
            *((part.AlternateBase, Role.PANEL), (part.Text, Role.TEXT), (part.Link, Role.ACCENT)),
            *((part.Button, Role.WINDOW), (part.ButtonText, Role.TEXT)),
            *((part.Highlight, Role.ACCENT), (part.HighlightedText, Role.ON_ACCENT)),
            *((part.ToolTipBase, Role.BASE), (part.ToolTipText, Role.TEXT)),
            *((part.PlaceholderText, Role.TEXT_2), (part.Accent, Role.ACCENT)),
            *((part.Mid, Role.LINE), (part.Dark, Role.CONTROL), (part.Light, Role.BASE)),
        ):
            made.setColor(qt_role, self.colour(role))
        for qt_role in (part.WindowText, part.Text, part.ButtonText, part.PlaceholderText):
            made.setColor(off, qt_role, self.colour(Role.DISABLED))
        return made

    def _style_sheet(self) -> str:
        """Fill the colours and sizes into the style sheet."""
        sheet = resource("style", "window.qss").read_text("utf-8")
        # Longest first: @text must not be taken for the beginning of @text2.
        for role in sorted(Role, key=len, reverse=True):
            colour = self.colour(role)
            named = colour.name(
                QColor.NameFormat.HexArgb if colour.alpha() < 255 else QColor.NameFormat.HexRgb
            )
            sheet = sheet.replace(f"@{role.value}", named)
        return sheet.replace("@px-small", f"{self.small.pixelSize()}px").replace(
            "@px-heading", f"{self.heading.pixelSize()}px"
        )


def _needs(hints: QStyleHints) -> QAccessibilityHints | None:
    """Give what the system says of the person's needs; Qt has it from 6.10 on."""
    return hints.accessibility() if hasattr(hints, "accessibility") else None


def _wants_contrast(hints: QStyleHints) -> bool:
    """Tell whether the system, or the environment in its place, asks for high contrast."""
    if (asked := os.environ.get(_CONTRAST)) is not None:
        return asked == "high"
    needs = _needs(hints)
    return needs is not None and needs.contrastPreference() is Qt.ContrastPreference.HighContrast
