"""The plain client and the breaking proxy of the neighbouring tests, and node for the peers."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "peers"


def _fixtures_of(neighbour: str) -> ModuleType:
    place = HERE.parent / neighbour / "conftest.py"
    spec = importlib.util.spec_from_file_location(f"{neighbour}_fixtures", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_server, _stores = _fixtures_of("server"), _fixtures_of("stores")
client, client_of, photo = _server.client, _server.client_of, _server.photo
item, digest = _server.item, _server.digest
proxy = _stores.proxy


@pytest.fixture(scope="session")
def node() -> Callable[..., list[str]]:
    """Give a peer's command line: ``node("upload.mjs", …)``; PEERS says where npm put them."""
    peers = Path(sys.prefix) / "peers"
    assert shutil.which("node"), "node is missing: make setup"
    assert (peers / "node_modules").is_dir(), "the tus peers are missing: make setup"
    os.environ["PEERS"] = str(peers)
    return lambda script, *arguments: ["node", str(SCRIPTS / script), *arguments]
