"""The server's settings with processing inside the request, as a shop without a queue has it.

INSIDE says whose: `ours` makes the styles as a worker would, `imagemagick` runs the programs
that Paperclip runs for each photo. Used by `server.py` as DJANGO_SETTINGS_MODULE.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

from uploader.server import settings as _usual

for _name in dir(_usual):
    if _name.isupper():
        globals()[_name] = getattr(_usual, _name)


class ImageMagick(ImmediateBackend):
    """Runs ImageMagick where the job would run."""

    def _execute_task(self, task_result: Any) -> None:
        from _paperclip import paperclip

        from uploader.server.store.models import ItemImage

        original = ItemImage.objects.get(pk=task_result.args[0]).original
        with tempfile.TemporaryDirectory() as folder:
            paperclip(_usual.MEDIA_ROOT / original, Path(folder))


_BACKENDS = {
    "ours": "django_tasks.backends.immediate.ImmediateBackend",
    "imagemagick": "_inside.ImageMagick",
}
TASKS: dict[str, Any] = {"default": {"BACKEND": _BACKENDS[os.environ["INSIDE"]], "QUEUES": []}}
