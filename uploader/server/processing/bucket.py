"""A bucket as the storage: the same promises as the folder's, and its absence told by one error."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from boto3.exceptions import Boto3Error  # type: ignore[import-untyped]
from boto3.s3.transfer import TransferConfig  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from uploader.imaging.kinds import promised_by
from uploader.server.media import LASTING, is_original
from uploader.server.room import StorageAwayError

log = logging.getLogger(__name__)

_IN_MEMORY = 16_000_000
"""Bytes of an original that is being read; of a larger one the rest is on the disk."""
_CONNECT, _READ = 3, 20
"""Seconds: a request that stores a photo mustn't hang for longer than its client waits."""


class Bucket(S3Storage):  # type: ignore[misc]
    """One bucket, or what is below a prefix of it.

    S3 shows an object once all of it is there, and under one name it is never written twice.
    Whatever else the service says than that a file isn't there is `StorageAwayError`: also a
    wrong key or bucket, for both can be set right while the photos wait.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the backend's
        config = Config(
            connect_timeout=_CONNECT,
            read_timeout=_READ,
            retries={"total_max_attempts": 2, "mode": "standard"},
            s3={"addressing_style": options.pop("addressing_style", "auto")},
            # Not every service knows the checksums that the library has begun to add.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            client_config=config,
            # Parts one after the other: a photo is few of them, and threads would outlive it.
            transfer_config=TransferConfig(use_threads=False),
            max_memory_size=_IN_MEMORY,
            **options,
        )

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """Give what visitors are told who come to the bucket itself, as `media` tells it."""
        said = {"CacheControl": LASTING, "ContentType": promised_by(name) or _UNKNOWN}
        return {**said, "ContentDisposition": "attachment"} if is_original(name) else said

    def stream(self, name: str) -> tuple[Any, int]:
        """Give an object as it arrives, to be read once and closed, and its length in bytes.

        Raises FileNotFoundError, StorageAwayError.
        """
        with _told(name):
            found = self.bucket.Object(self._normalize_name(name)).get()
        return found["Body"], int(found["ContentLength"])

    def ask(self) -> None:
        """Store and delete a byte. Raises StorageAwayError."""
        with _told(_PROBE):
            probe = self.bucket.Object(self._normalize_name(_PROBE))
            probe.put(Body=b"x")
            probe.delete()

    def names(self) -> Iterator[tuple[str, Any]]:
        """Give the names of all objects and when they were stored, a thousand at a time."""
        with _told(self.location):
            for entry in self.bucket.objects.filter(Prefix=self.location):
                yield entry.key.removeprefix(self.location), entry.last_modified

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Give the names of what is just below another: those that hold more, and objects'."""
        with _told(name):
            folders, objects = super().listdir(name)
        return folders, objects

    def exists(self, name: str) -> bool:
        """Tell whether an object is there."""
        with _told(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Delete an object; one that isn't there is fine."""
        with _told(name), contextlib.suppress(FileNotFoundError):
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        """Give a file that has arrived in full: what reads it later meets no network."""
        with _told(name):
            file: File[Any] = super()._open(name, mode)
            if "r" in mode:
                file.open()
            return file

    def _save(self, name: str, content: File[Any]) -> str:
        with _told(name):
            return str(super()._save(name, content))


_UNKNOWN = "application/octet-stream"
_PROBE = "store-uploader-ready"
_MISSING = ("404", "NoSuchKey")


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Translate what boto3 raises: FileNotFoundError, or StorageAwayError with the reason."""
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        code = error.response.get("Error", {}).get("Code") if hasattr(error, "response") else ""
        if code in _MISSING:
            raise FileNotFoundError(f"{name} isn't in the bucket") from error
        log.warning("the bucket refuses or doesn't answer: %s", error)
        raise StorageAwayError(f"the bucket refuses or doesn't answer: {error}") from error
