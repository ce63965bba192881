"""Looks into packages without installing them: what is in them, and how it is recorded there.

Each entry is a place such as ``data.tar!usr/bin/store-uploader`` with what is said about it (kind,
mode, owner, time, order) and its bytes. What nobody here can open is one entry.
"""

from __future__ import annotations

import io
import lzma
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_AR = b"!<arch>\n"
_XZ, _GZIP, _ZSTD = b"\xfd7zXZ\0", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_RPM = b"\xed\xab\xee\xdb"
_AR_HEADER = 60
_CPIO_HEADER = 110


@dataclass(frozen=True)
class Entry:
    """Something in a package. `about` is what is recorded beside the bytes."""

    place: str
    about: dict[str, str]
    data: bytes


def entries(package: Path) -> list[Entry]:
    """List what is in a package, in the order in which it is there.

    One that is damaged is one entry.
    """
    data = package.read_bytes()
    try:
        return list(_opened(package.name, data, package))
    except (EOFError, lzma.LZMAError, tarfile.TarError, ValueError) as error:
        return [Entry(package.name, {"damaged": str(error), "size": str(len(data))}, data)]


def _opened(name: str, data: bytes, package: Path | None = None) -> Iterator[Entry]:
    if data.startswith(_AR):
        yield from _ar(data)
    elif package and data.startswith(_RPM):
        yield from _rpm(package)
    elif data.startswith((_XZ, _GZIP)) and ".tar" in name:
        yield from _tar(name, data)
    else:
        yield Entry(name, {"size": str(len(data))}, data)


def _ar(data: bytes) -> Iterator[Entry]:
    """Read an archive as .deb files are one (deb(5))."""
    at, order = len(_AR), 0
    while at < len(data):
        head = data[at : at + _AR_HEADER].decode("ascii")
        name, size = head[:16].strip().rstrip("/"), int(head[48:58])
        inside = data[at + _AR_HEADER : at + _AR_HEADER + size]
        about = {"order": str(order), "time": head[16:28].strip(), "mode": head[40:48].strip()}
        about["owner"] = f"{head[28:34].strip()}:{head[34:40].strip()}"
        yield Entry(name, about, b"" if ".tar" in name else inside)
        if ".tar" in name:
            yield from _tar(name, inside)
        at, order = at + _AR_HEADER + size + size % 2, order + 1


def _tar(name: str, data: bytes) -> Iterator[Entry]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for order, member in enumerate(archive):
            about = {
                "order": str(order),
                "kind": member.type.decode(),
                "mode": f"{member.mode:o}",
                "owner": f"{member.uid}:{member.gid} {member.uname}:{member.gname}",
                "time": str(member.mtime),
                "link": member.linkname,
            }
            file = archive.extractfile(member) if member.isfile() else None
            yield Entry(f"{name}!{member.name}", about, file.read() if file else b"")


def _rpm(package: Path) -> Iterator[Entry]:
    """Read an .rpm by rpm's own tools; what they say of it is an entry too."""
    said = subprocess.run(
        ["rpm", "--query", "--nosignature", "--package", "--xml", package],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    yield Entry("header", {}, said)
    packed = subprocess.run(["rpm2cpio", package], capture_output=True, check=True).stdout
    yield from _cpio(packed)


def _cpio(data: bytes) -> Iterator[Entry]:
    """Read an archive in the format that .rpm files have (cpio's “new ASCII”)."""
    at, order = 0, 0
    while data[at : at + 6] in (b"070701", b"070702"):
        fields = [int(data[at + 6 + 8 * i : at + 14 + 8 * i], 16) for i in range(13)]
        _, mode, uid, gid, _, time, size, *_ = fields
        begins = at + _CPIO_HEADER
        name = data[begins : begins + fields[11] - 1].decode()
        if name == "TRAILER!!!":
            return
        at = _aligned(begins + fields[11])
        about = {"order": str(order), "mode": f"{mode:o}", "owner": f"{uid}:{gid}"}
        yield Entry(f"cpio!{name}", {**about, "time": str(time)}, data[at : at + size])
        at, order = _aligned(at + size), order + 1


def _aligned(at: int) -> int:
    return (at + 3) // 4 * 4
