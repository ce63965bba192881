"""Lets requests that wait hear that the server is ending."""

from __future__ import annotations

import threading

stopping = threading.Event()
"""Set once, when the process has been told to end."""
