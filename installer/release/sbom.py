"""Writes a package's bill of materials, in CycloneDX 1.6 (ECMA-424) as JSON.

``python -m installer.release.sbom --site-packages DIR --bundle DIR --output FILE``. The same
package gives the same bytes: its time is the commit's (SOURCE_DATE_EPOCH), its serial number a
digest of what it says.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installer.release import native, versions
from installer.release.licences import Source
from installer.release.native import Native
from installer.release.parts import TARGETS, Distribution, normalised, program

Json = dict[str, Any]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/schema/bom-1.6.schema.json")
_WHEEL = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(source: Source, hashes: dict[str, list[str]], epoch: int) -> Json:
    """Give the bill of materials of a package.

    `hashes` are the SHA-256 of the wheels by the distributions' normalised names; `epoch` is the
    time that it is of, in seconds since 1970. Raises what `Source.distributions` and
    `native.libraries` raise.
    """
    found = source.distributions()
    itself = _itself(source.target)
    components = [
        _distribution(part, hashes.get(part.key, ()), versions.linked_into(part, source.target))
        for part in found
    ]
    components += _libraries(source.bundle, found) if source.bundle else []
    _describe_python(components, source.python)
    said: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": itself,
        },
        "components": sorted(components, key=lambda each: str(each["bom-ref"])),
        "dependencies": _dependencies(itself, found, components),
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return {**said, "serialNumber": uuid.uuid5(_NAMESPACE, digest).urn}


def _itself(target: str) -> Json:
    name, version, _ = program()
    return {
        "type": "application",
        "bom-ref": f"pkg:generic/{name}@{version}?os={target}",
        "name": name,
        "version": version,
        "licenses": [{"expression": "MIT"}],
        "purl": f"pkg:generic/{name}@{version}?os={target}",
    }


def _describe_python(components: list[Json], version: str) -> None:
    """Put the interpreter in, with its library's files where that was found in the bundle."""
    purl = f"pkg:generic/python@{version}"
    said: Json = {
        "type": "platform",
        "bom-ref": purl,
        "name": "Python",
        "version": version,
        "licenses": [{"expression": "PSF-2.0"}],
        "cpe": f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*",
        "purl": purl,
    }
    found = [each for each in components if each["name"] == "Python"]
    for library in found:
        components.remove(library)
        said["components"] = library["components"]
    components.append(said)


def _distribution(
    part: Distribution, hashes: Sequence[str], inside: Sequence[tuple[str, str, str]]
) -> Json:
    purl = f"pkg:pypi/{part.key}@{part.version}"
    said: Json = {"type": "library", "bom-ref": purl, "name": part.name, "version": part.version}
    if hashes:
        said["hashes"] = [{"alg": "SHA-256", "content": each} for each in sorted(hashes)]
    if part.licence:
        said["licenses"] = [{"expression": part.licence}]
    said["purl"] = purl
    if part.home:
        said["externalReferences"] = [{"type": "vcs", "url": part.home}]
    if inside:
        said["components"] = [_linked(purl, *each) for each in inside]
    return said


def _linked(owner: str, name: str, version: str, licence: str) -> Json:
    """Describe what is part of a distribution's extension modules, with no file of its own."""
    said: Json = {"type": "library", "bom-ref": f"{owner}#{name}@{version}", "name": name}
    said["version"] = version
    if licence:
        said["licenses"] = [{"expression": licence}]
    return said


def _libraries(bundle: Path, parts: Iterable[Distribution]) -> list[Json]:
    """List the native libraries, each with its files in the bundle and their sums."""
    told = versions.told_by_wheels(parts)
    files: dict[Native, list[Path]] = defaultdict(list)
    for path, library in native.libraries(bundle):
        files[library].append(path)
    return [_library(library, places, bundle, told) for library, places in files.items()]


def _library(library: Native, places: list[Path], bundle: Path, told: dict[str, str]) -> Json:
    version = versions.version_of(library, [bundle / place for place in places], told)
    # What a package URL allows of a name (purl-spec: lower case here, no spaces).
    plain = re.sub(r"[^a-z0-9.+-]+", "-", library.name.lower()).strip("-")
    purl = f"pkg:generic/{plain}" + (f"@{version}" if version else "")
    said: Json = {"type": "library", "bom-ref": purl, "name": library.name}
    if version:
        said["version"] = version
    said |= {"licenses": [{"expression": library.licence}], "purl": purl}
    if library.source:
        said["externalReferences"] = [{"type": "vcs", "url": library.source}]
    said["components"] = [_file(purl, place, bundle) for place in sorted(places)]
    return said


def _file(owner: str, place: Path, bundle: Path) -> Json:
    digest = hashlib.sha256((bundle / place).read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"{owner}#{place.as_posix()}",
        "name": place.as_posix(),
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _dependencies(
    itself: Json, parts: Sequence[Distribution], components: Sequence[Json]
) -> list[Json]:
    """Tell who needs whom. Libraries hang on the program: wheels don't say which are theirs."""
    refs = {part.key: f"pkg:pypi/{part.key}@{part.version}" for part in parts}
    direct = {normalised(re.split(r"[^\w.-]", text)[0]) for text in program()[2]}
    own = [refs[name] for name in direct if name in refs]
    own += [str(c["bom-ref"]) for c in components if not c["bom-ref"].startswith("pkg:pypi/")]
    said = [{"ref": itself["bom-ref"], "dependsOn": sorted(own)}]
    for part in parts:
        needs = sorted(refs[name] for name in part.needs if name in refs)
        said.append(
            {"ref": refs[part.key], "dependsOn": needs} if needs else {"ref": refs[part.key]}
        )
    return said


def locked(lock: Path) -> dict[str, list[str]]:
    """Give the SHA-256 that a lock allows, where it is one alone: that was installed."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text("utf-8").splitlines():
        begins = _WHEEL.match(line)
        name = normalised(begins[1]) if begins else name
        found.setdefault(name, []).extend(_HASH.findall(line))
    return {name: each for name, each in found.items() if len(each) == 1}


def reported(report: Path) -> dict[str, list[str]]:
    """Give the SHA-256 of the wheels that pip installed, from its report (``--report``)."""
    said = json.loads(report.read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for each in said["install"]:
        digest = each["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256")
        if digest:
            found[normalised(each["metadata"]["name"])] = [digest]
    return found


def write(said: Json, output: Path) -> None:
    """Write it for people too: indented, one line end, a line at the end."""
    output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(said, indent=2, ensure_ascii=False)
    output.write_text(f"{text}\n", "utf-8", newline="\n")


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site-packages", type=Path, required=True)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--python", default=".".join(map(str, sys.version_info[:3])))
    parser.add_argument("--target", choices=TARGETS, default="linux")
    parser.add_argument("--lock", type=Path, help="with the wheels’ sums")
    parser.add_argument("--report", type=Path, help="pip’s, of what it installed")
    parser.add_argument("--output", type=Path, required=True)
    return parser.parse_args(words)


def main() -> None:
    """Write the bill, and say of how many components."""
    said = _arguments(sys.argv[1:])
    source = Source(said.site_packages, said.site_packages, said.python, said.target, said.bundle)
    hashes = locked(said.lock) if said.lock else {}
    hashes |= reported(said.report) if said.report else {}
    whole = bill(source, hashes, int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    write(whole, said.output)
    print(f"Bill of {len(whole['components'])} components: {said.output}")


if __name__ == "__main__":
    main()
