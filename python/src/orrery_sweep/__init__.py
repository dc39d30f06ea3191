"""Sweeps of Orrery's experiments on a Dask cluster: the same table as ``lab sweep`` writes on one machine."""

from orrery_sweep.lab import Lab, LabError, Task
from orrery_sweep.sweep import Outcome, drive

__all__ = ["Lab", "LabError", "Outcome", "Task", "drive"]
