import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreHeldError
from kg.store.lock import StoreLock

HOLD = """
import sys, time
from pathlib import Path
from kg.store.lock import StoreLock
lock = StoreLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""
FORK = HOLD.replace('print("held", flush=True)', 'import os\nif os.fork():\n    os._exit(0)\nprint("held", flush=True)')


def holder(folder: Path, program: str = HOLD) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_held_store_tells_who_holds_it(tmp_path: Path) -> None:
    process = holder(tmp_path / "store")
    with pytest.raises(StoreHeldError) as error:
        StoreLock(tmp_path / "store", patience=0.1)
    process.kill()
    process.wait()
    who = rf"The store 'store' is held by process {process.pid} \(.*\) since \d\d:\d\d:\d\d; "
    assert re.fullmatch(who + r"wait until it is done, then try again\.", str(error.value))


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    process = holder(tmp_path / "store")
    process.send_signal(signal.SIGKILL)
    process.wait()
    StoreLock(tmp_path / "store", patience=0.1).release()


def test_a_lock_that_only_a_child_of_the_dead_keeps_is_taken_over(tmp_path: Path) -> None:
    process = holder(tmp_path / "store", FORK)
    process.wait()
    StoreLock(tmp_path / "store", patience=1).release()


def test_a_released_lock_is_free_at_once(tmp_path: Path) -> None:
    with StoreLock(tmp_path / "store"):
        pass
    with StoreLock(tmp_path / "store", patience=0):
        assert (tmp_path / "store.lock").exists()


def test_waiting_pays(tmp_path: Path) -> None:
    program = HOLD.replace("time.sleep(60)", "time.sleep(0.5)\nlock.release()\ntime.sleep(60)")
    process = holder(tmp_path / "store", program)
    StoreLock(tmp_path / "store", patience=30).release()
    process.kill()
    process.wait()
