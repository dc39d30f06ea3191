"""The sweep on a cluster of two workers, one of which is killed in the middle: nothing is lost, nothing twice, the same table.

Skipped with a sentence where Dask or lab is not there. ORRERY_LAB names the lab that is tested.
"""

import csv
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

LAB = os.environ.get("ORRERY_LAB", "")
try:
    from distributed import Client, LocalCluster

    from orrery_sweep.cli import main
    from orrery_sweep.journal import Journal
    from orrery_sweep.lab import Lab, LabError, Task
    from orrery_sweep.sweep import drive, run_link

    MISSING = "" if LAB else "ORRERY_LAB does not name a lab"
except ImportError as error:
    MISSING = f"{error}; tools/install.sh dask sets it up"

SPEC = """
from = ["spring", "pendulum"]
seeds = { from = 0, count = 3 }
set = { steps = 200, hidden = 8, trajectories = 10 }
[grid]
lr = [0.001, 0.003]
"""


def table(folder: Path) -> tuple[list[str], list[list[str]]]:
    """Names and rows, without measured times."""
    with open(folder / "results.csv", newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    kept = [at for at, name in enumerate(names) if not re.search(r"(^|\.)(seconds|steps_per_second)$", name)]
    return [names[at] for at in kept], [[row[at] for at in kept] for row in rows]


def links(folder: Path) -> list[str]:
    return [json.loads(line)["link"] for line in (folder / "journal.jsonl").read_text().splitlines()]


@unittest.skipIf(MISSING, MISSING)
class OnACluster(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.spec = self.folder / "sweep.toml"
        self.spec.write_text(SPEC)

    def alone(self) -> Path:
        """The same sweep on one machine, by lab alone."""
        out = self.folder / "alone"
        subprocess.run([LAB, "sweep", self.spec, "--out", out], check=True, capture_output=True)
        return out

    def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(self) -> None:
        out, lab = self.folder / "cluster", Lab.find()
        tasks = lab.plan(self.spec, out)
        self.assertEqual(len(tasks), 12)
        killed = None
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            pids = client.run(os.getpid)
            with Journal(out) as journal:
                for outcome in drive(client, tasks, run_link, (None, lab.version), lab.version):
                    journal.add(outcome.line)
                    self.assertFalse(outcome.failed, outcome.line)
                    if killed is None:
                        busy = [worker for worker, held in client.processing().items() if held]
                        killed = busy[0]
                        os.kill(pids[killed], signal.SIGKILL)
            self.assertNotIn(pids[killed], client.run(os.getpid).values())
        self.assertEqual(sorted(links(out)), sorted(task.link for task in tasks))
        self.assertEqual(lab.plan(self.spec, out), [])
        lab.gather(self.spec, out)
        self.assertEqual(table(out), table(self.alone()))
        self.assertEqual((out / "results.parquet").read_bytes()[:4], b"PAR1")

    def test_the_command_goes_on_from_where_it_stopped(self) -> None:
        out, lab = self.folder / "results", Lab.find()
        first, *others = lab.plan(self.spec, out)
        with Journal(out) as journal:
            journal.add(lab.run(first.link))
            # Cut off in the middle of a line.
            journal._write(b'{"link":"#v=1')
        # Counts what is run.
        log = self.folder / "log"
        counting = self.folder / "lab"
        counting.write_text(f'#!/bin/sh\n[ "$1" = run ] && echo "$2" >> {log}\nexec {LAB} "$@"\n')
        counting.chmod(0o755)
        self.assertEqual(main([str(self.spec), "--out", str(out), "--workers", "2", "--lab", str(counting)]), 0)
        self.assertEqual(sorted(log.read_text().splitlines()), sorted(task.link for task in others))
        self.assertEqual(len(table(out)[1]), 12)
        self.assertEqual(main([str(self.spec), "--out", str(out), "--lab", str(counting)]), 0)
        self.assertEqual(len(log.read_text().splitlines()), 11)

    def test_what_fails_is_a_row_with_its_sentence(self) -> None:
        with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            lab = Lab.find()
            tasks = [Task(0, "#v=1&preset=spring&lr=NaN"), Task(1, "#v=1&preset=spring&steps=5&hidden=8")]
            found = {found.task.run: found for found in drive(client, tasks, run_link, (None, lab.version), lab.version)}
            self.assertEqual([found[0].failed, found[1].failed], [True, False])
            self.assertIn("lr", json.loads(found[0].line)["error"])
            with self.assertRaises(LabError):
                list(drive(client, tasks[1:], run_link, (None, "0.0.0"), "0.0.0"))

    def test_two_sweeps_do_not_write_to_one_folder(self) -> None:
        with Journal(self.folder / "results"):
            begun = time.monotonic()
            self.assertEqual(main([str(self.spec), "--out", str(self.folder / "results"), "--workers", "1"]), 2)
            self.assertLess(time.monotonic() - begun, 60)
            other = subprocess.run(
                [LAB, "sweep", self.spec, "--out", self.folder / "results"], capture_output=True, text=True, check=False
            )
            self.assertEqual(other.returncode, 2)
            self.assertIn("Another sweep", other.stderr)


if __name__ == "__main__":
    unittest.main()
