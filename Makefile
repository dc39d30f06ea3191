# make test: runs every test, and says what it is doing.

.PHONY: test

test:
	@echo "Running the tests of physics, learned models and links"
	cargo test --locked
