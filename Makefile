# Thin: every target looks for what is missing, builds out of tree, does it.
#
#   make                 build/chancery
#   make run             the bundled samples in a browser
#   make check           all tests; SAN=address,undefined for sanitizers
#
# SPDX-License-Identifier: ISC

SAN =
PREFIX = /usr/local
DESTDIR ?=
ARGS =

# Real telegrams for some of the tests, if they are here.
export CHANCERY_CORPUS ?= $(wildcard $(abspath ../shared/corpus))

# A build with sanitizers, or with another compiler, has a folder of its own.
BUILD = build$(if $(SAN),-san)$(if $(filter clang%,$(CC)),-clang)
SETUP = --prefix $(PREFIX) $(if $(SAN),-Db_sanitize=$(SAN) -Db_lundef=false)

.PHONY: all run check bench engines failover check-table fidelity fuzz install uninstall golden sizes \
    check-layers clean need

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

need:
	@tools/need.sh

$(BUILD)/build.ninja: | need
	@meson setup $(BUILD) $(SETUP)

# Also where build.ninja is there already: a package may be gone.
all run check bench fidelity golden install: | need

run: all
	@$(BUILD)/chancery demo $(ARGS)

check: all
	@tools/need.sh postgresql
	@meson test -C $(BUILD) --print-errorlogs $(ARGS); status=$$?; \
	tools/test-summary $(BUILD); exit $$status

bench: all
	@meson test -C $(BUILD) --benchmark --verbose $(ARGS)

# Findings by rule over the real telegrams.
check-table: all
	@python3 tests/corpus/check_table.py $(BUILD)/chancery

fidelity: all
	@python3 tests/corpus/fidelity.py $(BUILD)/chancery "$(CHANCERY_CORPUS)"

# Random queries to an archive in a file and to the same on a server.
QUERIES = 100000
engines: all
	@tools/need.sh postgresql
	@tests/postgresql/with $(BUILD)/tests/store/test_store_engines \
	    $(QUERIES) samples

# The primary of two servers is killed at five moments of a longer load.
failover: all
	@tools/need.sh postgresql
	@for s in 1 2 4 7 11; do \
	    ONE_BY_ONE=300 AT_ONCE=60000 CHANCERY_PROGRAM=$(abspath $(BUILD)/chancery) \
	    tests/postgresql/failover $$s || exit 1; done

# Fuzz every target for SECONDS each; needs clang.
SECONDS = 60
fuzz:
	@tools/need.sh clang
	@test -f build-fuzz/build.ninja || CC=clang meson setup build-fuzz \
	    -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false \
	    -Dc_args=-fsanitize=fuzzer-no-link
	@ninja -C build-fuzz
	@tools/fuzz build-fuzz $(SECONDS) $(ARGS)

install: all
	@DESTDIR="$(DESTDIR)" meson install -C $(BUILD) --no-rebuild

uninstall:
	@ninja -C $(BUILD) uninstall

golden: all
	@tests/golden/run --update $(BUILD)/chancery $(ARGS)

sizes:
	@tools/sizes

check-layers:
	@tools/check-layers

clean:
	@rm -rf build build-san build-clang build-san-clang build-fuzz
