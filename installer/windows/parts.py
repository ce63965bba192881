"""What goes into the installer, of all that the wheels and the embeddable Python hold.

A list of what is taken and not of what is left out: a newer wheel can't bring anything along that
nobody has looked at. Patterns are of `fnmatch`, where ``*`` also goes across folders; paths are
as they are installed, with forward slashes.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

_QT = ("Core", "Gui", "Widgets", "Svg", "Network")
"""Network is for the word from one start to another (QLocalServer) and for the system's word that
there is a network; the stores are spoken to by requests."""

_PLUGINS = (
    "platforms/qwindows", "platforms/qoffscreen",
    "imageformats/qgif", "imageformats/qico", "imageformats/qjpeg", "imageformats/qsvg",
    "imageformats/qwebp",
    "iconengines/qsvgicon",
    "networkinformation/qnetworklistmanager",
)  # fmt: skip

PACKAGES = (
    *("PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py"),
    *(f"PySide6/Qt{part}.pyd" for part in _QT),
    *(f"PySide6/Qt6{part}.dll" for part in _QT),
    *(f"PySide6/plugins/{plugin}.dll" for plugin in _PLUGINS),
    *("PySide6/pyside6.abi3.dll", "PySide6/translations/qtbase_de.qm"),
    # Microsoft's C++ library once, where Windows finds it for all of them.
    *("shiboken6/*.py", "shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll"),
    *("shiboken6/msvcp140.dll", "shiboken6/msvcp140_1.dll", "shiboken6/msvcp140_2.dll"),
    *("PIL/*.py", "PIL/_imaging.*.pyd", "PIL/_imagingcms.*.pyd", "PIL/_webp.*.pyd"),
    "PIL/_avif.*.pyd",
    *("pillow_heif/*.py", "_pillow_heif.*.pyd", "lib*.dll"),
    *("certifi/*.py", "certifi/cacert.pem"),
    *("charset_normalizer/*.py", "charset_normalizer/*.pyd"),
    *("idna/*.py", "jaraco/*.py", "keyring/*.py", "more_itertools/*.py", "platformdirs/*.py"),
    *("requests/*.py", "urllib3/*.py"),
    *("cryptography/*.py", "cryptography/hazmat/bindings/_rust.pyd"),
    *("cffi/__init__.py", "_cffi_backend.*.pyd"),
    *("win32ctypes/*.py", "pywin32_ctypes/*.py"),
    # By these a package tells its version, and keyring its back-ends.
    *("*.dist-info/METADATA", "*.dist-info/entry_points.txt"),
)
_LEFT_OUT = (
    *("certifi/__main__.py", "requests/help.py", "*/tests/*", "urllib3/contrib/emscripten/*"),
    *("PIL/ImageTk.py", "PIL/ImageQt.py", "PIL/_tkinter_finder.py", "charset_normalizer/cli/*"),
    *("keyring/testing/*", "keyring/devpi_client.py", "keyring/completion.py"),
)

RUNTIME = (
    *("python313.dll", "python3.dll", "vcruntime140.dll", "vcruntime140_1.dll"),
    *("libcrypto-3.dll", "libssl-3.dll", "libffi-8.dll", "sqlite3.dll"),
    *("_ctypes.pyd", "_decimal.pyd", "_hashlib.pyd", "_queue.pyd"),
    *("_socket.pyd", "_sqlite3.pyd", "_ssl.pyd", "_uuid.pyd", "_wmi.pyd", "_zoneinfo.pyd"),
    *("select.pyd", "unicodedata.pyd"),
)
"""Of the embeddable Python: all but asyncio, multiprocessing, XML, two ways to compress, sound and
its own two programs."""

_NOT_OF_LIBRARY = (
    *("asyncio/*", "multiprocessing/*", "concurrent/futures/process.pyc"),
    *("_pyrepl/*", "curses/*", "pydoc_data/*", "unittest/*", "wsgiref/*", "xml/*", "xmlrpc/*"),
    "plistlib.pyc",
    *("doctest.pyc", "imaplib.pyc", "mailbox.pyc", "pdb.pyc", "pydoc.pyc", "turtle.pyc"),
)
"""Of the standard library: what serves developers, and protocols that aren't spoken here."""

PROGRAM = ("uploader/*.py",)
_SERVER = ("uploader/server/*",)


def of_packages(path: str) -> bool:
    """Whether a file of a wheel is taken."""
    return _fits(path, PACKAGES) and not _fits(path, _LEFT_OUT)


def of_program(path: str) -> bool:
    """Whether a file of this project's package is taken: all but the server."""
    return _fits(path, PROGRAM) and not _fits(path, _SERVER)


def of_library(path: str) -> bool:
    """Whether a module of the standard library is taken."""
    return not _fits(path, _NOT_OF_LIBRARY)


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
