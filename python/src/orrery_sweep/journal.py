"""The journal of a sweep: a line a finished run, on disk before the next one is taken. ``lab`` reads it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Journal:
    """The journal of a folder, held by one sweep at a time."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self._file = open(folder / "journal.jsonl", "a+b")  # noqa: SIM115
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise RuntimeError(f"Another sweep is writing to “{folder}”.") from error
        # A line that was cut off is ended, so that the next one is whole; lab passes it over.
        self._file.seek(0, os.SEEK_END)
        if self._file.tell() > 0:
            self._file.seek(-1, os.SEEK_END)
            if self._file.read(1) != b"\n":
                self._write(b"\n")

    def add(self, line: str) -> None:
        """Keeps a run."""
        self._write(line.encode() + b"\n")

    def close(self) -> None:
        """Lets others write."""
        self._file.close()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
