# make         installs what is missing, builds in release mode, renders a film of MODEL
# make test    runs every test
# make bench   speed and memory, as ratios measured in one run; PEERS=1 adds PyTorch and JAX
# make soak    hours of faults, kills, fuzzing and sanitizers
# make format  formats the sources
# make wheel   builds the Python package; make test-python tests it and runs the sample notebook
.PHONY: all setup build film test check format bench acceptance soak docs wheel test-python clean

SWIFT ?= swift
MODEL ?= samples/turtle.ckpt
FILM ?= out/regen.mp4
PACKAGES = pkg-config libavcodec-dev libavformat-dev libswscale-dev libpng-dev libopenblas-dev libpango1.0-dev \
	libcairo2-dev zlib1g-dev fonts-noto-core fonts-noto-color-emoji
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
# A static Swift runtime halves the start-up time and makes one file of the program.
RELEASE = -c release --static-swift-stdlib
PROGRAM = $$($(SWIFT) build $(RELEASE) --show-bin-path)/gnca-render

all: build film

setup:
	@if command -v apt-get >/dev/null; then \
	  missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	  if [ -n "$$missing" ]; then \
	    $(SUDO) apt-get update && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; \
	  fi; \
	fi

build: setup
	$(SWIFT) build $(RELEASE)

film: build
	mkdir -p $(dir $(FILM))
	$(PROGRAM) $(MODEL) --scenario regen -o $(FILM) --overwrite
	@echo "The film is $(FILM)."

test: setup
	$(SWIFT) test

# What has to hold before a change lands, besides the tests: formatting, declared imports, no warnings of ours.
check: setup
	$(SWIFT) format lint --strict -r Sources Tests Benchmarks Package.swift
	scripts/build-without-warnings

format:
	$(SWIFT) format -i -r Sources Tests Benchmarks Package.swift

bench: build
	Benchmarks/run $(if $(PEERS),--peers)

# Renders every model of a folder in every scenario and format, decodes everything again and counts: make acceptance MODELS=folder
acceptance: build
	Tests/Acceptance/run $(MODELS)

# docs/reliability.md says what each part shows. Leak detection ends every test run of Swift with an error.
# The thread sanitizer maps a file of its own and dies where files may not grow.
LIMITED = 'aFileSizeLimitLeavesNothing|aFullDiskEndsTheTraining'
SANITIZED = SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test
soak: build
	$(SANITIZED) --scratch-path .build/address --sanitize=address
	$(SANITIZED) --scratch-path .build/thread --sanitize=thread --skip $(LIMITED)
	$(SANITIZED) --scratch-path .build/undefined -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined \
	  --filter 'ModelTests|RenderTests'
	$(SWIFT) test --scratch-path .build/optimised -c release -Xswiftc -enable-testing \
	  --filter 'DeterminismTests|DamagedFileTests'
	Tests/Faults/run --long --program $(PROGRAM)
	Fuzz/run --runs 10000000

docs: build
	scripts/generate-reference $(PROGRAM) > docs/reference.md
	$(PROGRAM) batch --schema > docs/batch.schema.json

wheel:
	@python3 -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This needs Python 3 with venv and pip (Debian: apt-get install python3-venv)." >&2; exit 1; }
	python3 -m venv .build/python
	.build/python/bin/python -m pip install --quiet build
	.build/python/bin/python -m build --outdir out python

# GNCA_RENDER=PROGRAM tests with a program that is there already.
test-python: wheel $(if $(GNCA_RENDER),,build)
	GNCA_RENDER=$(or $(GNCA_RENDER),$(PROGRAM)) python/tests/run
	GNCA_RENDER=$(or $(GNCA_RENDER),$(PROGRAM)) python/tests/run-notebook

clean:
	rm -rf .build out
