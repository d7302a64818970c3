# Two commands: `make run` serves the archive, `make test` checks it. Both make what they need in .venv.
PYTHON ?= python3
PORT ?= 8000
CORPUS ?=
SPEECHES ?=
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
export PYTHONUTF8 := 1

.PHONY: help run test lint bench browser messages clean

help:
	@echo "make run    serve the archive on http://127.0.0.1:$(PORT)/ (PORT=…, ADMIN_PASSWORD=…)"
	@echo "make test   lint, types, import contracts, system checks and all tests"
	@echo "make lint   the same without the tests"
	@echo "make bench  print the benchmark tables (CORPUS=folder of texts, SPEECHES=10000)"
	@echo "make messages  bring the English catalogue up to date with the sentences (wants gettext)"
	@echo "make clean  remove .venv and caches; var/, the archive's data, stays"

.venv/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12 make …"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "On Debian: apt install python3-venv"; exit 1; }
	@touch $@

.venv/run: .venv/pip requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/pip requirements.txt requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run

run: .venv/run
	@$(MANAGE) prepare
	@exec $(MANAGE) serve --port $(PORT)

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	ALLOWED_HOSTS=archive.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(MANAGE) check --deploy --fail-level WARNING

browser: .venv/dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else \
		$(BIN)/playwright install chromium; \
	fi

test: lint browser
	$(BIN)/pytest -n auto

bench: .venv/dev
	$(BIN)/python -m tests.bench $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(SPEECHES),--speeches $(SPEECHES))

messages: .venv/dev
	$(MANAGE) makemessages --locale en --extension html,txt,py,xml --no-wrap --add-location file --ignore tests --ignore var --ignore static --no-obsolete
	$(MANAGE) compilemessages --locale en --locale zh_Hans --ignore .venv

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
