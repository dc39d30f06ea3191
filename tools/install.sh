#!/usr/bin/env bash
# Installs what is named and missing: wasm, trunk, wasm-bindgen, wasm-split, node, chromium, firefox, ffmpeg,
# python, dask, cargo-deny. Says what it does; does nothing twice.
#
# Everything comes from package registries (crates.io, Debian, PyPI), at a fixed version where the version matters.
set -euo pipefail
cd "$(dirname "$0")/.."

TRUNK=0.21.14
SPLIT=0.2.4
DENY=0.20.2
# The tool has to be of the version that the project is built with.
BINDGEN=$(grep -A1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')

# Tools that run for a moment need no full optimisation, and are built in two thirds of the time.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

say() { printf '   %s\n' "$*"; }

need() {
  printf '%s\n' "$*" >&2
  exit 1
}

by_apt() {
  command -v apt-get >/dev/null || return 1
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    sudo=(sudo -n)
  fi
  "${sudo[@]}" apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
    { "${sudo[@]}" apt-get update >/dev/null && "${sudo[@]}" apt-get install -y --no-install-recommends "$@" >/dev/null; }
}

install_wasm() {
  command -v rustup >/dev/null || need "Please install rustup (https://rustup.rs) and run this again."
  # Asking for the toolchain by name works where automatic installation is switched off.
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  rustup toolchain list | grep -q "^$channel" || { say "installing Rust $channel"; rustup toolchain install "$channel" --profile minimal -c clippy -c rustfmt; }
  rustup target list --installed | grep -q '^wasm32-unknown-unknown$' || { say "adding the wasm target"; rustup target add wasm32-unknown-unknown; }
}

install_trunk() {
  [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK" ] && return
  say "installing trunk $TRUNK (some four minutes)"
  cargo install trunk --version "$TRUNK" --locked --quiet
}

install_wasm_bindgen() {
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $BINDGEN" ] && return
  say "installing wasm-bindgen-cli $BINDGEN (some two minutes)"
  # Its own lock file cannot always be met.
  cargo install wasm-bindgen-cli --version "$BINDGEN" --quiet
}

install_wasm_split() {
  local stamp="${CARGO_HOME:-$HOME/.cargo}/bin/.wasm-split-$SPLIT"
  # It has no option that tells its version.
  [ -e "$stamp" ] && command -v wasm-split-cli >/dev/null && return
  say "installing wasm-split-cli $SPLIT (a minute)"
  cargo install wasm_split_cli_support --version "$SPLIT" --locked --features build-binary --quiet
  touch "$stamp"
}

install_node() {
  if command -v node >/dev/null && command -v npm >/dev/null; then
    [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] && return
    need "Node.js 20 or newer is needed; found $(node --version). Please install it and run this again."
  fi
  say "installing Node.js"
  by_apt nodejs npm || need "Please install Node.js 20 or newer (https://nodejs.org) and run this again."
}

install_chromium() {
  [ -n "${CHROMIUM:-}" ] && return
  for path in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [ -x "$path" ] && return
  done
  say "installing Chromium"
  by_apt chromium || need "Please install Chromium, or set CHROMIUM to the path of one, and run this again."
}

# Where there is none, the test that compares two browsers says that it is skipped.
install_firefox() {
  [ -n "${FIREFOX:-}" ] && return
  for path in /usr/bin/firefox-esr /usr/bin/firefox /Applications/Firefox.app/Contents/MacOS/firefox; do
    [ -x "$path" ] && return
  done
  say "installing Firefox"
  by_apt firefox-esr || say "Firefox could not be installed: it is not compared with Chromium"
}

install_cargo_deny() {
  [ "$(cargo deny --version 2>/dev/null)" = "cargo-deny $DENY" ] && return
  say "installing cargo-deny $DENY (some minutes)"
  cargo install cargo-deny --version "$DENY" --locked --quiet
}

# With which tests make a film. Without it films are left out of the tests, and they say so.
install_ffmpeg() {
  command -v "${FFMPEG:-ffmpeg}" >/dev/null && return
  say "installing ffmpeg"
  by_apt ffmpeg || say "ffmpeg could not be installed: the tests follow no film"
}

# Libraries with which tests read and run what was written, outside the project. Each is asked for by its version.
PYTHON_LIBRARIES=(numpy==2.4.6 scipy==1.17.1 safetensors==0.8.0 onnx==1.23.2 onnxruntime==1.32.0)

install_python() {
  local home="${XDG_CACHE_HOME:-$HOME/.cache}/orrery/python"
  local stamp="$home/libraries"
  [ "$(cat "$stamp" 2>/dev/null)" = "${PYTHON_LIBRARIES[*]}" ] && return
  say "setting up Python with numpy, scipy, safetensors, onnx and onnxruntime (a minute)"
  # Without them the tests that run saved files say that they are skipped.
  { { command -v python3 >/dev/null || by_apt python3 python3-venv; } &&
    { python3 -m venv "$home" 2>/dev/null || { by_apt python3-venv && python3 -m venv "$home"; }; } &&
    "$home/bin/pip" install --quiet --disable-pip-version-check "${PYTHON_LIBRARIES[@]}" &&
    printf '%s' "${PYTHON_LIBRARIES[*]}" > "$stamp"; } ||
    say "that did not work (Python 3.11 or newer with venv is needed): tests that run saved files are skipped"
}

# The engine of sweeps on many machines, in an environment of its own: tests/ of python/ run there.
DASK_LIBRARIES=(distributed==2026.8.0 pyarrow==26.0.1)

install_dask() {
  local home="${XDG_CACHE_HOME:-$HOME/.cache}/orrery/dask"
  local stamp="$home/libraries"
  [ "$(cat "$stamp" 2>/dev/null)" = "${DASK_LIBRARIES[*]}" ] && return
  say "setting up Python with dask.distributed (a minute)"
  { { command -v python3 >/dev/null || by_apt python3 python3-venv; } &&
    { python3 -m venv "$home" 2>/dev/null || { by_apt python3-venv && python3 -m venv "$home"; }; } &&
    "$home/bin/pip" install --quiet --disable-pip-version-check "${DASK_LIBRARIES[@]}" &&
    printf '%s' "${DASK_LIBRARIES[*]}" > "$stamp"; } ||
    say "that did not work (Python 3.11 or newer with venv is needed): tests of sweeps on many machines are skipped"
}

export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
for tool in "$@"; do "install_${tool//-/_}"; done
