#!/usr/bin/env bash
# Serves the page as soon as it can be looked at, and builds the engine for the graphics card, which takes longest, after that.
#
# Usage: tools/serve.sh PORT
set -euo pipefail
cd "$(dirname "$0")/.."
port=$1
built=target/gpu-engine

# The page without that engine: Trunk would build it before it serves anything.
sed '/data-bin="trainer-gpu"/,+1d' www/index.html >www/first.html

# Once the page is served, the engine joins it; hooks put it back whenever Trunk has built the page anew.
engine() {
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/"; do sleep 1; done
  printf '\n== The page is at http://127.0.0.1:%s/; now building the engine for the graphics card ==\n' "$port"
  cargo build --locked --quiet -p orrery-worker --bin trainer-gpu --no-default-features --features gpu --profile web --target wasm32-unknown-unknown
  mkdir -p "$built"
  wasm-bindgen --target web --no-typescript --out-dir "$built" target/wasm32-unknown-unknown/web/trainer-gpu.wasm
  cp "$built"/trainer-gpu* dist/
  printf '\n== The engine for the graphics card is there too: reload the page ==\n'
}
engine &
trap 'kill $! 2>/dev/null || true; rm -f www/first.html' EXIT
trunk serve --port "$port" www/first.html
