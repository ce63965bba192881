"""The native libraries that packages contain, told by their file names: whose each is.

A library that isn't in this table stops the build: nothing is passed on of which nobody has looked
up the licence. Extension modules belong to their distributions and aren't listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_LIBRARY = re.compile(r"\.(?:so(?:\.[\d.]+)?|dll|dylib)$", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\.(?:cpython-|cp3\d+-)|\.pyd$|(?:^|/)lib-dynload/"
    r"|(?:^|/)(?!(?:lib)?(?:pyside6|shiboken6))[^/]*\.abi3\.",
    re.IGNORECASE,
)
_STAND_IN_BYTES = 32_000


class UnknownLibraryError(Exception):
    """A package contains a library that nobody has looked up, or one that mustn't be in it."""


@dataclass(frozen=True)
class Native:
    """A native library: SPDX licence, where its sources are, and our texts about it.

    `pattern` is matched with the file's name in lower case, without ``lib`` in front.
    """

    name: str
    pattern: str
    licence: str
    source: str
    texts: tuple[str, ...] = ()

    @property
    def lesser(self) -> bool:
        """Whether it is under the LGPL: the person may replace it."""
        return self.licence.startswith("LGPL")


_QT = ("LGPL-3.0.txt", "GPL-3.0.txt", "qt-third-party.txt")
_LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")
_PYTHON = ("python-libraries.txt",)
_SSL = ("python-libraries.txt", "Apache-2.0.txt")
_GCC = ("gcc-runtime.txt", "GPL-3.0.txt")
_QT_SOURCE = "https://download.qt.io/official_releases/qt/"
_PYSIDE_SOURCE = "https://download.qt.io/official_releases/QtForPython/pyside6/"
_PILLOW = ()  # Pillow's own licence file has the texts of what its wheels contain.

PLUG_IN = Native("Qt plug-in", "", "LGPL-3.0-only", _QT_SOURCE, _QT)
"""Told by its folder, `plugins`."""

LIBRARIES = (
    Native("Qt", r"qt6\w+|qt\w+\.framework", "LGPL-3.0-only", _QT_SOURCE, _QT),
    Native("PySide", r"pyside6\w*", "LGPL-3.0-only", _PYSIDE_SOURCE, _LGPL),
    Native("Shiboken", r"shiboken6\w*", "LGPL-3.0-only", _PYSIDE_SOURCE, _LGPL),
    Native("libheif", r"heif", "LGPL-3.0-or-later", "https://github.com/strukturag/libheif", _LGPL),
    Native("libde265", r"de265(?:-0)?", "LGPL-3.0-or-later", "https://github.com/strukturag/libde265",
           _LGPL),
    Native("ICU", r"icu(?:data|i18n|uc|dt|in)\d*", "Unicode-3.0",
           "https://github.com/unicode-org/icu", ("qt-third-party.txt",)),
    Native("libavif", r"avif", "BSD-2-Clause", "https://github.com/AOMediaCodec/libavif", _PILLOW),
    Native("Brotli", r"brotli(?:common|dec|enc)", "MIT", "https://github.com/google/brotli",
           _PILLOW),
    Native("FreeType", r"freetype", "FTL", "https://freetype.org", _PILLOW),
    Native("HarfBuzz", r"harfbuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz",
           _PILLOW),
    Native("libjpeg-turbo", r"jpeg", "IJG AND BSD-3-Clause AND Zlib",
           "https://github.com/libjpeg-turbo/libjpeg-turbo", _PILLOW),
    Native("Little CMS", r"lcms2", "MIT", "https://github.com/mm2/Little-CMS", _PILLOW),
    Native("OpenJPEG", r"openjp2", "BSD-2-Clause", "https://github.com/uclouvain/openjpeg",
           _PILLOW),
    Native("libpng", r"png16", "libpng-2.0", "https://github.com/pnggroup/libpng", _PILLOW),
    Native("libtiff", r"tiff", "libtiff", "https://gitlab.com/libtiff/libtiff", _PILLOW),
    Native("libwebp", r"webp(?:demux|mux|decoder)?|sharpyuv", "BSD-3-Clause",
           "https://chromium.googlesource.com/webm/libwebp", _PILLOW),
    Native("libxcb", r"xcb", "X11", "https://gitlab.freedesktop.org/xorg/lib/libxcb", _PILLOW),
    Native("libXau", r"xau", "MIT-open-group",
           "https://gitlab.freedesktop.org/xorg/lib/libxau", _PILLOW),
    Native("Zstandard", r"zstd", "BSD-3-Clause", "https://github.com/facebook/zstd", _PILLOW),
    Native("liblzma", r"lzma", "0BSD", "https://github.com/tukaani-project/xz", _PYTHON),
    Native("Python", r"python3\d*(?:\.\d+)?", "PSF-2.0", "https://github.com/python/cpython"),
    Native("OpenSSL", r"ssl(?:-3.*)?|crypto(?:-3.*)?", "Apache-2.0",
           "https://github.com/openssl/openssl", _SSL),
    Native("SQLite", r"sqlite3", "blessing", "https://www.sqlite.org/src", _PYTHON),
    Native("libffi", r"ffi(?:-\d+)?", "MIT", "https://github.com/libffi/libffi", _PYTHON),
    Native("zlib", r"z|zlib1?", "Zlib", "https://github.com/madler/zlib", _PYTHON),
    Native("bzip2", r"bz2", "bzip2-1.0.6", "https://sourceware.org/git/bzip2.git", _PYTHON),
    Native("Expat", r"expat", "MIT", "https://github.com/libexpat/libexpat", _PYTHON),
    Native("mpdecimal", r"mpdec", "BSD-2-Clause", "https://www.bytereef.org/mpdecimal/", _PYTHON),
    Native("libuuid", r"uuid", "BSD-3-Clause", "https://github.com/util-linux/util-linux", _PYTHON),
    Native("GCC’s run-time", r"gcc_s(?:_seh-1)?|stdc\+\+(?:-6)?",
           "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org/git/gcc.git", _GCC),
    Native("winpthreads", r"winpthread-1", "MIT AND BSD-3-Clause",
           "https://sourceforge.net/p/mingw-w64/mingw-w64/", ("gcc-runtime.txt",)),
    Native("Microsoft’s run-time", r"vcruntime140\w*|msvcp140\w*|concrt140|ucrtbase",
           "LicenseRef-Microsoft-Distributable-Code", "https://visualstudio.microsoft.com",
           ("microsoft-runtime.txt",)),
)  # fmt: skip

STAND_IN = Native("Stand-in for x265", r"x265(?:-\d+)?", "MIT", "")
"""Ours, without an encoder: x265 itself is under the GPL, and nothing here writes HEIC (see
`installer/standin`)."""


def is_library(path: Path) -> bool:
    """Whether a file is a native library, as its name says, and not an extension module."""
    return bool(_LIBRARY.search(path.name)) and not _EXTENSION.search(path.as_posix())


def library(path: Path) -> Native:
    """Tell whose library a file is. Raises `UnknownLibraryError` where the table has nothing."""
    stem = stem_of(path.name)
    if re.fullmatch(STAND_IN.pattern, stem):
        if path.stat().st_size > _STAND_IN_BYTES:
            raise UnknownLibraryError(f"{path}: x265 is under the GPL; put the stand-in there")
        return STAND_IN
    if "plugins" in path.parts:
        return PLUG_IN
    for known in LIBRARIES:
        if re.fullmatch(known.pattern, stem):
            return known
    raise UnknownLibraryError(f"{path}: look its licence up and add it to {__name__}")


def stem_of(name: str) -> str:
    """Give a library's plain name: ``libheif-e72ea93c.so.1.23.6`` is ``heif``."""
    stem = _LIBRARY.sub("", name.lower())
    stem = re.sub(r"\.(?:abi3|so).*$", "", stem)
    if name.endswith(".dylib"):
        stem = re.sub(r"(?:\.\d+)+$", "", stem)
    # What repairs wheels puts eight or more digits of a hash behind the name.
    stem = re.sub(r"-[0-9a-f]{8,}$", "", stem)
    return stem.removeprefix("lib")


def libraries(folder: Path) -> list[tuple[Path, Native]]:
    """List a package's native libraries, by their places within it, sorted."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() and is_library(p))
    return [(path.relative_to(folder), library(path)) for path in found if not path.is_symlink()]
