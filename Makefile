# make serve     builds the page and serves it at a printed address
# make test      runs every test, natively and in a real Chromium
# make release   builds the optimised dist/ that any static host can serve, and checks its size
# make bench     compares a training step with tfjs-wasm in the same Chromium
# make picture   takes the README's picture of the page
#
# Each installs what it needs and is missing, says what it is doing, and may be run again at any time.

PORT ?= 8080
SAY = @printf '\n== %s ==\n'

.PHONY: serve test test-native test-browser release bench picture tools node chromium format

serve: tools
	$(SAY) "Building the page; the first time takes some ten minutes"
	trunk build
	$(SAY) "Serving: open http://127.0.0.1:$(PORT)/ (Ctrl-C ends it; run make serve again after a change)"
	trunk serve --port $(PORT) --ignore .

test: test-native release test-browser

test-native:
	$(SAY) "Format and lints"
	tools/install.sh wasm
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --target wasm32-unknown-unknown --no-default-features --features page --bin page -- -D warnings
	$(SAY) "Tests of physics, learning, links, drawings, supervision and the command line"
	cargo test --locked

test-browser: node chromium
	$(SAY) "Tests of the built page in Chromium"
	cd tests/browser && npm ci --no-audit --no-fund && npm test

release: tools node
	$(SAY) "Building the optimised page and both engines"
	trunk build --release
	$(SAY) "Shrinking, and checking the size"
	cd tools && npm ci --no-audit --no-fund && node shrink.mjs ../dist

bench: release chromium
	$(SAY) "One training step: Orrery against tfjs-wasm"
	cd tests/browser && npm ci --no-audit --no-fund
	cd benches/tfjs && npm ci --no-audit --no-fund && node compare.mjs

picture: release chromium
	$(SAY) "Taking pictures of the page"
	cd tests/browser && npm ci --no-audit --no-fund && node screenshots.mjs

format:
	cargo fmt

tools:
	$(SAY) "Looking for the wasm target, trunk and wasm-bindgen"
	tools/install.sh wasm trunk wasm-bindgen

node:
	tools/install.sh node

chromium:
	tools/install.sh chromium
