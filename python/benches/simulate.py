"""What a scheduler takes of many runs: the sweep's own driver with tasks that do nothing, so that all time is Dask's.

    python python/benches/simulate.py 1000 10000 100000

For each number of tasks: seconds, tasks a second, processor time of scheduler and client; then bytes of a task and of its result, and the
largest memory of this process, which holds the scheduler.
"""

import pickle
import resource
import sys
import time

from distributed import Client, LocalCluster

from orrery_sweep.lab import Task, entry
from orrery_sweep.sweep import drive

#: A report of two models has about this many characters.
REPORT = '{"preset":"spring","models":' + '"' + "x" * 800 + '"}'


def nothing(link: str) -> str:
    """A run that takes no time."""
    return entry(link, "0", report=REPORT)


def main(counts: list[int]) -> None:
    """Prints a line for each count."""
    task = "#v=1&preset=spring&seed=100000&lr=0.0012&hidden=48&steps=400"
    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None, silence_logs=40) as cluster, Client(cluster) as client:
        list(drive(client, [Task(n, f"#warm={n}") for n in range(200)], nothing))
        for count in counts:
            tasks = (Task(n, f"{task}&run={count}-{n}") for n in range(count))
            begun, used = time.perf_counter(), time.process_time()
            done = {outcome.task.run for outcome in drive(client, tasks, nothing)}
            seconds = time.perf_counter() - begun
            used = time.process_time() - used
            assert len(done) == count
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{count:>8} tasks {seconds:8.1f} s {count / seconds:8.0f} tasks/s {1e6 * used / count:7.0f} us of processor a task {memory:6.0f} MiB", flush=True)
    print(f"{len(pickle.dumps((nothing, task)))} bytes a task, {len(pickle.dumps(nothing(task)))} bytes a result")


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 10_000])
