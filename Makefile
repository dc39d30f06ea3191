# make serve     builds the page and serves it at a printed address
# make test      runs the tests, natively and in a real Chromium: all but those about time (speed), slow ones (figures) and those of a card (test-gpu)
# make release   builds the optimised dist/ that any static host can serve, and checks its size; EMBEDDER=https://lms.school.example names
#                a page that is told what happens when it has Orrery in a frame
# make figures   reruns the figures that the README and slow tests state, an hour or two of training, and fails where a claim is not met
# make figures-fast, make figures-tab   reruns those that take a minute or two; reruns those measured in a tab
# make speed     checks what the page promises about time, on a machine that does nothing else
# make python-test   runs a sweep on a cluster of two workers, one of which is killed
# make test-gpu  compares the executor for graphics cards with the reference, on this machine's card or a software one, and counts its dispatches
# make bench     compares a training step with tfjs-wasm in the same Chromium
# make bench-steps  compares a training step with that of an older commit, natively and in Chromium, and with JAX where Python has it
# make lighthouse   asks Lighthouse about the built page on a throttled phone, and how fast it answers while it trains
# make lint      asks clippy
# make fuzz      opens a million hostile links, reads a million damaged tables, and damaged messages, checkpoints and runs, some minutes
# make soak      changes experiments for MINUTES (10) and watches the memory of page and workers
# make audit     looks at licences, sources and known faults of everything that is linked or run
# make languages writes the list of all sentences anew (static/languages/en.json)
# make picture   takes the README's picture of the page
#
# Each installs what it needs and is missing, says what it is doing, and may be run again at any time.

PORT ?= 8080
SAY = @printf '\n== %s ==\n'

.PHONY: serve test test-native python test-browser release figures figures-fast figures-tab speed lighthouse lint bench bench-steps fuzz soak audit picture languages tools node chromium firefox python-test test-gpu

serve: tools
	$(SAY) "Building the page (the first time takes some minutes), then serving it at http://127.0.0.1:$(PORT)/"
	tools/serve.sh $(PORT)

test: test-native figures-fast python-test release test-browser

test-native:
	$(SAY) "Format"
	tools/install.sh wasm python
	cargo fmt --all --check
	$(SAY) "Tests of physics, learning, links, drawings, supervision and the command line"
	cargo test --locked

python-test:
	$(SAY) "A sweep on a cluster of two workers"
	tools/install.sh wasm dask
	cargo build --release --locked --bin lab
	tools/python-test.sh

# Where no driver for Vulkan is installed, Chromium's software adapter stands in: Mesa's takes very long to compile long kernels.
DRIVERS = $(wildcard /usr/share/vulkan/icd.d/*.json /usr/local/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json)
SWIFTSHADER = $(wildcard /usr/lib/chromium/vk_swiftshader_icd.json)

test-gpu:
	$(SAY) "The executor for graphics cards against the reference"
	$(if $(DRIVERS),,$(if $(SWIFTSHADER),VK_ICD_FILENAMES=$(SWIFTSHADER) ))cargo test --locked -p orrery-autodiff --features gpu --test gpu -- --nocapture

test-browser: node chromium firefox
	$(SAY) "Tests of the built page in Chromium"
	cd tests/browser && npm ci --no-audit --no-fund && npm test

release: tools node
	$(SAY) "Building the optimised page and its workers"
	trunk build --locked
	$(SAY) "Shrinking, and checking the size"
	cd tools && npm ci --no-audit --no-fund && node shrink.mjs ../dist
	$(SAY) "Laying it out: a folder of files for each build"
	node tools/stage.mjs dist $(EMBEDDER)
	$(SAY) "Listing what is in it"
	node tools/sbom.mjs dist

# The file of Schmidt and Lipson cannot be given away: make figures RECORDING=PATH measures what is claimed of it too.
figures: node
	$(SAY) "Figures of the README and of slow tests"
	tools/install.sh wasm
	node tools/figures.mjs $(if $(RECORDING),--recording "$(RECORDING)")
	node tools/lessons.mjs

figures-fast: node
	$(SAY) "Figures that take a minute or two"
	tools/install.sh wasm
	node --test tools/law.test.mjs tools/lessons.test.mjs tools/names.test.mjs tools/order.test.mjs tools/sbom.test.mjs
	node tools/lessons.mjs --check
	node tools/figures.mjs --fast

figures-tab: release chromium
	$(SAY) "Figures measured in a tab"
	cd tests/browser && npm ci --no-audit --no-fund
	node tools/figures.mjs --tab

bench-steps: release chromium
	$(SAY) "One training step: this checkout against an older commit, and against JAX"
	cd tests/browser && npm ci --no-audit --no-fund
	fine=0; node benches/steps/compare.mjs || fine=1; node benches/steps/tab.mjs || fine=1; exit $$fine

speed: release chromium
	$(SAY) "What the page promises about time"
	cd tests/browser && npm ci --no-audit --no-fund && npm run speed

lighthouse: release chromium
	$(SAY) "Lighthouse on a throttled phone, and answers while the page trains"
	cd tests/browser && npm ci --no-audit --no-fund
	cd benches/lighthouse && npm ci --no-audit --no-fund && node measure.mjs

lint:
	$(SAY) "Lints, for the command line and for the page"
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked -p orrery --target wasm32-unknown-unknown --no-default-features --features page --bin page -- -D warnings
	cargo clippy --locked -p orrery --target wasm32-unknown-unknown --no-default-features --features teacher --bin teacher -- -D warnings
	cargo clippy --locked -p orrery-worker --target wasm32-unknown-unknown --no-default-features --features search --bin symbolic-regression -- -D warnings
	cargo clippy --locked -p orrery-worker --target wasm32-unknown-unknown --no-default-features --features read --bin reader -- -D warnings
	cargo clippy --locked -p orrery-worker --target wasm32-unknown-unknown --no-default-features --features browser --bin tracker -- -D warnings
	cargo clippy --locked -p orrery-worker --target wasm32-unknown-unknown --no-default-features --features cpu --bin trainer-cpu --bin trainer-graph --bin trainer-networks -- -D warnings
	cargo clippy --locked -p orrery-worker --target wasm32-unknown-unknown --no-default-features --features files --bin writer -- -D warnings

bench: release chromium
	$(SAY) "One training step: Orrery against tfjs-wasm"
	cd tests/browser && npm ci --no-audit --no-fund
	cd benches/tfjs && npm ci --no-audit --no-fund && node compare.mjs

# A million links is fifty times what the tests try; ORRERY_FUZZ_SEED=N tries others.
fuzz:
	tools/install.sh wasm
	$(SAY) "A million hostile links"
	ORRERY_FUZZ=50 cargo test --locked -p orrery --test hostile -- --nocapture links
	$(SAY) "Damaged messages, checkpoints, runs and tables"
	ORRERY_FUZZ=5 cargo test --locked -p orrery --test hostile -- --nocapture messages files
	$(SAY) "A million damaged tables"
	cargo test --locked --release -p orrery-data --test fuzz -- --ignored --nocapture

MINUTES ?= 10
soak: release chromium
	$(SAY) "Changing experiments for $(MINUTES) minutes"
	cd tests/browser && npm ci --no-audit --no-fund && MINUTES=$(MINUTES) npm run soak

# Without a way to the databases of known faults it says so, and fails: nobody should take silence for a good report.
audit: node
	$(SAY) "Licences and sources of crates"
	tools/install.sh wasm cargo-deny
	cargo deny --workspace check licenses bans sources
	$(SAY) "Known faults of crates"
	cargo deny --workspace check advisories
	$(SAY) "Known faults of packages that tests and tools run"
	cd tests/browser && npm audit --audit-level=high
	cd tools && npm audit --audit-level=high
	cd benches/tfjs && npm audit --audit-level=high

picture: release chromium
	$(SAY) "Taking pictures of the page"
	cd tests/browser && npm ci --no-audit --no-fund && node screenshots.mjs

languages:
	$(SAY) "Listing all sentences of the page"
	ORRERY_WRITE_LANGUAGES=1 cargo test --locked --test languages the_list

tools:
	$(SAY) "Looking for the wasm target, trunk, wasm-bindgen and wasm-split"
	tools/install.sh wasm trunk wasm-bindgen wasm-split

# What tests of saved files run: without it they say that they are skipped.
python:
	tools/install.sh python

node:
	tools/install.sh node

chromium:
	tools/install.sh chromium ffmpeg

# For one test, which is skipped without it.
firefox:
	tools/install.sh firefox
