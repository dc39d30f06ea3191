#!/usr/bin/env bash
# Builds twice and compares: tools/reproducible.sh [FOLDER COMMAND...]; by default dist, by make release. A folder of cargo's begins with target/.
#
# Each build is that of a fresh copy of the last commit, at the same place (paths of sources are in what is compiled), with a target folder
# of its own. Prints the SHA-256 of every file, and those that differ; ends with 1 where any does.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
folder=${1:-dist}
shift || true
[ $# -gt 0 ] || set -- make release

work=$(mktemp -d "${TMPDIR:-/tmp}/orrery-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
for build in 1 2; do
  rm -rf "$work/project" "$work/target"
  git clone --quiet --shared "$project" "$work/project"
  printf '== Build %s: %s ==\n' "$build" "$*"
  (cd "$work/project" && CARGO_TARGET_DIR="$work/target" "$@") >"$work/$build.log" 2>&1 || { tail -30 "$work/$build.log"; exit 1; }
  # A folder of the build: in the copy, or in the target folder.
  found=$work/project/$folder
  [ -d "$found" ] || found=$work/$folder
  (cd "$found" && find . -type f -not -name '*.d' -not -path '*/.*' | sort | xargs sha256sum) >"$work/$build.sums"
done
cat "$work/1.sums"
if diff "$work/1.sums" "$work/2.sums" >"$work/differ"; then
  echo "Both builds are the same: $(wc -l <"$work/1.sums") files."
else
  echo "These differ:"
  sed -n 's/^> //p' "$work/differ"
  exit 1
fi
