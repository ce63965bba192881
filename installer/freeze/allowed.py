"""The allow-list: which libraries the bundle has on Linux, and which it expects of the system.

A machine that builds has much installed. Whatever isn't named here stays out, and the build
fails (`installer.freeze.check`) where something that is named is missing or isn't used any more.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

QT_LIBRARIES = (
    *("Core", "Gui", "Widgets", "DBus", "Network", "Svg"),
    # What its plug-ins for X11 and Wayland are linked with.
    *("XcbQpa", "WaylandClient", "OpenGL"),
)
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg")
QT_PLUGINS = (
    *(f"platforms/libq{name}.so" for name in ("xcb", "wayland", "offscreen", "minimal")),
    *(f"imageformats/libq{name}.so" for name in ("gif", "ico", "jpeg", "svg", "webp")),
    "iconengines/libqsvgicon.so",
    "networkinformation/libqnetworkmanager.so",
    *(
        f"platforminputcontexts/lib{name}platforminputcontextplugin.so"
        for name in ("compose", "ibus")
    ),
    "platformthemes/libqxdgdesktopportal.so",
    "wayland-decoration-client/libadwaita.so",
    "wayland-decoration-client/libbradient.so",
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-shell-integration/libxdg-shell.so",
    *(f"xcbglintegrations/libqxcb-{name}-integration.so" for name in ("egl", "glx")),
)

_CPYTHON = "cpython-3??-x86_64-linux-gnu.so"

LIBRARIES = (
    # Python, and what its standard library is linked with.
    "libpython3.*.so.1.0",
    f"python3.*/lib-dynload/*.{_CPYTHON}",
    *("libssl.so.3", "libcrypto.so.3", "libsqlite3.so.0", "libffi.so.8"),
    *("libbz2.so.1.0", "liblzma.so.5"),
    # Qt.
    *(f"PySide6/Qt/lib/libQt6{name}.so.6" for name in QT_LIBRARIES),
    *(f"PySide6/Qt/lib/libicu{name}.so.*" for name in ("data", "i18n", "uc")),
    *(f"PySide6/Qt/plugins/{name}" for name in QT_PLUGINS),
    *(f"PySide6/{name}.abi3.so" for name in QT_MODULES),
    "PySide6/libpyside6.abi3.so.*",
    *("shiboken6/Shiboken.abi3.so", "shiboken6/libshiboken6.abi3.so.*"),
    # What decodes photos. Both wheels bring their libraries along.
    *(f"PIL/{name}.{_CPYTHON}" for name in ("_avif", "_imaging", "_imagingcms", "_webp")),
    *(f"pillow.libs/lib{name}-*.so.*" for name in (
        *("Xau", "avif", "jpeg", "lcms2", "lzma", "openjp2", "sharpyuv", "tiff"),
        *("webp", "webpdemux", "webpmux", "xcb", "zstd"),
    )),
    f"_pillow_heif.{_CPYTHON}",
    *(f"pillow_heif.libs/lib{name}-*.so.*" for name in ("de265", "heif", "x265")),
    # What requests and SecretStorage need.
    *(f"charset_normalizer/{name}.{_CPYTHON}" for name in ("cd", "md")),
    *("cryptography/hazmat/bindings/_rust.abi3.so", f"_cffi_backend.{_CPYTHON}"),
)  # fmt: skip
"""Patterns of paths below the bundle's `_internal`; each has to match."""

SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    **dict.fromkeys(("libc.so.6", "libdl.so.2", "libm.so.6", "libmvec.so.1"), "libc6"),
    **dict.fromkeys(("libpthread.so.0", "libresolv.so.2", "librt.so.1", "libutil.so.1"), "libc6"),
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    # Fontconfig's too, so it is there. Debian's own would ask for a newer libc than all the rest.
    "libexpat.so.1": "libexpat1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    # Debian 13 renamed it for its 64-bit time; both names are one library.
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""What the system has to bring: a library's name there, and Debian's package with it."""

_TRANSLATIONS = "PySide6/Qt/translations/"
_SPOKEN = ("qtbase_de.qm",)


def library(path: str) -> bool:
    """Whether a library may be in the bundle."""
    return any(fnmatchcase(path, pattern) for pattern in LIBRARIES)


def entry(path: str, kind: str) -> bool:
    """Whether one of PyInstaller's entries stays: a file's path in the bundle, or a link's."""
    if kind == "SYMLINK":
        # Shortcuts to what every library of the wheels finds by its own run path.
        return False
    if path.startswith(_TRANSLATIONS):
        return path.removeprefix(_TRANSLATIONS) in _SPOKEN
    if ".dist-info/" in path:
        return path.endswith(("/METADATA", "/entry_points.txt"))
    return kind not in ("BINARY", "EXTENSION") or library(path)
