"""What the window of the disk image shows, as dmgbuild reads it: the program, and where to drag it.

dmgbuild runs this file with `defines`; ``app`` is the path of the .app.
"""

# Every name here is a setting of dmgbuild's.
application = defines["app"]  # type: ignore[name-defined]  # noqa: F821
_name = application.rsplit("/", 1)[-1]

format = "ULMO"  # noqa: A001  LZMA, which macOS reads since 10.15
filesystem = "HFS+"
files = [application]
symlinks = {"Applications": "/Applications"}
icon_locations = {_name: (160, 180), "Applications": (440, 180)}
window_rect = ((200, 200), (600, 400))
default_view = "icon-view"
icon_size = 112
text_size = 13
show_toolbar = show_sidebar = show_status_bar = show_pathbar = False
