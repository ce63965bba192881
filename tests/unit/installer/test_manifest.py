"""What a team signs, the program believes; and a private key never lies where others see it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from installer.project import ROOT, version
from installer.release import keys, manifest
from installer.release.keys import KeyRefusedError
from installer.release.manifest import ManifestRefusedError
from uploader.domain.updates import Channel, Finding, System, judge
from uploader.engine.updates.channel import write_key
from uploader.engine.updates.reading import read_manifest

ADDRESS = "https://store-uploader.example/updates.manifest"
PAGE = "https://store-uploader.example/download"
TEXT = """# Changes

## Not released yet

- Later.

## 1.2.3 (2026-11-29)

- The app: photos dropped, both crops previewed.
- Photos go out *twice as fast* (Ctrl+U). And more of that.
- `push` and [the guide](docs/guide/README.md) say more
"""


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in (
        "store-uploader_1.2.3_amd64.deb",
        "store-uploader-1.2.3-windows-x64-setup.exe",
        "store-uploader-1.2.3.dmg",
        "store-uploader-1.2.3-linux-x86_64.tar.xz",
        "store-uploader-1.2.3-linux.cdx.json",
        "store-uploader_1.2.30_amd64.deb",
        "store-uploader_1.2.3.4_amd64.deb",
        "SHA256SUMS",
    ):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "updates.pem"
    return file, keys.make(file)


def release(dist):
    return manifest.Release(
        "1.2.3", PAGE, manifest.notes_of(TEXT, "1.2.3"), manifest.found(dist, "1.2.3")
    )


def test_what_is_signed_is_believed(dist, key):
    file, public = key
    made = manifest.body(release(dist), 1_795_469_263, 90)
    read = read_manifest(made)
    assert (read.version, read.serial, read.page) == ("1.2.3", 1_795_469_263, PAGE)
    assert [package.name for package in read.packages_for(System.LINUX)] == [
        "store-uploader-1.2.3-linux-x86_64.tar.xz", "store-uploader_1.2.3_amd64.deb",
    ]  # fmt: skip
    [setup] = read.packages_for(System.WINDOWS)
    assert setup.size == len("store-uploader-1.2.3-windows-x64-setup.exe")
    assert len(read.packages_for(System.MACOS)) == 1
    channel = Channel(ADDRESS, (public,))
    raw = manifest.sign(manifest.body(release(dist), time.time(), 90), [keys.load(file)], channel)
    assert judge(manifest.check(raw, channel, time.time()), "1.2.2") is Finding.NEWER
    with pytest.raises(ManifestRefusedError, match="out of date"):
        manifest.check(raw, channel, time.time() + 91 * 86_400)


def test_what_is_new_is_said_in_a_sentence_each():
    assert manifest.notes_of(TEXT, "1.2.3") == (
        "The app: photos dropped, both crops previewed.",
        "Photos go out twice as fast (Ctrl+U).",
        "push and the guide say more.",
    )


def test_nobody_signs_what_no_build_believes(dist, key, tmp_path):
    made = manifest.body(release(dist), 1_795_469_263, 90)
    file, _ = key
    another = keys.make(tmp_path / "another.pem")
    for channel, said in (
        (Channel(), "channel.txt first"),
        (Channel(ADDRESS, (another,)), "isn’t signed by"),
    ):
        with pytest.raises(ManifestRefusedError, match=said):
            manifest.sign(made, [keys.load(file)], channel)


def test_without_packages_there_is_nothing_to_tell(tmp_path):
    with pytest.raises(ManifestRefusedError, match=r"No package of 1\.2\.3"):
        manifest.found(tmp_path, "1.2.3")


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_private_key_is_its_owners_alone(key, tmp_path):
    file, _ = key
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    with pytest.raises(KeyRefusedError, match="Others may read"):
        keys.load(file)


def test_a_private_key_is_never_in_the_tree():
    with pytest.raises(KeyRefusedError, match="never lies in the tree"):
        keys.make(ROOT / "build" / "updates.pem")


def test_a_key_is_never_overwritten(key):
    file, _ = key
    before = file.read_bytes()
    with pytest.raises(KeyRefusedError, match="can’t be written"):
        keys.make(file)
    assert file.read_bytes() == before


def test_a_passphrase_is_asked_for_by_the_key(tmp_path, monkeypatch):
    monkeypatch.setenv(keys.PASSPHRASE, "four words and more")
    public = keys.make(tmp_path / "k")
    assert keys.load(tmp_path / "k").public_key().public_bytes_raw() == public
    monkeypatch.delenv(keys.PASSPHRASE)
    with pytest.raises(KeyRefusedError, match="doesn’t open it"):
        keys.load(tmp_path / "k")


@pytest.mark.parametrize("text", ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_what_is_no_key_is_said(tmp_path, text):
    file = tmp_path / "k"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(KeyRefusedError, match="holds no key"):
        keys.load(file)


def test_by_the_command(tmp_path):
    """As a team does it: a key, a channel, a signature."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "installer.release.manifest", *map(str, words)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    file, channel = tmp_path / "updates.pem", tmp_path / "channel.txt"
    line = run("key", file).stdout.splitlines()[-1]
    channel.write_text(f"address = {ADDRESS}\n{line}\n")
    (tmp_path / f"store-uploader_{version()}_amd64.deb").write_text("a package")
    words = ("sign", file, "--page", PAGE, "--folder", tmp_path, "--channel", channel,
             "--note", "Faster.")  # fmt: skip
    signed = run(*words)
    assert signed.returncode == 0, signed.stderr
    raw = (tmp_path / manifest.NAME).read_bytes()
    assert signed.stdout == raw.decode()
    refused = run("sign", tmp_path / "no.pem", *words[2:])
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "can’t be read" in refused.stderr


def test_no_private_key_is_in_the_repository():
    listed = subprocess.run(
        ["git", "grep", "-lE", "BEGIN ((ENCRYPTED|OPENSSH) )?PRIVATE KEY-----$", "--", ":!tests"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.stdout == ""


def test_a_public_key_is_written_as_it_is_read(key):
    from uploader.engine.updates.channel import read_key

    assert read_key(write_key(key[1])) == key[1]
