"""The deployment page's commands do what it says.

`make deploy-check` also runs those that take long: an environment of its own, and what the
container file does.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import uuid
from contextlib import contextmanager

import pytest
import requests
import services
import trustme
from deployment import PAGE, ROOT, Sandbox, block, blocks
from store_process import Companion, alive, children, until

MARKS = ("tried", "tried in the background", "tried with PostgreSQL", "in full")
PASSWORD = "a-harbour-by-night"
KEY = "prometheus-may-see-this"
FULL = os.environ.get("DEPLOY_CHECK") == "full"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """The machine of the page, as far as its own folders and its account's commands go."""
    folder = tmp_path_factory.mktemp("machine")
    sandbox = Sandbox(folder, {"ADMIN_PASSWORD": PASSWORD, "BACKUP": str(folder / "backup")})
    web, tls = free_port(), free_port()
    (folder / "etc").mkdir()
    settings = (ROOT / "installer/server/store.env").read_text()
    settings = settings.replace("https://shop.example", f"https://localhost:{tls}")
    settings = settings.replace("#STORE_METRICS_TOKEN=", f"STORE_METRICS_TOKEN={KEY}")
    settings = settings.replace("8000", str(web)).replace("shop.example", "localhost")
    (folder / "etc/store.env").write_text(sandbox.moved(settings))
    shutil.copytree(ROOT / "installer/server", folder / "installer/server")
    for unit in (folder / "installer/server").iterdir():
        unit.write_text(sandbox.moved(unit.read_text()))
    site = folder / "installer/server/nginx.conf"
    text = site.read_text().replace("8000", str(web)).replace("shop.example", "localhost")
    text = text.replace("443 ssl", f"127.0.0.1:{tls} ssl").replace("80;", f"{free_port()};", 1)
    site.write_text(text)
    sandbox.variables |= {"WEB_PORT": str(web), "TLS_PORT": str(tls)}
    return sandbox


@pytest.fixture(scope="module")
def prepared(machine):
    """Give what the commands before the first start say."""
    return machine.run(block("On a Debian machine"))


@pytest.fixture(scope="module")
def started(machine, prepared):
    """Run `honcho start` as the page says, with the machine's settings."""
    app = machine.folder / "app"
    app.mkdir()
    shutil.copy(ROOT / "Procfile", app)
    sample = (ROOT / ".env.example").read_text()
    sample = sample.replace("8000", machine.variables["WEB_PORT"])
    (app / ".env.example").write_text(sample.replace("=store-data", f"={machine.data}"))
    commands = "set -a; . /etc/store-uploader/store.env; set +a\n" + block(
        "With a Procfile", "tried in the background"
    ).replace("honcho start", "exec honcho start")
    log = machine.folder / "honcho.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["bash", "-euc", machine.moved(commands)], cwd=app, env=machine.environment,
            stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
    direct = f"http://127.0.0.1:{machine.variables['WEB_PORT']}"
    try:
        until(lambda: answers(f"{direct}/readyz"), "the web process", 60)
        yield direct
    finally:
        family = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        until(lambda: not [pid for pid in family if alive(pid)], "the end of all")
    assert len(family) >= 7, "gunicorn with its two, and five workers"


def answers(address, authority=None):
    try:
        return requests.get(address, timeout=5, verify=authority or True).ok
    except requests.RequestException:
        return False


def descendants(pid):
    return [pid, *(other for child in children(pid) for other in descendants(child))]


@pytest.fixture(scope="module")
def proxied(machine, started):
    """Give the address of nginx with the page's site, and the authority of its certificate."""
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip("nginx isn't here")
    folder = machine.folder
    authority, tls = trustme.CA(), folder / "tls"
    tls.mkdir()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    certificate.private_key_pem.write_to_path(tls / "privkey.pem")
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(tls / "fullchain.pem", append=bool(number))
    authority.cert_pem.write_to_path(tls / "authority.pem")
    (folder / "nginx.d").mkdir()
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in
        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )  # fmt: skip
    user = "user root;" if os.getuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/nginx.d/*.conf; }}\n"
    )
    machine.run(block("nginx with TLS").replace("nginx -t", f"nginx -t -c {main}"))
    process = subprocess.Popen(
        ["nginx", "-c", str(main)], env=machine.environment, stderr=subprocess.DEVNULL
    )
    url = f"https://localhost:{machine.variables['TLS_PORT']}"
    try:
        until(lambda: answers(f"{url}/healthz", str(tls / "authority.pem")), "nginx", 20)
        yield url, str(tls / "authority.pem")
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


def test_every_command_of_the_page_says_whether_it_is_tried():
    for one in blocks():
        assert one.marks in MARKS or one.marks.startswith(("not tried: ", "by hand: ")), one
    assert "```sh" in PAGE.read_text()


def test_the_settings_have_no_hole(prepared):
    assert "System check identified no issues (0 silenced)." in prepared
    assert "you@shop.example is an admin now" in prepared


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze isn't here")
def test_the_units_are_well(machine):
    assert machine.run(block("systemd")) == ""


def test_the_store_can_be_watched(machine, proxied):
    url, authority = proxied
    variables = {"SHOP": url, "CURL_CA_BUNDLE": authority, "STORE_METRICS_TOKEN": KEY}
    log = str(machine.folder / "honcho.log")
    # The last of the commands looks into the log, which honcho passes on a moment after the answer.
    waits = 'for _ in $(seq 500); do grep -qF "$name" "$LOG" && break; sleep 0.02; done'
    patient = block("Watching it").replace("\ngrep -F", f"\n{waits}\ngrep -F")
    watched = machine.run(patient, LOG=log, **variables)
    assert watched.startswith("ok\n")
    assert '"ready": true' in watched
    assert 'store_ready{check="queue"} 1.0' in watched
    assert 'store_requests_total{method="GET",route="/healthz",status="200"}' in watched
    assert '"route": "/healthz"' in watched.splitlines()[-1]


def encoded(values):
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in values.items())


class Shop:
    """An admin at an address, directly or through nginx."""

    def __init__(self, url, headers, verify, email="you@shop.example"):
        self.session = requests.Session()
        self.session.trust_env = False  # or REQUESTS_CA_BUNDLE goes before `verify`
        self.session.headers.update(headers)
        self.session.verify = verify
        self.url = url
        form = {"email": email, "password": PASSWORD, "device": "x"}
        answer = self.session.post(f"{url}/api/v1/sign-in", json=form, timeout=30)
        assert answer.status_code == 201, answer.text
        token = answer.json()["token"]
        self.session.headers["Authorization"] = f"Bearer {token}"

    def live(self, data):
        sent = {
            "Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Metadata": encoded({"reference": str(uuid.uuid4()), "item_title": "Lamp"}),
        }  # fmt: skip
        address = f"{self.url}/api/v1"
        answer = self.session.post(f"{address}/uploads", data=data, headers=sent, timeout=60)
        assert answer.status_code == 201, answer.text
        image, cursor = (answer.headers[f"Store-{name}"] for name in ("Image", "Cursor"))

        def over():
            self.session.get(f"{address}/images?changed_since={cursor}&wait=10", timeout=60)
            told = self.session.get(f"{address}/images/{image}", timeout=60).json()
            return told if told["state"] != "processing" else None

        told = until(over, "the image is live", 60)
        assert told["state"] == "live", told
        return told


def test_a_photo_goes_through_the_proxy(proxied, photo):
    url, authority = proxied
    shop = Shop(url, {}, authority)
    data = photo(2400, 1800, quality=95)
    told = shop.live(data)
    assert told["urls"]["original"].startswith(f"{url}/media/")
    answer = shop.session.get(told["urls"]["original"], timeout=30)
    assert (answer.content, "X-Request-ID" in answer.headers) == (data, True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert shop.session.get(f"{url}/readyz", timeout=30).status_code == 200
    assert requests.get(f"{url}/metrics", timeout=30, verify=authority).status_code == 404
    big = shop.session.patch(f"{url}/x", data=b"x" * 53_500_000, timeout=60)
    assert big.status_code == 413


def test_a_back_up_brings_the_same_photos_back(machine, started, photo, tmp_path):
    data = photo()
    shop = Shop(started, {"X-Forwarded-Proto": "https"}, True)
    told = shop.live(data)
    restored = tmp_path / "restored"
    settings = {"STORE_DATA": str(machine.data), "STORAGE_URL": f"file://{machine.data}/media"}
    # The night before, a full disk cut its copy off: shorter than it is, and newer.
    half = machine.folder / "backup/media" / told["urls"]["original"].partition("/media/")[2]
    half.parent.mkdir(parents=True)
    half.write_bytes(data[:100])
    back_up, restore = commands_of("Back-up and restore")
    machine.run(back_up, **settings)
    later = sent_later(shop, photo(), machine.data)
    machine.run(restore, RESTORED=str(restored), **settings)
    shutil.rmtree(machine.folder / "backup")
    assert shop.session.get(local(later, started), timeout=30).ok
    assert (restored.stat().st_mode & 0o777, (restored / "uploads").exists()) == (0o700, False)
    with served(restored) as url:
        again = Shop(url, {}, True)
        there = again.session.get(f"{url}/api/v1/images/{told['id']}", timeout=30).json()
        assert (there["sha256"], there["state"]) == (told["sha256"], "live")
        for style, address in told["urls"].items():
            before = shop.session.get(local(address, started), timeout=30)
            after = requests.get(local(address, url), timeout=30)
            assert (style, after.content) == (style, before.content)
        assert requests.get(there["urls"]["original"], timeout=30).content == data


def sent_later(shop, data, folder):
    """Send a photo after the back-up and let hours pass; give its original's address."""
    told = shop.live(data)
    for path in (folder / "media").rglob("*"):
        os.utime(path, (0, 0))
    return told["urls"]["original"]


def local(address, url):
    return f"{url}/media/{address.partition('/media/')[2]}"


def commands_of(heading, marks="tried"):
    return [one.lines for one in blocks() if (one.heading, one.marks) == (heading, marks)]


@contextmanager
def served(data, **environment):
    """Serve a folder as it is."""
    data.rename(data.parent / "data")
    store = Companion(data.parent / "data", environment, 0)
    store.start()
    try:
        yield store.url
    finally:
        store.stop()


@pytest.fixture
def databases(tmp_path):
    """Give the addresses of three databases of a PostgreSQL: the store's, and two empty ones."""
    with services.running(services.Postgres) as server:
        empty = [f"{server.url.removesuffix('/postgres')}/{name}" for name in ("two", "three")]
        for url in empty:
            name = url.rpartition("/")[2]
            create = ["psql", "-q", "-d", server.url, "-c", f"CREATE DATABASE {name}"]
            subprocess.run(create, check=True)
        yield server.url, *empty


def test_a_back_up_of_postgresql_brings_the_same_photos_back(
    machine, databases, photo, tmp_path, companion_of
):
    store_url, restored_url, moved_url = databases
    data, backup, restored = photo(), tmp_path / "backup", tmp_path / "copy" / "restored"
    restored.parent.mkdir()
    variables = {
        "DATABASE_URL": store_url, "RESTORED_DATABASE_URL": restored_url,
        "MOVED_DATABASE_URL": moved_url, "BACKUP": str(backup), "RESTORED": str(restored),
    }  # fmt: skip
    pictures, _ = commands_of("Back-up and restore")
    pictures = "".join(line for line in pictures.splitlines(True) if "sqlite3" not in line)
    dump, restore = commands_of("Back-up and restore", "tried with PostgreSQL")
    with companion_of(tmp_path, DATABASE_URL=store_url) as store:
        shop = Shop(store.url, {}, True, store.admin[0])
        told = shop.live(data)
        variables["STORE_DATA"] = str(store.data)
        machine.run(pictures + dump, **variables)
        later = sent_later(shop, photo(), store.data)
        machine.run(restore, **variables)
        assert requests.get(later, timeout=30).ok
        with served(restored, DATABASE_URL=restored_url) as url:
            again = Shop(url, {}, True, store.admin[0])
            there = again.session.get(f"{url}/api/v1/images/{told['id']}", timeout=30).json()
            assert (there["sha256"], there["state"]) == (told["sha256"], "live")
            assert requests.get(there["urls"]["original"], timeout=30).content == data
    # And from the embedded database to this one.
    (tmp_path / "lite").mkdir()
    with companion_of(tmp_path / "lite") as store:
        told = Shop(store.url, {}, True, store.admin[0]).live(data)
        store.stop()
        variables |= {"STORE_DATA": str(store.data), "DATABASE_URL": ""}
        machine.run(block("From SQLite to PostgreSQL", "tried with PostgreSQL"), **variables)
        store.environment["DATABASE_URL"] = moved_url
        store.start()
        again = Shop(store.url, {}, True, store.admin[0])
        there = again.session.get(f"{store.url}/api/v1/images/{told['id']}", timeout=30).json()
        assert requests.get(there["urls"]["original"], timeout=30).content == data
        # Numbers go on where they were.
        assert int(again.live(photo())["id"]) > int(told["id"])


slow = pytest.mark.skipif(not FULL, reason="takes minutes and the network: make deploy-check")


def fresh(folder):
    """Make an environment of Python's own, with nothing in it; give the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin"


def copied(folder):
    """Copy what git has: what an installation is made of."""
    names = ("pyproject.toml", "README.md", "LICENSE", "uploader", "resources")
    listed = subprocess.run(
        ["git", "ls-files", "-z", *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


@slow
def test_the_package_installs_into_an_environment_of_its_own(machine, tmp_path):
    opt = tmp_path / "opt"
    commands = block("On a Debian machine", "in full") + block("Upgrade", "in full")
    commands = commands.replace("/opt/store-uploader", str(opt))
    copied(tmp_path / "src")
    machine.run(commands, tmp_path / "src", STORE_DATA=str(tmp_path / "data"))
    assert (tmp_path / "data/store.sqlite3").exists()


@slow
def test_the_container_file_s_steps_make_a_server_that_is_healthy(machine, tmp_path):
    """Without a container: its steps in an environment and folders of their own."""
    text = (ROOT / "installer/server/Containerfile").read_text().replace("\\\n", " ")
    steps = dict(enumerate(line.split(" ", 1) for line in text.splitlines() if line[:1].isupper()))
    src, programs = tmp_path / "src", fresh(tmp_path / "venv")
    copied(src)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    for command in (rest for word, rest in steps.values() if word == "RUN"):
        here = command.partition("&& useradd")[0].replace("/src", str(src))
        machine.run(here, PATH=path)
    assert not list((tmp_path / "venv").rglob("PySide6"))
    (command,) = [json.loads(rest) for word, rest in steps.values() if word == "CMD"]
    (health,) = [rest for word, rest in steps.values() if word == "HEALTHCHECK"]
    environment = {
        "PATH": path, "HOST": "127.0.0.1", "PORT": str(free_port()),
        "STORE_DATA": str(tmp_path / "data"), "STORE_LOG_FORMAT": "json",
    }  # fmt: skip
    process = subprocess.Popen(command, env=environment, cwd=tmp_path)
    try:
        until(lambda: answers(f"http://127.0.0.1:{environment['PORT']}/readyz"), "ready", 60)
        ask = json.loads(health.removeprefix("CMD "))
        subprocess.run(ask, env=environment, check=True)
    finally:
        process.terminate()
        assert process.wait(60) == 0
