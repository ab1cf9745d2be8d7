# make run     installs what is missing, builds, renders the handbook's first notebook
# make test    everything that must hold, in one build
# make bench   speed, each figure beside a peer or a limit measured in the same run
# make study   long comparisons with peers; writes the tables that the studies' chapters read
# make format  rewrites the sources in the house style

PACKAGES := libcmark-dev libxgboost-dev libsqlite3-dev zlib1g-dev libpng-dev pkg-config
BENCH_PACKAGES := pandoc libopenblas-dev python3-venv
# The Python whose libraries learning is measured beside; outside of the project.
PEERS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/colophon/peers
SWIFT := swift
BUILD := $(SWIFT) build -c release
COLOPHON = $(shell $(BUILD) --show-bin-path)/colophon
SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)

.PHONY: run build test bench study format lint packages bench-packages bench-peers clean

run: build
	$(COLOPHON) run notebooks/first-report.md
	@echo "open output/first-report.html"

build: packages
	$(BUILD) --product colophon

test: packages lint
	$(BUILD) --build-tests
	COLOPHON="$(COLOPHON)" $(SWIFT) test -c release --skip-build

bench: packages bench-packages bench-peers
	$(BUILD) --product colophon
	$(BUILD) --product colophon-bench
	COLOPHON="$(COLOPHON)" COLOPHON_PEER="$(PEERS)/bin/python" \
	  COLOPHON_BENCH_TABLES=notebooks/data/studies \
	  COLOPHON_BENCH_FIGURES=notebooks/data/studies/evaluation-speed.csv \
	  $(shell $(BUILD) --show-bin-path)/colophon-bench

study: packages bench-packages bench-peers
	$(BUILD) --product colophon-study
	COLOPHON_PEER="$(PEERS)/bin/python" $(shell $(BUILD) --show-bin-path)/colophon-study

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

# Says what it installs; does nothing where everything is there.
define install
	@missing=""; \
	for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing missing Debian packages:$$missing"; \
	  $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing \
	    >/dev/null || { echo "Could not install:$$missing"; exit 1; }; \
	fi
endef

packages:
	$(call install,$(PACKAGES))

bench-packages:
	$(call install,$(BENCH_PACKAGES))

# Where they can't be had, the benchmarks say that the peer is missing.
bench-peers:
	@test -x "$(PEERS)/bin/python" || python3 -m venv "$(PEERS)" || true
	@"$(PEERS)/bin/python" -c "import numpy, sklearn, smclarify, xgboost, mlflow, torch, optuna" \
	  2>/dev/null \
	  || "$(PEERS)/bin/pip" install -q numpy scipy scikit-learn smclarify xgboost==1.7.4 shap \
	    mlflow-skinny sqlalchemy alembic torch optuna \
	  || echo "The peers can't be installed: learning is measured alone"
	@"$(PEERS)/bin/python" -c "import fasttext" 2>/dev/null \
	  || "$(PEERS)/bin/pip" install -q fasttext-wheel \
	  || echo "fastText can't be installed: text classification is measured alone"

clean:
	rm -rf .build
