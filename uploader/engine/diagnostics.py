"""What a developer needs to know to help, as one text; written so that anybody may read it.

For developers, so in English and not translated. No password, key, e-mail address or host is in
it, and no name of a photo unless the person says so.
"""

from __future__ import annotations

import json
import locale
import platform
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from uploader import __version__
from uploader.domain.states import State
from uploader.engine.log_tail import log_tail
from uploader.engine.redact import GONE, Redactor, folders_of, names_of
from uploader.outbox import OutboxError
from uploader.outbox.survey import Survey, survey

Section = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and names with values."""

_PACKAGES = ("PySide6-Essentials", "pillow", "pillow-heif", "requests", "urllib3", "keyring")
_SAFE = re.compile(
    r"|yes|no|on|off|true|false|light|dark|system|none|own|never|away|always|en|de"
    r"|\d{1,6}(\.\d{1,3})?|\d{1,2}:\d\d",
    re.IGNORECASE,
)
"""Values of settings that can be told: nobody's name or secret."""
_KEY = re.compile(r"[A-Za-z][A-Za-z_ -]{0,39}")
_TOGETHER = "preferences"
"""The setting that holds several, under names of the program's own."""


def report(
    data: Path,
    *,
    names: bool = False,
    window: Sequence[Section] = (),
    chosen: Mapping[str, str] | None = None,
    private: Iterable[str] = (),
    clock: float | None = None,
) -> str:
    """Write the text. For a worker: it reads the log and the outbox in the folder `data`.

    `names` leaves the photos' names in; `window` is what the window knows; `chosen` are the
    window's settings; `private` is what else must not be told (the store's name).
    """
    trouble = ""
    try:
        found = survey(data / "outbox.sqlite3")
    except OutboxError as error:
        found, trouble = Survey(), error.title
    redactor = _redactor(found, private, names=names)
    sections: list[Section] = [
        ("Versions", _versions()),
        *(_cleaned(section, redactor) for section in window),
        ("Settings", _settings({**found.settings, **(chosen or {})}, redactor)),
        ("Stores", _stores(found)),
        ("Photos", [("can’t be counted", trouble)] if trouble else _photos(found)),
    ]
    if names:
        stuck = [(str(s.path.name), f"{s.state}: {s.problem}") for s in found.stuck]
        lines = redactor.lines([f"{name}\t{said}" for name, said in stuck])
        split = [line.partition("\t") for line in lines]
        sections.append(("Photos with a problem", [(name, said) for name, _, said in split]))
    moment = time.gmtime(time.time() if clock is None else clock)
    made = f"Made {time.strftime('%Y-%m-%d %H:%M', moment)} UTC."
    left_out = "Keys and addresses" if names else "Keys, addresses and the names of photos"
    head = ["Store Uploader: diagnostics", f"{made} {left_out} are left out."]
    return "\n".join([*head, *_written(sections), *_log(data, redactor)]) + "\n"


def _redactor(found: Survey, private: Iterable[str], *, names: bool) -> Redactor:
    hidden = {*private, *found.words, *folders_of(found.paths), *_of_profiles(found)}
    kept = {v for v in _spread(found.settings).values() if not _SAFE.fullmatch(v)}
    hidden |= kept | folders_of(Path(value) / "x" for value in kept if Path(value).is_absolute())
    hidden |= {host for value in kept if (host := _host(value))}
    hidden |= {platform.node(), Path.home().name, str(Path.home())}
    if not names:
        return Redactor(hidden | names_of(found.paths))
    return Redactor(hidden, shown=(path.name for path in found.paths))


def _of_profiles(found: Survey) -> set[str]:
    """Give every text that is kept of stores and accounts, and the hosts of the addresses."""
    texts = {text for text in found.counts if text}
    for profile in _profiles(found):
        texts |= {str(value) for value in profile.values()}
    return texts | {host for text in texts if (host := _host(text))}


def _profiles(found: Survey) -> list[dict[str, object]]:
    try:
        listed = json.loads(found.settings.get("profiles", "[]") or "[]")
    except (ValueError, RecursionError):
        return []
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


# ---- the sections
def _versions() -> list[tuple[str, str]]:
    found = [("Store Uploader", __version__), ("Python", platform.python_version())]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "unknown"))
    system = f"{_system()}, {platform.system()} {platform.release()}, {platform.machine()}"
    frozen = "installed package" if getattr(sys, "frozen", False) else "Python package"
    where = f"{locale.getlocale()[0] or 'C'}, {sys.getfilesystemencoding()}"
    return [*found, ("System", system), ("Runs as", frozen), ("Locale", where)]


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return f"{platform.system()} {platform.mac_ver()[0] or platform.version()}"


def _settings(kept: Mapping[str, str], redactor: Redactor) -> list[tuple[str, str]]:
    """Tell which settings there are, and the values of those that can hold nothing private."""
    return [
        (redactor.line(key), value if _SAFE.fullmatch(value) else f"{len(value)} characters")
        for key, value in sorted(_spread(kept).items())
        if _KEY.fullmatch(key)
    ]


def _spread(kept: Mapping[str, str]) -> dict[str, str]:
    """Give the settings, and of those that are kept together each by itself."""
    told = dict(kept)
    try:
        together = json.loads(told.get(_TOGETHER, "{}") or "{}")
    except (ValueError, RecursionError):
        return told
    if isinstance(together, dict):
        told.pop(_TOGETHER, None)
        _take(told, _TOGETHER, together)
    return told


def _take(told: dict[str, str], name: str, value: object) -> None:
    """Note a value, or what is in it; of lists how many there are."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _take(told, f"{name} {key}", inner)
    else:
        told[name] = str(len(value) if isinstance(value, list) else value)


def _stores(found: Survey) -> list[tuple[str, str]]:
    known = _profiles(found)
    told = [("known", str(len(known)))]
    for number, profile in enumerate(known, 1):
        scheme = _scheme(str(profile.get("address", "")))
        used = ", used last" if profile.get("name") == found.settings.get("profile") else ""
        told.append((f"store {number}", f"{scheme}://{GONE}{used}"))
    return told


def _scheme(address: str) -> str:
    """Give an address's scheme, which is all that may be told of it."""
    scheme = address.partition("://")[0]
    return scheme if scheme in {"http", "https"} else "other"


def _photos(found: Survey) -> list[tuple[str, str]]:
    order = {state.value: place for place, state in enumerate(State)}
    told = [("list’s version", str(found.schema))]
    for number, counts in enumerate(found.counts.values(), 1):
        known = sorted(counts, key=lambda state: order.get(state, len(order)))
        states = ", ".join(f"{state} {counts[state]}" for state in known if state in order)
        told.append((f"list {number}", states or "none"))
    return told


def _cleaned(section: Section, redactor: Redactor) -> Section:
    heading, pairs = section
    return heading, [(name, redactor.line(value)) for name, value in pairs]


def _log(data: Path, redactor: Redactor) -> list[str]:
    lines = log_tail(data, redactor)
    return ["", f"The log’s last {len(lines)} lines" if lines else "The log is empty", *lines]


def _written(sections: Iterable[Section]) -> list[str]:
    lines = list[str]()
    for heading, pairs in sections:
        lines += ["", heading, *(f"  {name}: {value}" for name, value in pairs)]
    return lines
