#!/usr/bin/env bash
# Runs the tests of python/ with the optimised lab that was built last; without Dask they say that they are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${XDG_CACHE_HOME:-$HOME/.cache}/orrery/dask/bin/python"
[ -x "$python" ] || python=python3
lab="${CARGO_TARGET_DIR:-$PWD/target}/release/lab"
cd python
ORRERY_LAB="$lab" PYTHONPATH=src "$python" -W ignore -m unittest discover -s tests -v
