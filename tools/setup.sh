#!/bin/sh
# Set-up for `make`: tools/setup.sh GROUP. Does only what is missing: the group's system packages,
# and for demo and test .venv, for package build/venv-package, for release build/venv-release. Other
# groups have system packages alone.
set -eu
cd "$(dirname "$0")/.."
group=${1:-test}
python=${PYTHON:-python3}
venv=.venv lock=requirements/dev.txt
case $group in
demo | test) ;;
package)
    venv=build/venv-package lock=requirements/package.txt
    # On Linux the system's own Python goes into the packages, whichever else comes first here.
    [ "$(uname -s)" != Linux ] || [ ! -x /usr/bin/python3 ] || python=${PACKAGE_PYTHON:-/usr/bin/python3}
    ;;
release) venv=build/venv-release lock=requirements/release.txt ;;
*) venv= ;;
esac

wanted=$(awk -v group="$group" '/^[^#]/ && ($1 == "demo" || $1 == group) { print $2 }' tools/apt.txt)
if command -v dpkg-query >/dev/null; then
    missing=
    for package in $wanted; do
        # A program that is there, wherever it came from, needs no package of its name.
        case $package in nodejs | npm) command -v "$package" >/dev/null && continue ;; esac
        # A newer Debian's 64-bit-time packages carry the same name with t64.
        for name in "$package" "${package}t64"; do
            dpkg-query -W -f '${db:Status-Abbrev}\n' "$name" 2>/dev/null | grep -q '^ii' && continue 2
        done
        missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -q </dev/null
            # shellcheck disable=SC2086
            apt-get install -q -y --no-install-recommends $missing </dev/null
        else
            echo "These system packages are missing:$missing" >&2
            echo "Install them with: sudo apt-get install$missing" >&2
            exit 1
        fi
    fi
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed. Name one with: make PYTHON=/path/to/python3" >&2
    exit 1
}

[ -n "$venv" ] || exit 0
# Set up again only where the lock or the project's own metadata changed, or the tree moved.
stamp=$venv/.set-up
state=$({ pwd; cat "$lock" pyproject.toml uploader/__init__.py; } | cksum)
if ! { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && "$venv/bin/python" -c '' 2>/dev/null; }; then
    # What is packed comes from an environment that held nothing else before.
    [ "$group" != package ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 ||
        "$python" -m venv --clear "$venv"
    pip="$venv/bin/python -m pip --disable-pip-version-check install -q"
    # The lock is the whole of it. With dependencies, Debian's pip would resolve once more, and a
    # newer release of what is asked for with extras (coverage[toml]) would stop it.
    # What came of which file is for the bill of materials.
    $pip --no-deps --require-hashes --report "$venv/wheels.json" -r "$lock" </dev/null
    # The tools of a release know nothing of the program.
    [ "$group" = release ] || $pip --no-deps --no-build-isolation -e . </dev/null
    "$venv/bin/python" -m pip --disable-pip-version-check check >&2
    echo "$state" >"$stamp"
fi

# Programs of others for Node: a tus client and server for the tests, a reader of workflows.
case $group in
test) modules=tests/peers to=.venv/peers ;;
release) modules=tools/workflows to=build/venv-release/workflows ;;
*) exit 0 ;;
esac
state=$(cat "$modules/package.json" "$modules/package-lock.json" | cksum)
if ! { [ -f "$to/.set-up" ] && [ "$(cat "$to/.set-up")" = "$state" ]; }; then
    mkdir -p "$to"
    cp "$modules/package.json" "$modules/package-lock.json" "$to"
    npm ci --prefix "$to" --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
    echo "$state" >"$to/.set-up"
fi
