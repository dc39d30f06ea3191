"""``orrery-sweep SPEC``: the sweep of ``lab sweep SPEC`` on a Dask cluster."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from distributed import Client, LocalCluster

from orrery_sweep.journal import Journal
from orrery_sweep.lab import Lab, LabError
from orrery_sweep.sweep import drive, run_link


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0, or 2 after one sentence."""
    asked = _parser().parse_args(arguments)
    try:
        return _sweep(asked)
    except (LabError, RuntimeError, OSError, TimeoutError) as error:
        print(f"{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="orrery-sweep", description=__doc__)
    parser.add_argument("spec", type=Path, metavar="SPEC", help="what to run, as TOML (docs/sweeps.md)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler, tcp://host:8786; workers on this machine if left out")
    parser.add_argument("--scheduler-file", metavar="FILE", help="that a Dask scheduler wrote, on a file system that is shared")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="of the results; SPEC with the ending .results if left out")
    parser.add_argument("--workers", type=int, metavar="NUMBER", help="on this machine, where no scheduler is named; one a core if left out")
    parser.add_argument("--lab", metavar="PATH", help="of lab on the workers; found by itself if left out")
    parser.add_argument("--again", action="store_true", help="runs what failed once more")
    return parser


def _sweep(asked: argparse.Namespace) -> int:
    lab = Lab.find(asked.lab if asked.scheduler is None and asked.scheduler_file is None else None)
    out = asked.out or asked.spec.with_suffix(".results")
    if asked.again:
        lab.gather(asked.spec, out, again=True)
    tasks = lab.plan(asked.spec, out)
    if tasks:
        with _client(asked) as client, Journal(out) as journal:
            line = Line(len(tasks))
            outcomes = drive(client, tasks, run_link, (asked.lab, lab.version), lab.version)
            for outcome in outcomes:
                journal.add(outcome.line)
                line.show(outcome.failed, len(client.scheduler_info(n_workers=-1)["workers"]))
            line.end()
    print(lab.gather(asked.spec, out), end="")
    return 0


def _client(asked: argparse.Namespace) -> Client:
    if asked.scheduler_file:
        return Client(scheduler_file=asked.scheduler_file)
    if asked.scheduler:
        return Client(asked.scheduler, timeout=30)
    # A thread a worker: a run is a process of its own, which takes one core.
    return Client(LocalCluster(n_workers=asked.workers, threads_per_worker=1, dashboard_address=None))


class Line:
    """How far the sweep is, on a line of the terminal; elsewhere a line every tenth."""

    def __init__(self, count: int):
        self.count, self.done, self.failed, self.begun = count, 0, 0, time.monotonic()

    def show(self, failed: bool, workers: int) -> None:
        """One more run ended."""
        self.done += 1
        self.failed += failed
        rate = self.done / max(time.monotonic() - self.begun, 1e-9)
        left = (self.count - self.done) / rate
        part = 20 * self.done // self.count
        text = (
            f"[{'#' * part}{'.' * (20 - part)}] {self.done}/{self.count} runs, {self.failed} failed, "
            f"{workers} workers, {rate:.2f} runs/s, {left:.0f} s left"
        )
        if sys.stderr.isatty():
            print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)
        elif self.done == self.count or self.done % max(self.count // 10, 1) == 0:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """No more runs."""
        if sys.stderr.isatty():
            print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
