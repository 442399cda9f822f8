"""What the device does in a set: the real script of the committed file, in a fake Live, with the real
daemon as a process of its own. Truth: what the daemon's history holds of a generation.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.daemon import Daemon
from tests.m4l.device import ONE_TRACK, Device, needs_node
from tests.songs import *  # noqa: F403
