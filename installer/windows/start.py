"""What the launchers for Windows run: the program, told that it is a packaged one."""

import sys
from pathlib import Path

# ruff: noqa: PLC0415 - a start loads what it needs, and nothing before it knows what that is.

sys.frozen = True  # type: ignore[attr-defined]

MAKE_READY = "--make-ready"
"""The installer's word: compile all modules now, so that the first start is as quick as others."""


def run() -> int:
    """Run a command or open the window; give the exit code."""
    if sys.argv[1:] == [MAKE_READY]:
        return _make_ready()
    # Compiled files belong to the installation: they come and go with it.
    sys.dont_write_bytecode = True
    from uploader.cli import main

    return main()


def _make_ready() -> int:
    import compileall
    from py_compile import PycInvalidationMode

    # Without times: nothing here changes but by an installer, which changes all of it.
    mode = PycInvalidationMode.UNCHECKED_HASH
    lib = Path(__file__).parent / "lib"
    return not compileall.compile_dir(lib, quiet=2, invalidation_mode=mode)


def _complain(error: BaseException) -> None:
    """Say that nothing could be started, where nobody sees what Python prints."""
    import ctypes
    import traceback

    reason = traceback.format_exception_only(error)[-1].strip()
    text = f"Store Uploader can’t start. Install it again.\n\n{reason}"
    windows = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    windows.user32.MessageBoxW(None, text, "Store Uploader", 0x10)


if __name__ == "__main__":
    try:
        sys.exit(run())
    except Exception as error:
        if sys.stderr is None:
            _complain(error)
        raise
