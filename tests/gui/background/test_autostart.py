"""Starting with the system, in each system's own way."""

from __future__ import annotations

import plistlib
import re
import sys
from types import SimpleNamespace

import pytest

from uploader.background.autostart import QUIETLY, autostart, start_command
from uploader.background.autostart.mac import LaunchAgent
from uploader.background.autostart.windows import RunKey
from uploader.background.autostart.xdg import DesktopEntry

COMMAND = ["/opt/Store Uploader/app", "--data", '/a "b" 100% $HOME `x` \\', QUIETLY]


def fields_of(file):
    lines = [line for line in file.read_text("utf-8").splitlines() if "=" in line]
    return dict(line.split("=", 1) for line in lines)


def parse_exec(value):
    """As the specification has it: first any text's escapes, then the words', then the codes."""
    text = value.replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]


def test_a_desktop_entry_says_the_very_command(tmp_path):
    entry = DesktopEntry(COMMAND, tmp_path / "autostart")
    assert not entry.is_on()
    entry.turn(True)
    [file] = (tmp_path / "autostart").iterdir()
    assert parse_exec(fields_of(file)["Exec"]) == COMMAND
    assert entry.is_on()
    entry.turn(False)
    entry.turn(False)
    assert (entry.is_on(), file.exists()) == (False, False)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_turned_off_is_off(tmp_path, line):
    entry = DesktopEntry(COMMAND, tmp_path)
    entry.turn(True)
    [file] = tmp_path.iterdir()
    file.write_text(file.read_text() + line + "\n")
    assert not entry.is_on()
    entry.turn(True)
    assert entry.is_on()


def test_the_desktop_entry_is_valid(tmp_path):
    import shutil
    import subprocess

    DesktopEntry(COMMAND, tmp_path).turn(True)
    [file] = tmp_path.iterdir()
    if tool := shutil.which("desktop-file-validate"):
        done = subprocess.run([tool, str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_a_launch_agent(tmp_path):
    agent = LaunchAgent(COMMAND, tmp_path / "LaunchAgents")
    agent.turn(True)
    [file] = (tmp_path / "LaunchAgents").iterdir()
    said = plistlib.loads(file.read_bytes())
    assert (said["ProgramArguments"], said["RunAtLoad"]) == (COMMAND, True)
    assert agent.is_on()
    agent.turn(False)
    agent.turn(False)
    assert not agent.is_on()


class Registry:
    """What of winreg is used, in memory."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self):
        self.values = {}

    def OpenKey(self, root, path):
        assert root == "HKCU"
        assert path.endswith(r"CurrentVersion\Run")
        return self

    CreateKey = OpenKey

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def QueryValueEx(self, _key, name):
        if name not in self.values:
            raise FileNotFoundError
        return self.values[name], 1

    def SetValueEx(self, _key, name, _zero, _kind, value):
        self.values[name] = value

    def DeleteValue(self, _key, name):
        if self.values.pop(name, None) is None:
            raise FileNotFoundError


def test_a_run_key():
    registry = Registry()
    key = RunKey([r"C:\Program Files\Store Uploader\app.exe", QUIETLY], registry)
    assert not key.is_on()
    key.turn(True)
    line = r'"C:\Program Files\Store Uploader\app.exe" --background'
    assert registry.values == {"Store Uploader": line}
    assert key.is_on()
    key.turn(False)
    key.turn(False)
    assert not key.is_on()


def test_the_command_starts_this_very_program(tmp_path, monkeypatch):
    monkeypatch.setenv("STORE_UPLOADER_DATA", str(tmp_path / "own"))
    own = (tmp_path / "own").resolve()
    assert start_command(own) == [sys.executable, "-m", "uploader", QUIETLY]
    assert start_command(tmp_path)[-3:] == ["--data", str(tmp_path), QUIETLY]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command(own) == [sys.executable, QUIETLY]
    monkeypatch.setenv("APPIMAGE", "/people/ines/Store.AppImage")
    assert start_command(own) == ["/people/ines/Store.AppImage", QUIETLY]


def test_the_setting_goes_to_the_system(tmp_path, monkeypatch, qapp):
    from uploader.background.control import Control
    from uploader.background.settings import Settings
    from uploader.outbox import Outbox

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    told, said = [], []
    signals = SimpleNamespace(
        autostart_changed=SimpleNamespace(emit=told.append),
        noticed=SimpleNamespace(emit=lambda notice: said.append(notice.text)),
    )
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    control = Control(outbox, Settings(tmp_path), signals)
    control.tell_autostart()
    control.tell_autostart(True)
    assert autostart(tmp_path).is_on()
    control.tell_autostart(False)
    assert (told, said) == ([False, True, False], [])
    (tmp_path / "config" / "autostart").rmdir()
    (tmp_path / "config" / "autostart").write_text("in the way")
    control.tell_autostart(True)
    assert told[-1] is False
    assert said == ["The system didn’t take the setting"]
    outbox.close()
