"""Make the pictures of the window: ``python docs/screenshots/make.py [VARIANT… [-- SCENE…]]``.

A variant is a language, a scale or a look, and a folder; without any, all are made, each in a
process of its own, as language and scale hold for a whole process. Scenes are the functions
in `scenes.py`, `dialogs.py`, `items.py`, `windows.py` and `updates.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUIDE = HERE.parent / "guide"
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gui")]
# The offscreen platform's own screen is so small that menus would break into columns.
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={HERE / 'screen.json'}"
GERMAN = {"STORE_UPLOADER_LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8"}
VARIANTS = {
    "en": ("", {}),
    "de": ("german", {**GERMAN}),
    "en-100": ("at-100", {"QT_SCALE_FACTOR": "1"}),
    "contrast": ("high-contrast", {"STORE_UPLOADER_CONTRAST": "high", "QT_SCALE_FACTOR": "1"}),
    "de-100": ("german-at-100", {"QT_SCALE_FACTOR": "1", **GERMAN}),
}
"""Folders below this one, and what is set for them. Without a scale: 200 %."""
_PLAIN = {"main", "matching", "small", "settings", "triage", "check", "sign_in", "guide", "update"}
SOME = {
    "contrast": {"main", "matching", "offline", "rules", "triage", "check", "sign_in"},
    "de": _PLAIN
    | {"first_steps", "offline", "waiting", "menus", "rules", "alt_texts"}
    | {"new_items", "stores", "history", "small_windows", "update_answer"},
    "en-100": _PLAIN,
    "de-100": _PLAIN,
}
"""Variants of which a few scenes tell enough."""


def main() -> int:
    """Make what is asked for; each variant in turn."""
    asked, _, names = " ".join(sys.argv[1:]).partition("--")
    if asked.startswith("variant:"):
        _make(asked.strip().removeprefix("variant:"), set(names.split()))
        return 0
    for variant in asked.split() or VARIANTS:
        plain = {"STORE_UPLOADER_LANGUAGE": "en", "LC_ALL": "en_GB.UTF-8", "QT_SCALE_FACTOR": "2"}
        command = [sys.executable, __file__, f"variant:{variant}", "--", *names.split()]
        code = subprocess.call(command, env={**os.environ, **plain, **VARIANTS[variant][1]})
        if code:
            return code
    return 0


def _make(variant: str, names: set[str]) -> None:
    # Imported here: they read the scale when they are.
    import dialogs
    import items
    import scenes
    import updates
    import windows
    from studio import Studio

    guides = {"en": GUIDE / "pictures", "de": GUIDE / "de" / "pictures"}
    studio = Studio(HERE / VARIANTS[variant][0], guides.get(variant))
    names = names or SOME.get(variant, set())
    for scene in (*scenes.SCENES, *dialogs.SCENES, *items.SCENES, *windows.SCENES, *updates.SCENES):
        if not names or scene.__name__ in names:
            scene(studio)


if __name__ == "__main__":
    raise SystemExit(main())
