from __future__ import annotations

import logging
from importlib.metadata import EntryPoint

import pytest

from uploader.domain.errors import NoStoreHereError, OfflineError
from uploader.stores import registry
from uploader.stores.companion import CompanionStore


@pytest.fixture
def installed(monkeypatch):
    def install(**entries):
        made = [EntryPoint(name, value, registry.GROUP) for name, value in entries.items()]
        monkeypatch.setattr(registry, "entry_points", lambda group: made)

    return install


def test_ours_is_installed():
    assert registry.connectors()["companion"] is CompanionStore


def test_a_broken_connector_is_left_out_and_logged(installed, caplog):
    installed(
        broken="no_such_module:Store",
        companion="uploader.stores.companion:CompanionStore",
        another="uploader.stores.companion:CompanionStore",
    )
    with caplog.at_level(logging.WARNING):
        assert list(registry.connectors()) == ["companion", "another"]
    assert "broken" in caplog.text


def test_connect_by_kind(installed):
    installed(companion="uploader.stores.companion:CompanionStore")
    store = registry.connect("companion", "localhost:1")
    assert isinstance(store, CompanionStore)
    store.close()
    with pytest.raises(NoStoreHereError, match="vendure"):
        registry.connect("vendure", "localhost:1")


def test_detect(shop, script):
    class Never(CompanionStore):
        def greet(self):
            raise NoStoreHereError("Not mine", "Not mine at all.")

    kinds = {"never": Never, "companion": CompanionStore}
    assert registry.detect(script.url, kinds) == ("companion", "Harbour & Pine")
    with pytest.raises(NoStoreHereError, match="Not mine at all"):
        registry.detect(script.url, {"never": Never})
    with pytest.raises(NoStoreHereError):
        registry.detect(script.url, {})
    script.close()
    with pytest.raises(OfflineError):
        registry.detect(script.url, kinds)
