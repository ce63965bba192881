"""The bill of materials names all there is, and is the same for the same package."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from installer.release import sbom, versions
from installer.release.licences import Source
from uploader import __version__

PYTHON = ".".join(map(str, sys.version_info[:3]))
DIGEST = "5" * 64
EPOCH = 1_700_000_000


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    there = Path(str(distribution("pillow").locate_file("")))
    bundle = tmp_path_factory.mktemp("bundle")
    shutil.copytree(there / "pillow.libs", bundle / "pillow.libs")
    (bundle / "libcrypto.so.3").write_bytes(b"\x7fELF\0OpenSSL 3.0.19 27 Jan 2026\0")
    (bundle / "libpython3.11.so.1.0").write_bytes(b"\x7fELF")
    (bundle / "libicuuc.so.73").write_bytes(b"\x7fELF")
    return Source(there, there, PYTHON, "linux", bundle)


@pytest.fixture(scope="module")
def bill(source):
    return sbom.bill(source, {"requests": [DIGEST]}, EPOCH)


def by_name(bill):
    return {component["name"]: component for component in bill["components"]}


def test_the_program_and_its_time(bill):
    assert bill["metadata"]["component"]["version"] == __version__
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")


def test_distributions_with_versions_licences_and_sums(bill):
    requests = by_name(bill)["requests"]
    assert requests["purl"] == f"pkg:pypi/requests@{version('requests')}"
    assert requests["licenses"] == [{"expression": "Apache-2.0"}]
    assert requests["hashes"] == [{"alg": "SHA-256", "content": DIGEST}]
    assert "pytest" not in by_name(bill)


def test_native_libraries_with_their_versions_and_files(bill):
    webp = by_name(bill)["libwebp"]
    assert webp["version"].startswith("1.")
    names = [file["name"] for file in webp["components"]]
    assert any(name.startswith("pillow.libs/libsharpyuv") for name in names)
    assert {name: by_name(bill)[name]["version"] for name in ("OpenSSL", "ICU")} == {
        "OpenSSL": "3.0.19",
        "ICU": "73",
    }
    assert by_name(bill)["libpng"]["version"].startswith("1.6.")
    assert [c["name"] for c in bill["components"] if not c.get("version")] == []


def test_the_interpreter_is_one_component(bill):
    (python,) = [each for each in bill["components"] if each["name"] == "Python"]
    assert (python["type"], python["version"]) == ("platform", PYTHON)
    assert [file["name"] for file in python["components"]] == ["libpython3.11.so.1.0"]


def test_openssl_inside_of_cryptography(bill):
    inside = {each["name"] for each in by_name(bill)["cryptography"]["components"]}
    assert {"openssl", "pyo3"} <= inside


def test_what_is_inside_of_pillow_where_it_has_no_libraries_of_its_own(bill, source):
    parts = {part.key: part for part in source.distributions()}
    inside = {
        name: licence for name, _, licence in versions.linked_into(parts["pillow"], "windows")
    }
    assert inside["libwebp"] == "BSD-3-Clause"
    assert not any("GPL" in licence for licence in inside.values())
    assert "components" not in by_name(bill)["pillow"]


def test_references_lead_somewhere(bill):
    refs = {bill["metadata"]["component"]["bom-ref"], *(c["bom-ref"] for c in bill["components"])}
    assert len(refs) == len(bill["components"]) + 1
    for each in bill["dependencies"]:
        assert {each["ref"], *each.get("dependsOn", ())} <= refs
    direct = bill["dependencies"][0]["dependsOn"]
    assert f"pkg:pypi/keyring@{version('keyring')}" in direct
    assert f"pkg:pypi/jeepney@{version('jeepney')}" not in direct


def test_the_same_package_has_the_same_bill(bill, source, tmp_path):
    again = sbom.bill(source, {"requests": [DIGEST]}, EPOCH)
    for name, each in (("one", bill), ("two", again)):
        sbom.write(each, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sbom.bill(source, {}, EPOCH)["serialNumber"] != bill["serialNumber"]


def test_sums_from_a_lock_and_from_what_pip_reported(tmp_path):
    lock = tmp_path / "lock.txt"
    many = f"First_Name==1.0 \\\n    --hash=sha256:{DIGEST}\nother==2 \\\n"
    lock.write_text(many + f"    --hash=sha256:{'1' * 64} \\\n    --hash=sha256:{'2' * 64}\n")
    assert sbom.locked(lock) == {"first-name": [DIGEST]}
    report = tmp_path / "report.json"
    archive = {"archive_info": {"hashes": {"sha256": DIGEST}}}
    installed = [
        {"metadata": {"name": "Other"}, "download_info": archive},
        {"metadata": {"name": "store-uploader"}, "download_info": {"dir_info": {}}},
    ]
    report.write_text(json.dumps({"install": installed}))
    assert sbom.reported(report) == {"other": [DIGEST]}
