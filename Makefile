# Everything runs with the Node that comes with the project; the machine needs only Node >= 18, npm and make.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
PNPM := npx --yes pnpm@12.21.0
installed := node_modules/.copse-installed
built := apps/control-plane/dist/.copse-built
bundled := apps/data-plane/dist/data-plane.mjs

.PHONY: start test chaos check verify run-control-plane run-data-plane lint format typecheck clean

start: $(built) $(bundled)
	@exec node scripts/start.ts

test: $(built) $(bundled)
	vitest run

# About three quarters of an hour: hostile input, 500 kills under load, 10,000 histories. Writes hostile-input.md and chaos.md of docs/reference.
chaos: $(installed)
	node tests/chaos/hostile/main.ts
	node tests/chaos/main.ts

run-control-plane: $(built) $(bundled)
	@exec node apps/control-plane/dist/main.js

run-data-plane: $(installed)
	@exec node apps/data-plane/src/main.ts

# All that needs no test: CI runs it as well.
check: typecheck lint
	oxfmt --check .
	node scripts/check-floors.ts
	knip

verify: check $(bundled)
	vitest run

typecheck: $(built)
	tsc -p tsconfig.json
	tsc -p apps/control-plane/tsconfig.json --noEmit

lint: $(installed)
	oxlint --type-aware --deny-warnings

format: $(installed)
	oxfmt .

# Removes what can be made again. Your data under .copse/ stays.
clean:
	rm -rf node_modules apps/*/node_modules packages/*/node_modules examples/*/node_modules apps/*/dist apps/control-plane/src/generated

$(installed): package.json pnpm-lock.yaml pnpm-workspace.yaml $(wildcard apps/*/package.json packages/*/package.json examples/*/package.json)
	$(PNPM) install --frozen-lockfile
	@touch $@

$(built): $(installed) $(shell find apps/control-plane -name node_modules -prune -o -name dist -prune -o -name generated -prune -o -type f -print 2>/dev/null)
	cd apps/control-plane && PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node_modules/.bin/prisma generate && rm -rf dist && tsc -p tsconfig.build.json
	@touch $@

$(bundled): $(installed) scripts/bundle.ts $(wildcard scripts/bundle/*.ts) $(shell find apps/data-plane/src packages/*/src -type f)
	node scripts/bundle.ts
