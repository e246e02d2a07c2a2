# Short names for the CMake presets (CMakePresets.json); nothing is built by make itself.
PREFIX ?= /usr/local
DEMO = build/demo
OPSGATE = build/release/opsgate
ASSESS = $(OPSGATE) assess 2021-11 --repo $(DEMO) --rev opsg-58 --at 2021-10-05 --gate assessment

.PHONY: demo test build install bench bench-smoke fuzz format check clean deps

demo: build
	rm -rf $(DEMO)
	tools/example-register $(DEMO)
	@echo '$$ $(ASSESS)'
	@$(ASSESS)

test: deps
	cmake --preset test
	cmake --build --preset test
	ctest --preset test

build: deps
	cmake --preset release
	cmake --build --preset release

install: build
	cmake --install build/release --prefix $(PREFIX)

bench: build
	bench/run
	bench/load/run
	bench/assess/run
	bench/csv/run
	bench/cel/run
	bench/report-verify/run

bench-smoke: build
	bench/smoke

fuzz: deps
	cmake --preset fuzz
	cmake --build --preset fuzz
	ctest --preset fuzz

format: deps
	tools/format

check: deps
	tools/format --check
	tools/tidy

clean:
	rm -rf build

deps:
	@tools/install-deps
