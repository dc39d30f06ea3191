"""Tasks on a Dask cluster: submitted a window at a time, tried again where a worker is lost, each kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, repeat

from distributed import Client, KilledWorker, as_completed

from orrery_sweep.lab import Lab, LabError, RunDied, Task, entry

#: Times that a task whose process died is begun again, on whichever worker. Lost workers are counted by Dask itself
#: (``distributed.scheduler.allowed-failures``, 3).
RETRIES = 2
#: Tasks that the scheduler knows at a time, at least: a sweep of any length takes the same memory there.
WINDOW = 1000


@dataclass(frozen=True)
class Outcome:
    """A task that ended, and the line that the journal keeps of it."""

    task: Task
    line: str
    failed: bool


def run_link(link: str, lab: str | None, version: str) -> str:
    """What a worker does: runs a link by its own ``lab``, which has to be of the same version."""
    own = Lab.find(lab)
    if own.version != version:
        raise LabError(f"This worker has lab {own.version}; the sweep is of {version}.")
    return own.run(link)


def drive(
    client: Client,
    tasks: Iterable[Task],
    run: Callable[..., str],
    arguments: tuple = (),
    version: str = "",
    window: int = WINDOW,
) -> Iterator[Outcome]:
    """Carries out ``run(link, *arguments)`` for every task; yields each once, as they end.

    A task is known to the scheduler by its link. What fails for good is an outcome with the sentence why;
    a worker without ``lab``, or with another version of it, ends the sweep with :class:`LabError`.
    """
    waiting = iter(tasks)
    known: dict[str, Task] = {}
    # Results are fetched many at a time: one by one, a task would cost a journey to the scheduler and back.
    pool = as_completed(with_results=True, raise_errors=False)
    window = max(window, 4 * sum(client.nthreads().values()))

    def submit() -> None:
        fresh = {"orrery-" + hashlib.sha256(task.link.encode()).hexdigest()[:24]: task for task in islice(waiting, window - len(known))}
        fresh = {key: task for key, task in fresh.items() if key not in known}
        if fresh:
            known.update(fresh)
            links = [task.link for task in fresh.values()]
            more = [repeat(argument, len(links)) for argument in arguments]
            pool.update(client.map(run, links, *map(list, more), key=list(fresh), retries=RETRIES))

    submit()
    for batch in pool.batches():
        for future, result in batch:
            task = known.pop(future.key)
            if future.status == "finished":
                yield Outcome(task, result, failed='"error":' in result.split('"report":', 1)[0])
            else:
                error = result[1] if isinstance(result, tuple) else result
                yield Outcome(task, entry(task.link, version, error=_sentence(error)), failed=True)
            future.release()
        if len(known) <= window // 2:
            submit()


def _sentence(error: BaseException | None) -> str:
    if isinstance(error, LabError):
        raise error
    if isinstance(error, KilledWorker):
        return "Its workers died, several times."
    if isinstance(error, RunDied):
        return str(error)
    return f"{type(error).__name__}: {error}"
