# Every target sets up what it needs first. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup setup-demo demo check test translations walk coverage torture torture-server faults fuzz deploy-check bench lock lock-windows package package-windows package-test package-compare package-macos package-sums update-key update-manifest release check-workflows clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' Makefile

setup: ## system packages (as root on Debian) and .venv
	@tools/setup.sh test

setup-demo:
	@tools/setup.sh demo

# A display is DISPLAY or WAYLAND_DISPLAY; macOS and Windows always have one.
demo: setup-demo ## the companion server with sample items, and the app signed in to it
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		$(BIN)/store-uploader demo; \
	else \
		$(BIN)/store-uploader demo --headless --photos resources/samples \
			--screenshot demo-data/screenshot.png --json; \
	fi

check: setup ## style, types and import directions
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# By file: what a file's tests share (a server, a window) is set up once. In the folders' order, not
# by the number of tests: the drills, few and long, come first, and no core is idle at the end. One
# process more than there are cores, as many of the tests wait for servers.
PARALLEL := -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: check ## check, and every test, on every core
	$(BIN)/pytest $(PARALLEL)

# Apart: watching every line costs a fifth of the time, and no number of lines is asked for.
coverage: setup ## which lines no test in this process reaches (not those of servers and workers)
	$(BIN)/pytest $(PARALLEL) --cov=uploader --cov-report=term

# SEED=1234 repeats a run's decisions, SEED=1234.5 those of its fifth round alone.
torture: setup ## N kills and N network faults at random (N=1000 SEED=… JOBS=…), then: is it all there?
	@$(BIN)/python tests/faults/torture.py $(or $(N),100) $(SEED) --jobs $(or $(JOBS),3)

torture-server: setup ## PostgreSQL, Redis and workers killed during N uploads (N=1000 WORKERS=100 REDIS=20 POSTGRES=20 SEED=…)
	@$(BIN)/python tests/faults/server_torture.py $(or $(N),1000) $(or $(WORKERS),100) \
		$(or $(REDIS),20) $(or $(POSTGRES),20) $(SEED)

faults: setup ## every drill in full, and docs/faults.md: what came of each fault and what the person sees
	DRILLS=all FAULT_TABLE=docs/faults.md $(BIN)/pytest tests/faults

fuzz: setup ## the server held against its OpenAPI description for long (N=400 SEED=7)
	SCHEMATHESIS_EXAMPLES=$(or $(N),400) SCHEMATHESIS_SEED=$(or $(SEED),7) \
		$(BIN)/pytest tests/integration/contract/test_openapi.py

deploy-check: setup ## every command of docs/deployment.md that can be tried, also those that take long
	DEPLOY_CHECK=full $(BIN)/pytest -rs tests/integration/server/test_deployment.py

bench: setup ## every benchmark in turn
	@set -e; for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python "$$file"; done

translations: setup ## take changed texts over into resources/translations, and make what is loaded
	$(BIN)/python tools/translations.py

walk: setup ## through every window in an invented language and as a screen reader: what is amiss
	@$(BIN)/python tests/gui/walk.py

# The tool that resolves lives in an environment of its own, thrown away afterwards.
lock: setup ## the locks in requirements anew, from pyproject.toml and release.in
	@set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(PYTHON) -m venv "$$place"; \
	"$$place/bin/python" -m pip -q --disable-pip-version-check install pip-tools; \
	compile="$$place/bin/pip-compile -q --strip-extras --allow-unsafe --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header"; \
	$$compile --extra server --extra test -o requirements/dev.txt pyproject.toml; \
	$$compile --extra package -o requirements/package.txt pyproject.toml; \
	$$compile -o requirements/release.txt requirements/release.in

# With an environment of its own (build/venv-package): what it holds goes to people.
package: ## .deb, .rpm and .tar.xz in dist/, on Debian 12 or newer
	@tools/setup.sh package
	@build/venv-package/bin/python -m installer.linux.package
	@build/venv-package/bin/python -m installer.release.sums dist

# Needs root: it makes whole systems, with mounts and processes that nobody else sees.
package-test: setup-demo ## the packages in dist/, tried on bare systems; dist/proof/report.md (PARTS="linux wine")
	@tools/setup.sh package-test
	@$(BIN)/python -m installer.proof $(PARTS)

# In a folder of its own each, the second under another user, at another time, in another language.
package-compare: ## two builds of this commit: byte by byte the same, or what differs (TARGETS="package package-windows")
	@tools/setup.sh package
	@$(PYTHON) -m installer.release.rebuild $(TARGETS)

package-macos: ## .dmg in dist/; on a Mac only
	@PYTHON="$(PYTHON)" sh installer/macos/build.sh

package-sums: ## SHA256SUMS of what is in dist/, and are the bills of materials as CycloneDX wants them
	@tools/setup.sh release
	@build/venv-release/bin/python -m installer.release.validate dist/*.cdx.json
	@build/venv-release/bin/python -m installer.release.sums dist

release: ## version, changes, commit, packages, sums, tag (VERSION=1.2.3 KEYS="FILE…"; DRY=1 shows what it would do)
	@tools/setup.sh release
	@$(PYTHON) -m installer.release.make $(if $(DRY),--dry) "$(VERSION)"

# The private key lies where only those can read it who release; never in this tree.
update-key: setup ## a new key pair for telling of newer versions (FILE=~/keys/updates.pem)
	@$(BIN)/python -m installer.release.manifest key "$(FILE)"

update-manifest: setup ## dist/updates.manifest: what the app is told of this version (KEYS="FILE…" PAGE=https://…)
	@$(BIN)/python -m installer.release.manifest sign $(KEYS) $(if $(PAGE),--page "$(PAGE)")

check-workflows: ## what is wrong with .github/workflows
	@tools/setup.sh release
	@build/venv-release/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@build/venv-release/bin/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	@build/venv-release/bin/zizmor --offline --no-progress --quiet .github
	@WORKFLOW_TOOLS=$(CURDIR)/build/venv-release/workflows node tools/workflows/lint.mjs .github/workflows/*.yml

# Nothing of Windows is needed. What it contains is pinned by hash: requirements/windows*.txt.
package-windows: ## the installer for Windows in dist/, on Debian 12 or newer
	@tools/setup.sh windows
	@tools/setup.sh package
	@build/venv-package/bin/python -m installer.windows.build
	@build/venv-package/bin/python -m installer.release.sums dist

lock-windows: setup ## requirements/windows.txt anew: the wheels, in the versions of requirements/dev.txt
	$(BIN)/python -m installer.windows.lock

clean: ## everything that can be made again
	rm -rf .venv build dist demo-data htmlcov .coverage* *.egg-info \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
