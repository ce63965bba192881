"""Brings resources/translations and uploader/ui/sentences.py up to date with the source texts.

Two kinds of text are found by reading the code, without running it. In `uploader/ui`, what is
given to `translate` and `counted`. Below it, where nobody translates, the sentences for people
themselves: they become the templates by which `uploader/ui/phrasebook.py` knows them again.
Qt's own lupdate merges both into the .ts files, which are what translators edit, and lrelease
makes the .qm files, which the program loads.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE, PLACE = ROOT / "uploader", ROOT / "resources" / "translations"
SENTENCES = PACKAGE / "ui" / "sentences.py"
LANGUAGES = ("de",)
LAYERS = ("domain", "imaging", "stores", "outbox", "engine", "background")
CONTEXT = "Sentences"

# Of these, no word reaches a person.
_SILENT = (
    *("imaging/scrub/", "imaging/compare.py", "imaging/geometry.py", "engine/history_csv.py"),
    *("engine/verify.py", "engine/keychain.py", "background/autostart/"),
    # For developers, who are spared translations.
    *("engine/diagnostics.py", "engine/log_tail.py"),
)
_INTERNAL = {"TypeError", "ValueError", "RuntimeError", "KeyError", "AssertionError", "OSError"}
_NOT_SENTENCES = re.compile(
    r".*\b(?:SELECT|PRAGMA|INSERT|UPDATE|DELETE|CREATE|ALTER|WHERE|BY|IS NULL|AND|OR)\b"
    r"|.*(?:%s|\.png$)|[A-Z_ ]+$|StoreUploader/|Bearer ",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[A-Z{“]|(?:its|your) [\w’ ]+$")
_WORD = re.compile(r"[A-Za-z’]+")


@dataclass(frozen=True, order=True)
class Text:
    """A source text; `one` is its English form for exactly one, where it counts."""

    context: str
    source: str
    one: str = ""


def window_texts() -> set[Text]:
    """Find what the window gives to `translate` and `counted`."""
    found: set[Text] = set()
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        if path == SENTENCES:
            continue
        for call in (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if _is_call(n)):
            found.add(_text_of(call, path))
    return found


def _is_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("translate", "counted")
    )


def _text_of(call: ast.Call, path: Path) -> Text:
    wanted = 2 if call.func.id == "translate" else 3
    texts = [arg.value for arg in call.args[:wanted] if isinstance(arg, ast.Constant)]
    if len(texts) < wanted or not all(isinstance(text, str) for text in texts):
        raise SystemExit(f"{path}:{call.lineno}: write source texts as literals")
    return Text(*texts) if wanted == 2 else Text(texts[0], texts[2], texts[1])


def sentences() -> list[str]:
    """Find the sentences of the layers below the window, as templates."""
    found = set()
    for layer in LAYERS:
        for path in sorted((PACKAGE / layer).rglob("*.py")):
            name = path.relative_to(PACKAGE).as_posix()
            if not name.startswith(_SILENT):
                tree = ast.parse(path.read_text("utf-8"))
                found |= set(_sentences_in(tree, only_words=path.name == "words.py"))
    return sorted(found)


def _sentences_in(node: ast.AST, only_words: bool) -> Iterator[str]:
    """Walk a syntax tree for texts, past docstrings, errors in the program, and the log."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and _is_internal(node.func):
        return
    if isinstance(node, (ast.JoinedStr, ast.Constant)):
        text = _template(node)
        if text and _is_sentence(text, only_words):
            yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from _sentences_in(child, only_words)


def _is_internal(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):
        return isinstance(func.value, ast.Name) and func.value.id in ("log", "logger")
    return isinstance(func, ast.Name) and func.id in _INTERNAL


def _is_sentence(text: str, only_words: bool) -> bool:
    bare = re.sub(r"\{\w+\}", "", text)
    if not _SENTENCE.match(text) or _NOT_SENTENCES.match(text) or "?" in bare or '"' in bare:
        return False
    words = len(_WORD.findall(bare))
    return words >= 1 if only_words else words >= 2 and " " in bare.strip()


def _template(node: ast.JoinedStr | ast.Constant) -> str:
    """Give a text with ``{names}`` for its values; empty for what isn't one."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts: list[str] = []
    for value in node.values:
        part = _template(value) if isinstance(value, ast.Constant) else _name(value, parts)
        parts.append(part)
    return "".join(parts)


def _name(value: ast.AST, before: list[str]) -> str:
    """Name a value after the last name in its expression: ``{facts.format.label}`` → label."""
    names = [n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(value)
             if isinstance(n, (ast.Name, ast.Attribute))]  # fmt: skip
    attributes = [n.attr for n in ast.walk(value) if isinstance(n, ast.Attribute)]
    plain = (attributes or [n for n in names if not n.startswith("_")] or ["value"])[0]
    name, number = plain, 2
    while f"{{{name}}}" in before:
        name, number = f"{plain}{number}", number + 1
    return f"{{{name}}}"


def all_texts() -> list[Text]:
    """Give every text that there is to translate."""
    from uploader.ui.phrasebook import FRAGMENTS, OLDER  # noqa: PLC0415

    below = {Text(CONTEXT, text) for text in (*sentences(), *FRAGMENTS.values(), *OLDER)}
    return sorted(window_texts() | below)


def module_of(texts: list[str]) -> str:
    """Write the module with the templates."""
    lines = "".join(f"    {_literal(text)},\n" for text in texts)
    return (
        '"""Templates of the sentences that are made below the window; see `phrasebook`.\n\n'
        "Made by `make translations` from the source texts: change those.\n"
        '"""\n\n# ruff: noqa: E501\n\nfrom __future__ import annotations\n\n'
        f"SENTENCES = (\n{lines})\n"
    )


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def listing(texts: list[Text]) -> str:
    """Write all texts as a source file that lupdate reads, with what translators should know."""
    lines = []
    for text in texts:
        context, source = _literal(text.context), _literal(text.source)
        if text.one:
            lines += [
                f"//: For exactly one: {text.one}",
                f"QT_TRANSLATE_N_NOOP({context}, {source});",
            ]
        else:
            lines.append(f"QT_TRANSLATE_NOOP({context}, {source});")
    return "\n".join(lines) + "\n"


def merge(texts: list[Text]) -> None:
    """Let lupdate take new texts into the .ts files and gone ones out."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.cpp"
        source.write_text(listing(texts), "utf-8")
        for language in LANGUAGES:
            _qt("lupdate", source, "-ts", ts_of(language), "-locations", "none", "-no-obsolete",
                "-source-language", "en", "-target-language", language)  # fmt: skip


def release(language: str, to: Path) -> None:
    """Let lrelease make a .qm file."""
    _qt("lrelease", "-silent", ts_of(language), "-qm", to)


def ts_of(language: str) -> Path:
    """Where the translations into a language are."""
    return PLACE / f"store-uploader_{language}.ts"


def _qt(tool: str, *arguments: str | Path) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *map(str, arguments)], check=True)


def main() -> None:
    """Bring everything up to date."""
    SENTENCES.write_text(module_of(sentences()), "utf-8")
    merge(all_texts())
    for language in LANGUAGES:
        release(language, PLACE / f"store-uploader_{language}.qm")


if __name__ == "__main__":
    main()
