# The words of this project. `make` lists them.

CARGO ?= cargo
# Seconds for each fuzz target.
FUZZ_SECONDS ?= 60
# More arguments for bench, run and test: make bench ARGS=--help
ARGS ?=

.PHONY: help build run demo check test screens contract openapi bench fuzz deploy-check storm mail-check mail-storm advisories

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{ printf "make %-13s %s\n", $$1, $$2 }'

build: ## The binary, target/release/burnbag
	$(CARGO) build --release --locked -p burnbag-cli

run: build ## A server on a throw-away directory, with an account; Ctrl-C ends it
	@.ci/throw-away target/release/burnbag $(ARGS)

# What checks and tests the pages' scripts, from the npm registry; again where the lock file changed.
node_modules/.package-lock.json: package-lock.json
	@.ci/need node npm
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

demo: build ## A throw-away server with a secret in every state, and the links to them
	@.ci/need curl jq
	@.ci/demo target/release/burnbag $(ARGS)

check: node_modules/.package-lock.json ## Formatting, lints, types of scripts, documentation, dependencies: warnings are errors
	@.ci/need node npm
	npx --no-install tsc
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets --all-features -- -D warnings
	$(CARGO) clippy --locked -p burnbag-cli --all-targets --no-default-features -- -D warnings
	RUSTDOCFLAGS=-Dwarnings $(CARGO) doc --locked --workspace --all-features --no-deps --document-private-items
	@.ci/need cargo-deny
	@# All platforms' crates, which no build fetches and the next step reads.
	$(CARGO) fetch --locked
	$(CARGO) deny --offline check bans licenses sources

test: node_modules/.package-lock.json ## All tests; nothing is skipped
	@.ci/need strace node chromium chromedriver python3 python3-venv openssl postgresql redis-server
	node --test crates/server/assets/tests/*.test.js
	@if command -v cargo-nextest > /dev/null; \
	then set -x; $(CARGO) nextest run --locked --workspace --all-features --no-fail-fast $(ARGS); \
	else set -x; $(CARGO) test --locked --workspace --all-features --all-targets $(ARGS); fi
	$(CARGO) test --locked --workspace --all-features --doc
	$(CARGO) test --locked -p burnbag-cli --no-default-features

screens: node_modules/.package-lock.json ## Every page in every state, looked at by a browser: pictures in target/screens, with an index
	@.ci/need chromium chromedriver
	@if command -v cargo-nextest > /dev/null; \
	then set -x; $(CARGO) nextest run --locked -p burnbag-cli --no-fail-fast -E 'binary(web) & test(/^pages::/)' $(ARGS); \
	else set -x; $(CARGO) test --locked -p burnbag-cli --test web pages:: $(ARGS); fi

contract: ## A running server against docs/openapi.json, the connector and docs/api.md, by public tools (PyPI, once)
	@.ci/need python3 python3-venv curl jq openssl
	$(CARGO) build --locked -p burnbag-cli
	.ci/contract target/debug/burnbag

openapi: ## Write docs/openapi.json anew
	-$(CARGO) test --locked --quiet -p burnbag-server --test black_box openapi::the_document_in_docs
	cp "$${CARGO_TARGET_DIR:-target}/tmp/openapi.json" docs/openapi.json

bench: ## Speed, memory and disk, beside the bare HTTP ceiling; and every store, beside what it can do itself
	@.ci/need postgresql redis
	$(CARGO) build --release --locked -p burnbag-cli
	$(CARGO) run --release --locked -p burnbag-bench -- $(ARGS)

fuzz: ## Each fuzz target for FUZZ_SECONDS (60); needs nightly and cargo-fuzz
	@.ci/need cargo-fuzz
	@set -e; targets=$$($(CARGO) +nightly fuzz list); for target in $$targets; do \
		$(CARGO) +nightly fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1; done

deploy-check: build ## deploy/: each file by its own tool, both proxies in front of one node and of three, compose, chart
	@.ci/need python3 python3-venv postgresql redis-server iproute2
	deploy/check target/release/burnbag

storm: ## Three nodes on one store under clients, while nodes, store and lines are killed, stopped, cut and promoted; ARGS="--engine redis"
	@.ci/need python3 postgresql redis-server
	$(CARGO) build --locked -p burnbag-cli
	.ci/storm target/debug/burnbag $(ARGS)

mail-check: ## burnbag mail test at a real Exim, with STARTTLS, TLS and signing in; needs root
	@.ci/need python3 exim4 openssl
	$(CARGO) build --locked -p burnbag-cli
	.ci/mail target/debug/burnbag

mail-storm: ## Mails while the mail server hangs, refuses and loses answers, and Burnbag is killed meanwhile (PyPI, once)
	@.ci/need python3 python3-venv
	$(CARGO) build --locked -p burnbag-cli
	.ci/mail-storm target/debug/burnbag $(ARGS)

advisories: ## Known vulnerabilities in dependencies; reads the RustSec database from the network
	@.ci/need cargo-deny
	$(CARGO) deny check advisories
