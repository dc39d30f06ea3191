#!/usr/bin/env bash
# Builds the engines for the processor once more, for browsers with relaxed SIMD, which multiply and add in one instruction; any other
# refuses the file. They join those without it under names of their own, and www/worker.js chooses.
#
# Usage: tools/relaxed.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
folder=$1
built=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/web
engines=(trainer-cpu trainer-graph trainer-networks)

cargo build --locked --quiet -p orrery-worker --no-default-features --features cpu "${engines[@]/#/--bin=}" \
  --profile web --target wasm32-unknown-unknown \
  --config 'target.wasm32-unknown-unknown.rustflags=["-C", "target-feature=+relaxed-simd"]'
for engine in "${engines[@]}"; do
  wasm-bindgen --target web --no-typescript --out-dir "$folder" --out-name "$engine-relaxed" "$built/$engine.wasm"
done
