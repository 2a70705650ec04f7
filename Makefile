# Thin names over scripts/; each works on a machine that has Swift and apt only.
.PHONY: demo test build lint docs golden bench format

demo:
	@scripts/demo

test:
	@scripts/test

build:
	@scripts/prepare
	@swift build

# What CI checks before the tests: format, generated documents.
lint:
	@scripts/lint

format:
	@swift format format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks/Sources Benchmarks/Package.swift

docs:
	@swift run --quiet sluice-dev docs --write

# Records what the goldens would be now; the run fails by design. Review the change, then run `make test`.
golden:
	@UPDATE_GOLDEN=1 swift test --filter GoldenTests || true
	@git status --short golden

bench:
	@Benchmarks/run
