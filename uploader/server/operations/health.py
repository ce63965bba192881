"""`/healthz`: the process answers. `/readyz`: so does all that it needs to take a photo."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from uploader.server.lifetime import stopping
from uploader.server.operations.queues import ask_queue

log = logging.getLogger(__name__)


class Check:
    """One thing to ask, at most once in `lasts` seconds however often it is wanted.

    `ask` raises where it isn't well. Then `sentence` is told to everybody, and the error,
    which may name hosts, to the log alone.
    """

    def __init__(self, ask: Callable[[], object], sentence: str, lasts: float = 1.0) -> None:
        self._ask = ask
        self._sentence = sentence
        self._lasts = lasts
        self._alone = threading.Lock()
        self._until = 0.0
        self._why_not = ""

    def why_not(self) -> str:
        """Give the sentence, or nothing where all is well."""
        with self._alone:
            if time.monotonic() >= self._until:
                self._look()
            return self._why_not

    def _look(self) -> None:
        lasts, before = self._lasts, self._why_not
        try:
            self._ask()
            self._why_not = ""
        except Exception as error:
            self._why_not, lasts = self._sentence, 1.0
            if not before:
                log.warning("%s %s", self._sentence, error)
        if before and not self._why_not:
            log.warning("well again: %s", before)
        self._until = time.monotonic() + lasts


def ask_database() -> None:
    """Have the database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_storage() -> None:
    """Write something small where pictures go, and take it away."""
    if hasattr(default_storage, "ask"):
        default_storage.ask()
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"x")
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


def ask_disk() -> None:
    """See that the largest photo would fit among the uploads. Raises OSError."""
    wanted = settings.STORE_FREE_BYTES + settings.STORE_LIMITS.max_bytes
    free = shutil.disk_usage(settings.STORE_DATA).free
    if free < wanted:
        raise OSError(f"{free} bytes are free, {wanted} are wanted")


_STORAGE_LASTS = 10.0 if hasattr(default_storage, "ask") else 1.0
"""Seconds: a bucket takes money for each look."""

CHECKS = {
    "database": Check(ask_database, "The database doesn't answer."),
    "queue": Check(ask_queue, "The queue can't be reached."),
    "storage": Check(ask_storage, "Pictures can't be stored.", _STORAGE_LASTS),
    "disk": Check(ask_disk, "There is too little room on the disk for uploads."),
}


def healthy(_request: HttpRequest) -> HttpResponse:
    """Tell that requests are answered; nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """Tell of each part whether it is well; 503 where one isn't, or the server is ending."""
    told = {name: check.why_not() or "ok" for name, check in CHECKS.items()}
    if stopping.is_set():
        told["server"] = "It is ending."
    well = set(told.values()) == {"ok"}
    return JsonResponse({"ready": well, "checks": told}, status=200 if well else 503)
