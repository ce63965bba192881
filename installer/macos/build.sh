#!/bin/sh
# make package-macos. Says at once where it can't be done, before anything is set up.
set -eu
cd "$(dirname "$0")/../.."
if [ "$(uname -s)" != Darwin ]; then
    echo "make package-macos needs a Mac: what it packs is taken from the system it runs on." >&2
    exit 1
fi
tools/setup.sh package
python=build/venv-package/bin/python
$python -m pip --disable-pip-version-check install -q --no-deps --require-hashes -r requirements/macos.txt
exec $python -m installer.macos.package
