"""The sums can be checked with the tool that everybody has."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from installer.release import sums


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_sha256sum_checks_them(tmp_path):
    for name in ("store-uploader_1.2.3_amd64.deb", "store-uploader-1.2.3-linux.cdx.json", "notes"):
        (tmp_path / name).write_text(name)
    sums.write(tmp_path)
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    said = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said == ("store-uploader-1.2.3-linux.cdx.json: OK\nstore-uploader_1.2.3_amd64.deb: OK\n")
    (tmp_path / "store-uploader_1.2.3_amd64.deb").write_text("another")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode


def test_nothing_to_sum_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="No packages"):
        sums.write(tmp_path)
