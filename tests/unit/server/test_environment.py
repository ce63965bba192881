"""What the server reads from its surroundings."""

from __future__ import annotations

import pytest

from uploader.server import environment


def test_a_key_is_made_once_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("STORE_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert len(first) > 60
    assert environment.secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == [environment.KEY_FILE]
    assert (tmp_path / environment.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_given_key_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("STORE_SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("STORE_MAX_BYTES", "many")
    with pytest.raises(ValueError, match="STORE_MAX_BYTES"):
        environment.number("STORE_MAX_BYTES", 1)


def test_the_data_folder_is_made_for_its_owner(tmp_path, monkeypatch):
    monkeypatch.setenv(environment.DATA_VARIABLE, str(tmp_path / "a" / "b"))
    folder = environment.data_folder()
    assert folder.stat().st_mode & 0o777 == 0o700
