"""Is a bill of materials valid CycloneDX 1.6? ``python -m installer.release.validate FILE…``.

Runs where cyclonedx-python-lib is (`requirements/release.txt`), which has the schema.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main() -> None:
    """Say of each file what is wrong with it; end with 1 where something is."""
    if len(sys.argv) < 2:
        sys.exit("Name the bills of materials")
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    wrong = False
    for name in sys.argv[1:]:
        error = validator.validate_str(Path(name).read_text("utf-8"))
        wrong = wrong or error is not None
        print(f"{name}: {error or 'valid CycloneDX 1.6'}")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
