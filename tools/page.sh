#!/usr/bin/env bash
# Builds the page's own program: compiled, split into what the first page needs and what is fetched later, bound to JavaScript.
#
# Usage: tools/page.sh FOLDER [PROFILE]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
folder=$1
profile=${2:-page}
target=${CARGO_TARGET_DIR:-target}
built=$target/wasm32-unknown-unknown/$([ "$profile" = dev ] && echo debug || echo "$profile")
parts=$target/page-parts

# Sentences of the libraries' own faults name their sources; where these lie on the machine that builds is nobody's business, and longer.
cargo fetch --locked --quiet --target wasm32-unknown-unknown
plain=()
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
  plain+=("\"--remap-path-prefix=$registry=\"")
done

# Splitting needs to know which function refers to which: the linker leaves that in the file.
cargo rustc --locked --quiet -p orrery --bin page --no-default-features --features page \
  --profile "$profile" --target wasm32-unknown-unknown \
  --config "target.wasm32-unknown-unknown.rustflags=[$(IFS=,; echo "${plain[*]}")]" -- -C link-arg=--emit-relocs
rm -rf "$parts"
mkdir -p "$parts"
wasm-split-cli --target web --out-name page "$built/page.wasm" "$parts"
# The parts share the table of functions, which would not be exported otherwise.
wasm-bindgen --target web --no-typescript --keep-lld-exports --out-dir "$folder" --out-name page "$parts/page.wasm"
rm "$parts/page.wasm"
cp "$parts"/__wasm_split.js "$parts"/*.wasm "$folder"
