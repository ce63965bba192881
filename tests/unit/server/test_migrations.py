"""A new version's migrations run while processes of the version before still answer requests.

So what they read and write has to stay: columns are added with a default that the database
knows, or empty; they are dropped a version after the last code that uses them is gone. What
breaks this rule on purpose stands in `ALLOWED`, with the reason why nobody notices.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from django.db import migrations
from django.db.models import NOT_PROVIDED

import uploader.server.store.migrations as folder

ALLOWED = {
    ("0004_replacing", "AlterField", "itemimage.state"): "another choice, the same column",
}
FIRST = "0001_initial"
NAMES = sorted(path.stem for path in Path(folder.__path__[0]).glob("[0-9]*.py"))
HARMLESS = (migrations.CreateModel, migrations.AddIndex, migrations.AlterModelOptions,
            migrations.AlterModelManagers)  # fmt: skip


def broken(name, operations):
    """Give those of a migration's operations that code of the version before would notice."""
    made = {one.name.lower() for one in operations if isinstance(one, migrations.CreateModel)}
    return [
        named for one in operations
        if (named := (name, type(one).__name__, subject(one))) not in ALLOWED
        and not harmless(one, made)
    ]  # fmt: skip


def harmless(operation, made):
    """Whether old code goes on: what belongs to a table that it doesn't know always is."""
    if isinstance(operation, HARMLESS) or getattr(operation, "model_name", "") in made:
        return True
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def subject(operation):
    """Name what it is about: ``item``, or ``item.sku``."""
    names = [getattr(operation, name, "") for name in ("model_name", "name")]
    return ".".join(name for name in names if name)


def operations(name):
    return importlib.import_module(f"{folder.__name__}.{name}").Migration.operations


@pytest.mark.parametrize("name", [name for name in NAMES if name != FIRST])
def test_the_version_before_can_go_on(name):
    assert not broken(name, operations(name)), "see the rule in docs/developing.md"


def test_what_is_allowed_is_there():
    for name, kind, what in ALLOWED:
        assert (kind, what) in [(type(o).__name__, subject(o)) for o in operations(name)]


def test_they_are_one_chain():
    texts = [(Path(folder.__path__[0]) / f"{name}.py").read_text() for name in NAMES]
    befores = [re.findall(r"""\(["']store["'], ["'](\w+)["']\)""", text) for text in texts]
    assert befores == [[], *([name] for name in NAMES[:-1])]


def cases():
    from django.db import models

    text, item = models.TextField, "item"
    yield migrations.RemoveField(item, "sku"), False
    yield migrations.RenameField(item, "sku", "number"), False
    yield migrations.DeleteModel("Item"), False
    yield migrations.RenameModel("Item", "Thing"), False
    yield migrations.AddField(item, "colour", text(default="")), False
    yield migrations.AddField(item, "colour", text(db_default="")), True
    yield migrations.AddField(item, "colour", text(null=True)), True
    yield migrations.AlterField(item, "sku", text(null=False)), False
    yield migrations.RunSQL("DROP TABLE store_item"), False
    yield migrations.RunPython(lambda apps, editor: None), False
    yield migrations.CreateModel("Thing", []), True


@pytest.mark.parametrize(("operation", "well"), list(cases()))
def test_the_rule_finds_what_it_should(operation, well):
    assert (not broken("9999_x", [operation])) is well
