# make         installs what is missing, builds in release mode, renders a film of MODEL
# make test    runs every test
# make bench   speed and memory, as ratios measured in one run; PEERS=1 adds PyTorch and JAX
# make examples builds and runs the packages of Examples/, which use the libraries from outside
# make soak    hours of faults, kills, fuzzing and sanitizers
# make format  formats the sources
# make install puts what make has built under PREFIX (/usr/local); make uninstall takes it away again
# make deb     a Debian package: out/gnca-render_VERSION_ARCHITECTURE.deb
# make wheel   builds the Python package; make test-python tests it and runs the sample notebook
.PHONY: all setup version build film test check format bench examples acceptance soak docs install uninstall deb wheel \
	test-python clean

SWIFT ?= swift
MODEL ?= samples/turtle.ckpt
FILM ?= out/regen.mp4
PACKAGES = git ca-certificates g++ pkg-config libavcodec-dev libavformat-dev libswscale-dev libpng-dev libyaml-dev \
	libpango1.0-dev libcairo2-dev librsvg2-dev zlib1g-dev libopenblas0 fonts-noto-core \
	fonts-noto-color-emoji python3
# Debian has Swift since release 13.
SWIFT_PACKAGE = swiftlang
NO_SWIFT = Swift 6 is missing, and neither is there a Debian package of it here: install it from https://swift.org/install and run make again.
# Of a package that was removed dpkg may keep the settings.
IS_INSTALLED = dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
# A static Swift runtime halves the start-up time and makes one file of the program.
RELEASE = -c release --static-swift-stdlib $(KERNELS)
# The C kernels: 3 % faster than with SwiftPM's -O2, and in a debug build they crawl without.
KERNELS = -Xcc -O3 $(HOMEBREW)
HOMEBREW = $(if $(filter Darwin,$(shell uname)),-Xcc -I$(shell brew --prefix)/include -Xlinker -L$(shell brew --prefix)/lib)
PROGRAM = "$$($(SWIFT) build $(RELEASE) --show-bin-path)/gnca-render"

all: build film

setup:
	@if command -v apt-get >/dev/null; then \
	  missing=$$(for p in $(PACKAGES); do $(IS_INSTALLED) || echo $$p; done) && \
	  if ! command -v $(SWIFT) >/dev/null; then missing="$$missing $(SWIFT_PACKAGE)"; fi && \
	  if [ -n "$$missing" ] && [ -n "$(SUDO)" ] && ! command -v $(SUDO) >/dev/null; then \
	    echo "Packages are missing, and there is no sudo: install them as root and run make again:" $$missing >&2; \
	    exit 1; \
	  fi && \
	  if [ -n "$$missing" ]; then $(SUDO) apt-get update; fi && \
	  case "$$missing" in *" $(SWIFT_PACKAGE)") \
	    apt-cache show $(SWIFT_PACKAGE) >/dev/null 2>&1 || { echo "$(NO_SWIFT)" >&2; exit 1; };; \
	  esac && \
	  if [ -n "$$missing" ]; then \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; \
	  fi; \
	elif ! command -v $(SWIFT) >/dev/null; then \
	  echo "$(NO_SWIFT)" >&2; exit 1; \
	fi

# People edit the file VERSION; the program's copy follows.
version: COPY = Sources/gnca-render/ProgramVersion.swift
version:
	@text=$$(sed "s/^let programVersion = .*/let programVersion = \"$$(cat VERSION)\"/" $(COPY)) && \
	if [ "$$text" != "$$(cat $(COPY))" ]; then printf '%s\n' "$$text" > $(COPY); fi

build: setup version
	$(SWIFT) build $(RELEASE)

film: build
	mkdir -p "$$(dirname $(call QUOTE,$(FILM)))"
	$(PROGRAM) $(call QUOTE,$(MODEL)) --scenario regen -o $(call QUOTE,$(FILM)) --overwrite
	@echo "The film is $(FILM)."

# TEST_OPTIONS are further ones of `swift test`.
test: setup
	$(SWIFT) test $(KERNELS) $(TEST_OPTIONS)

# What has to hold before a change lands, besides the tests: formatting, declared imports, no warnings of ours, a doc
# comment for everything public.
check: setup
	$(SWIFT) format lint --strict -r Sources Tests Benchmarks Examples Package.swift
	scripts/build-without-warnings
	scripts/check-docs

format:
	$(SWIFT) format -i -r Sources Tests Benchmarks Examples Package.swift

bench: build
	Benchmarks/run $(if $(PEERS),--peers)

# Both packages share what they are built from. Their films are out/Film.mp4 and out/Overlay.mp4.
examples: setup
	@mkdir -p out
	@for name in Film Overlay; do \
	  $(SWIFT) run $(KERNELS) --package-path Examples/$$name --scratch-path .build/examples $$name \
	    samples/turtle.ckpt out/$$name.mp4 && test -s out/$$name.mp4 && echo "out/$$name.mp4" || exit 1; \
	done

# Shows a film in every format to those who play it; then renders every model of a folder in every scenario and format, decodes
# everything again and counts: make acceptance MODELS=folder
acceptance: build
	Tests/Acceptance/films
	Tests/Acceptance/run $(MODELS)

# docs/reliability.md says what each part shows. Leak detection ends every test run of Swift with an error.
# The thread sanitizer maps a file of its own and dies where files may not grow.
LIMITED = 'aFileSizeLimitLeavesNothing|aFullDiskEndsTheTraining|outputsOfATrainingAppearTogetherOrNotAtAll'
SANITIZED = SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test $(KERNELS)
soak: build
	$(SANITIZED) --scratch-path .build/address --sanitize=address
	$(SANITIZED) --scratch-path .build/thread --sanitize=thread --skip $(LIMITED)
	$(SANITIZED) --scratch-path .build/undefined -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined \
	  --filter 'ModelTests|RenderTests'
	$(SWIFT) test --scratch-path .build/optimised -c release -Xswiftc -enable-testing \
	  --filter 'DeterminismTests|DamagedFileTests'
	Tests/Faults/run --long --program $(PROGRAM)
	Tests/Readers/run --long --program $(PROGRAM)
	Tests/Page/run --long --program $(PROGRAM)
	Fuzz/run --runs 10000000

# What the program's help says as pages of the repository, and what the libraries' comments say as out/documentation.
docs: build
	scripts/generate-docs $(PROGRAM) .
	scripts/build-without-warnings
	scripts/build-docc

# Only copies what has been built: whoever installs as root needs no Swift, and builds nothing as root.
PREFIX ?= /usr/local
DESTDIR ?=
BUILT ?= .build/release/gnca-render
# Folders may have spaces and quotes in their names.
QUOTE = '$(subst ','\'',$(1))'
PLACE = $(call QUOTE,$(DESTDIR)$(PREFIX))
BIN = $(PLACE)/bin
MAN = $(PLACE)/share/man/man1
DOC = $(PLACE)/share/doc/gnca-render
BASH_COMPLETIONS = $(PLACE)/share/bash-completion/completions
ZSH_COMPLETIONS = $(PLACE)/share/zsh/$(ZSH_FOLDER)
FISH_COMPLETIONS = $(PLACE)/share/fish/vendor_completions.d
# Debian's packages have vendor-completions.
ZSH_FOLDER ?= site-functions
MAN_PAGES = $(notdir $(wildcard packaging/man/*.1))
DOCUMENTS = $(wildcard *.md) LICENSE $(wildcard docs/*.md docs/*.json docs/live/*.html docs/images/* docs/images/gallery/* samples/*.md \
	samples/*.ckpt samples/*/*.ckpt samples/*.png samples/*.svg samples/*.yaml samples/*.ipynb samples/scenarios/*.yaml samples/questions/*.yaml)

install:
	@built=$(call QUOTE,$(BUILT)); if [ ! -f "$$built" ] || [ ! -x "$$built" ]; then \
	  echo "Nothing has been built: run make first, and then make install." >&2; exit 1; \
	fi
	install -d $(BIN) $(MAN) $(BASH_COMPLETIONS) $(ZSH_COMPLETIONS) $(FISH_COMPLETIONS) $(DOC)
	install $(if $(shell command -v strip),-s) -m 755 $(call QUOTE,$(BUILT)) $(BIN)/gnca-render
	install -m 644 $(addprefix packaging/man/,$(MAN_PAGES)) $(MAN)
	install -m 644 packaging/completions/gnca-render.bash $(BASH_COMPLETIONS)/gnca-render
	install -m 644 packaging/completions/_gnca-render $(ZSH_COMPLETIONS)/_gnca-render
	install -m 644 packaging/completions/gnca-render.fish $(FISH_COMPLETIONS)/gnca-render.fish
	@for file in $(DOCUMENTS); do test -d $$file || install -D -m 644 $$file $(DOC)/$$file || exit 1; done

uninstall:
	rm -f $(BIN)/gnca-render $(addprefix $(MAN)/,$(MAN_PAGES)) $(BASH_COMPLETIONS)/gnca-render \
	  $(ZSH_COMPLETIONS)/_gnca-render $(FISH_COMPLETIONS)/gnca-render.fish
	@rm -f $(addprefix $(DOC)/,$(filter-out docs/images/gallery,$(DOCUMENTS)))
	@rmdir $(DOC)/docs/images/gallery $(DOC)/docs/images $(DOC)/docs/live $(DOC)/docs $(DOC)/samples/scenarios \
	  $(DOC)/samples/creatures $(DOC)/samples/growing $(DOC)/samples/persistent \
	  $(DOC)/samples/questions $(DOC)/samples $(DOC) 2>/dev/null || true

deb: PACKAGES += dpkg-dev
deb: build
	packaging/make-deb

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
