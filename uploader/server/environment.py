"""Reads what the surroundings say: the data folder, its secret key, numbers and names."""

from __future__ import annotations

import contextlib
import os
import secrets
from ipaddress import ip_network
from pathlib import Path

DATA_VARIABLE = "STORE_DATA"
KEY_FILE = "secret_key"


def text(name: str, default: str = "") -> str:
    """Give a variable, the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: float) -> float:
    """Give a variable as a number. Raises ValueError naming it where it is none."""
    value = text(name)
    try:
        return float(value) if value else default
    except ValueError:
        raise ValueError(f"{name} must be a number, not {value!r}.") from None


def flag(name: str, *, default: bool = False) -> bool:
    """Tell whether a variable says yes; unset or empty, it says what the default does."""
    return text(name, "yes" if default else "no").lower() in ("1", "true", "yes", "on")


def names(name: str) -> list[str]:
    """Give a variable's comma-separated names."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def proxies(name: str) -> list[str]:
    """Give a variable's addresses and networks; ``unix`` is whoever comes through a socket.

    Raises ValueError naming the first that is neither.
    """
    given = names(name)
    for place in given:
        try:
            if place != "unix":
                ip_network(place)
        except ValueError:
            raise ValueError(
                f"{name} must hold addresses or networks such as 10.0.0.0/8, not {place!r}."
            ) from None
    return given


def data_folder() -> Path:
    """Give the data folder, made on first use; nobody else may look into it."""
    folder = Path(text(DATA_VARIABLE, "store-data")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Give the data folder's secret key, made on first use, readable by its owner alone."""
    path = folder / KEY_FILE
    if given := text("STORE_SECRET_KEY"):
        return given
    if not path.exists():
        # Linked into place whole: two processes that start together agree on one key.
        draft = folder / f"{KEY_FILE}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
