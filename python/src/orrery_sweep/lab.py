"""The command line ``lab``: what it plans, runs and writes.

A run is the text that ``lab run LINK --json`` prints. It is never taken apart here, so that no number is written anew.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


class LabError(Exception):
    """``lab`` was not found, or refused with a sentence."""


class RunDied(Exception):
    """The process of a run ended without a sentence: killed, out of memory. It may go better on another worker."""


@dataclass(frozen=True)
class Task:
    """One run that is still to be done: its number in the table, and the link that is run."""

    run: int
    link: str


@dataclass(frozen=True)
class Lab:
    """A ``lab`` on this machine."""

    path: str

    @classmethod
    def find(cls, path: str | None = None) -> "Lab":
        """The one at ``path``, named by ORRERY_LAB, beside this Python (where its wheel puts it) or on the PATH."""
        beside = Path(sys.executable).with_name("lab")
        for place in (path, os.environ.get("ORRERY_LAB"), str(beside) if beside.exists() else None, shutil.which("lab")):
            if place:
                if shutil.which(place) is None:
                    raise LabError(f"“{place}” is no program that can be run.")
                return cls(place)
        raise LabError("The program lab was not found: install the wheel of orrery-sweep, or set ORRERY_LAB to its path.")

    @property
    def version(self) -> str:
        """Its version, as rows of the table have it."""
        return _version(self.path)

    def plan(self, spec: Path, out: Path) -> list[Task]:
        """The runs of a sweep that its results have not yet."""
        lines = self._say("sweep", str(spec), "--out", str(out), "--plan").splitlines()
        return [Task(**json.loads(line)) for line in lines]

    def gather(self, spec: Path, out: Path, again: bool = False) -> str:
        """Writes the tables of what was run, and gives back what lab says of them. With ``again`` failed runs are forgotten first."""
        return self._say("sweep", str(spec), "--out", str(out), "--gather", *(["--again"] if again else []))

    def run(self, link: str) -> str:
        """Carries out a run on one core: the line that the journal keeps.

        A run that ``lab`` refuses is a line with its sentence; one whose process died raises :class:`RunDied`.
        """
        done = subprocess.run(
            [self.path, "run", link, "--json", "--jobs", "1"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
        )
        if done.returncode == 0:
            return entry(link, self.version, report=done.stdout.strip())
        said = [line for line in done.stderr.splitlines() if line.strip()]
        sentence = said[-1] if said else f"Its process ended with status {done.returncode}."
        if done.returncode != 2:
            raise RunDied(sentence)
        return entry(link, self.version, error=sentence)

    def _say(self, *arguments: str) -> str:
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode != 0:
            raise LabError(done.stderr.strip() or f"lab ended with status {done.returncode}.")
        return done.stdout


def entry(link: str, version: str, report: str | None = None, error: str | None = None) -> str:
    """A line of the journal; ``report`` is JSON and is put in as it is."""
    name, value = ("report", report) if error is None else ("error", json.dumps(error, ensure_ascii=False))
    return f'{{"link":{json.dumps(link, ensure_ascii=False)},"version":{json.dumps(version)},"{name}":{value}}}'


@functools.lru_cache(maxsize=None)
def _version(path: str) -> str:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise LabError(f"“{path}” does not say its version: {error}.") from error
    return said.split()[-1]
