# asyncgrep: build, test, install. `make help` lists the targets.

VERSION = 0.1.0
comma := ,
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/asyncgrep
DESTDIR ?=
# Where the pages of the built-in rules will be: reports and terminals name DOCS_URL/CODE.md.
DOCS_URL ?= file://$(PREFIX)/share/doc/asyncgrep/rules

CC ?= cc
PKG_CONFIG ?= pkg-config
PYTHON ?= python3
BATS ?= bats
CFLAGS ?= -O3 -g

# Where products go; one folder a configuration, so that they do not mix.
BUILD ?= build
V ?= 0
Q = $(if $(filter 1,$(V)),,@)

PACKAGES = libpcre2-8 libgit2 yaml-0.1 jansson
MINIMUM = libpcre2-8 >= 10.40 libgit2 >= 1.5 yaml-0.1 jansson
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion

# Without the libraries there is nothing to build; the targets that install them must run all the same.
ifeq ($(filter deps test-deps clean help uninstall,$(MAKECMDGOALS)),)
ifneq ($(shell $(PKG_CONFIG) --print-errors --exists '$(MINIMUM)' 2>&1 >/dev/null || echo missing),)
$(error libraries are missing; run `make deps`)
endif
endif

# Asked for once, when they are first needed.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null))$(PKG_LIBS)

ifdef SANITIZE
BUILD := $(BUILD)/$(subst $(comma),-,$(SANITIZE))
SANITIZE_FLAGS = -fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all
endif
ifdef DEVELOPER
WARNINGS += -Werror
endif

# The program is optimised as a whole where the compiler can (GCC), which spares an eighth of its time. Not for DEVELOPER, who
# builds often; and tests are linked without, since that takes longer than they run. `LTO=` turns it off.
LTO_WISH = $(if $(SANITIZE)$(DEVELOPER),,-flto=auto -ffat-lto-objects)
LTO ?= $(eval LTO := $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -Werror $(LTO_WISH) -x c -o /dev/null - 2>/dev/null && echo $(LTO_WISH)))$(LTO)

ALL_CFLAGS = -std=c11 $(WARNINGS) -Isrc -pthread -DASYNCGREP_VERSION='"$(VERSION)"' \
	$(PKG_CFLAGS) $(SANITIZE_FLAGS) $(CPPFLAGS) $(CFLAGS) $(LTO)
ALL_LIBS = $(PKG_LIBS) -pthread $(SANITIZE_FLAGS) $(LDFLAGS) $(LIBS)

SOURCES := $(filter-out src/cli/main.c,$(wildcard src/*/*.c))
HEADERS := $(wildcard src/*/*.h)
PATTERNS := $(sort $(shell find patterns -name '*.yaml' 2>/dev/null))
COMPLETIONS := $(sort $(wildcard src/cli/completions/*))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o $(BUILD)/completions.o $(BUILD)/program.o $(BUILD)/docs_url.o
LIBRARY := $(BUILD)/libasyncgrep.a
BINARY := $(BUILD)/asyncgrep
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
UNIT_TESTS := $(patsubst tests/unit/test_%.c,$(BUILD)/unit/test_%,$(wildcard tests/unit/test_*.c))


.PHONY: all
all: $(BINARY) ## build the program (build/asyncgrep)

$(BINARY): $(BUILD)/src/cli/main.o $(LIBRARY)
	$(Q)$(CC) $(CFLAGS) $(LTO) -o $@ $^ $(ALL_LIBS)

$(LIBRARY): $(OBJECTS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The default rules and the completions, byte for byte, in the binary.
$(BUILD)/embedded.c: $(PATTERNS) src/base/embed.sh $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)sh src/base/embed.sh embedded_files $(PATTERNS) >$@.tmp && mv $@.tmp $@
$(BUILD)/completions.c: $(COMPLETIONS) src/base/embed.sh $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)sh src/base/embed.sh completion_scripts $(COMPLETIONS) >$@.tmp && mv $@.tmp $@

# Which program it is, for what earlier ones left behind: other sources or rules are another one.
$(BUILD)/program.c: $(sort $(SOURCES) src/cli/main.c $(HEADERS) $(PATTERNS)) $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)sum=$$(cat $(filter-out %/flags,$^) | (sha256sum || shasum -a 256 || cksum) 2>/dev/null) && \
		echo "#include \"base/program.h\"" >$@ && echo "const char program_digest[] = \"$${sum%  -}\";" >>$@

# Another place to install in is no reason to build all anew.
DOCS_URL_NOW = \#include "base/program.h"\nconst char program_docs_url[] = "$(DOCS_URL)";\n
$(BUILD)/docs_url.c: force
	@mkdir -p $(@D)
	@printf '%b' '$(subst ','\'',$(DOCS_URL_NOW))' | cmp -s - $@ || printf '%b' '$(subst ','\'',$(DOCS_URL_NOW))' >$@

$(BUILD)/embedded.o $(BUILD)/completions.o $(BUILD)/program.o $(BUILD)/docs_url.o: %.o: %.c
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Changes when the compiler, the flags or the list of rule files do, so that all is built anew.
FLAGS_NOW = $(CC) $(ALL_CFLAGS) $(ALL_LIBS) $(PATTERNS) $(COMPLETIONS)
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' >$@
.PHONY: force
force:

-include $(OBJECTS:.o=.d) $(BUILD)/src/cli/main.d

# -- tests

CHECK_SCRIPTS = \
	'script: $(BINARY) --test-patterns' \
	'script: tests/fuzz/run replay $(FUZZERS)' \
	'script: $(PYTHON) tests/exact/oracle.py --self-test' \
	'script: $(PYTHON) tests/exact/check_sample.py --binary $(BINARY)' \
	'script: man/lint.sh' \
	'script: $(MAKE) -s check-docs BUILD=$(BUILD)' \
	'script: $(MAKE) -s check-headers BUILD=$(BUILD)' \
	'script: tests/check_layers'
CHECK_BATS := $(sort $(wildcard tests/cli/*.bats tests/regressions/*.bats))

.PHONY: check
check: all $(UNIT_TESTS) $(FUZZERS) ## run all tests; the last line is `N passed, N failed`
	@ASYNCGREP=$(abspath $(BINARY)) tests/run $(UNIT_TESTS) $(CHECK_SCRIPTS) $(CHECK_BATS)

.PHONY: build-tests
build-tests: $(UNIT_TESTS) $(FUZZERS)

.PHONY: check-unit check-cli check-patterns
check-unit: $(UNIT_TESTS) ## unit tests alone
	@tests/run $(UNIT_TESTS)
check-cli: all ## command-line tests alone
	@ASYNCGREP=$(abspath $(BINARY)) tests/run $(CHECK_BATS)
check-patterns: all ## the samples of the rule files alone
	@$(BINARY) --test-patterns

# One file: make tests/cli/staged.bats
.PHONY: $(CHECK_BATS)
$(CHECK_BATS): all
	@ASYNCGREP=$(abspath $(BINARY)) $(BATS) $@

# What is made from the program: committed, so that it can be read without building, and compared by `make check`.
.PHONY: docs check-docs
docs: all ## make the pages of the rules, the schema, the picture and the options of the man page anew
	@man/update.sh $(BINARY)
	@docs/update.sh $(BINARY)
check-docs: all ## what is made from the program is as it is committed
	@man/update.sh $(BINARY) --check
	@docs/update.sh $(BINARY) --check

.PHONY: golden
golden: all ## write what tests expect of the fixtures anew, with Python 3.13; look at the difference before you commit it
	-@GOLDEN=renew ASYNCGREP=$(abspath $(BINARY)) $(BATS) tests/cli/golden.bats
	$(PYTHON313) tests/exact/check_sample.py --binary $(BINARY) --write

.PHONY: check-headers
check-headers: ## each header compiles on its own
	$(Q)for header in $(HEADERS); do \
		echo "#include \"$${header#src/}\"" | $(CC) $(ALL_CFLAGS) -Werror -fsyntax-only -x c - || exit 1; \
	done; echo "$(words $(HEADERS)) headers stand alone"

.PHONY: check-compilers
check-compilers: ## no warning from gcc or clang
	@tests/run 'script: $(MAKE) -s CC=gcc DEVELOPER=1 BUILD=build/gcc all build-tests && echo gcc: no warnings' \
		'script: $(MAKE) -s CC=clang DEVELOPER=1 BUILD=build/clang all build-tests && echo clang: no warnings'

.PHONY: check-sanitize check-tsan
check-sanitize: ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) check SANITIZE=address,undefined CFLAGS='-O1 -g'
check-tsan: ## the tests of threads under ThreadSanitizer
	@$(MAKE) -s all SANITIZE=thread CFLAGS='-O1 -g'
	@ASYNCGREP=$(abspath build/thread/asyncgrep) tests/run $(wildcard tests/cli/threads.bats)

# Against CPython 3.13, on a folder of real projects (tests/exact/corpus.py corpus makes one) and its standard library.
CORPUS ?= corpus
ORACLE ?= tests/exact/oracle.py
PYTHON313 ?= python3.13
STDLIB = $(shell $(PYTHON313) -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
.PHONY: check-exact check-broken
check-exact: all ## compare with CPython's ast over CORPUS=DIR: every finding, and the ground below
	$(PYTHON313) tests/exact/check_exact.py --binary $(BINARY) --oracle $(ORACLE) $(CORPUS) $(STDLIB)
	$(PYTHON313) tests/exact/compare_ground.py --binary $(BINARY) $(CORPUS) $(STDLIB)
	$(PYTHON313) tests/exact/compare_outline.py $(BINARY) $(CORPUS) $(STDLIB)
	$(PYTHON313) tests/exact/compare_names.py $(BINARY) $(CORPUS) $(STDLIB)
	$(PYTHON313) tests/exact/compare_reach.py $(BINARY) $(CORPUS) $(STDLIB)
	$(PYTHON313) tests/exact/check_ignores.py $(BINARY) $(CORPUS) $(STDLIB)
check-broken: ## broken variants of the files of CORPUS=DIR, under sanitizers
	@$(MAKE) -s all SANITIZE=address,undefined CFLAGS='-O1 -g'
	$(PYTHON) tests/exact/mutate.py --binary build/address-undefined/asyncgrep $(CORPUS)

.PHONY: bench
bench: all ## measure beside other tools on CORPUS=DIR, into bench/RESULTS.md
	ASYNCGREP=$(abspath $(BINARY)) bench/run.sh $(CORPUS) >$(BUILD)/RESULTS.md
	mv $(BUILD)/RESULTS.md bench/RESULTS.md

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(shell $(PKG_CONFIG) --cflags --libs cmocka) $(ALL_LIBS) \
		$(if $(LTO),-fno-lto)
-include $(UNIT_TESTS:=.d)

# Fuzzers. By themselves they replay files, those of their corpus; `make fuzz` lets libFuzzer (clang) look for others.
FUZZ_MAIN = tests/fuzz/replay.c
FUZZ_SECONDS ?= 5
FUZZ_SANITIZE = address,undefined
$(BUILD)/fuzz/%: tests/fuzz/%.c $(FUZZ_MAIN) $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(FUZZ_MAIN) $(LIBRARY) $(ALL_LIBS) $(if $(LTO),-fno-lto)
-include $(FUZZERS:=.d)

.PHONY: fuzz check-fuzz fuzzers
fuzzers: $(FUZZERS)
check-fuzz: $(FUZZERS) ## the fuzzers on the files of their corpus alone
	@tests/fuzz/run replay $(FUZZERS)
fuzz: ## run each fuzzer for FUZZ_SECONDS=5 under sanitizers, with libFuzzer (FUZZ=fuzz_mask: that one)
	@$(MAKE) -s fuzzers CC=clang BUILD=build/libfuzzer LTO= FUZZ_MAIN= LDFLAGS=-fsanitize=fuzzer \
		CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,$(FUZZ_SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer'
	@tests/fuzz/run search $(FUZZ_SECONDS) $(addprefix build/libfuzzer/fuzz/,$(or $(FUZZ),$(notdir $(FUZZERS))))

# -- setting up, trying out, installing

.PHONY: deps test-deps
deps: ## install what the build needs (Debian, Ubuntu), or say how
	@.ci/deps build
test-deps: ## install what the tests need
	@.ci/deps test

.PHONY: demo
demo: all ## scan the bundled example project
	@cd tests/fixtures/example && $(abspath $(BINARY)) --no-index . || [ $$? -eq 1 ]

INSTALL ?= install
# Where shells look for completions.
BASH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
.PHONY: install uninstall
install: all ## install the program, `git asyncgrep`, man pages, pages of rules and completions (PREFIX=, DESTDIR=)
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(DOCDIR)/rules \
		$(BASH_COMPLETIONS) $(ZSH_COMPLETIONS) $(FISH_COMPLETIONS)
	$(INSTALL) -m 755 $(BINARY) $(DESTDIR)$(BINDIR)/asyncgrep
	ln -sf asyncgrep $(DESTDIR)$(BINDIR)/git-asyncgrep
	$(INSTALL) -m 644 man/asyncgrep.1 $(DESTDIR)$(MANDIR)/man1/asyncgrep.1
	ln -sf asyncgrep.1 $(DESTDIR)$(MANDIR)/man1/git-asyncgrep.1
	$(INSTALL) -m 644 man/asyncgrep-patterns.5 $(DESTDIR)$(MANDIR)/man5/asyncgrep-patterns.5
	$(INSTALL) -m 644 docs/rules/*.md $(DESTDIR)$(DOCDIR)/rules
	$(INSTALL) -m 644 README.md NEWS.md LICENSE docs/asyncgrep.schema.json $(DESTDIR)$(DOCDIR)
	$(INSTALL) -m 644 src/cli/completions/asyncgrep.bash $(BASH_COMPLETIONS)/asyncgrep
	ln -sf asyncgrep $(BASH_COMPLETIONS)/git-asyncgrep
	$(INSTALL) -m 644 src/cli/completions/asyncgrep.zsh $(ZSH_COMPLETIONS)/_git-asyncgrep
	$(INSTALL) -m 644 src/cli/completions/asyncgrep.fish $(FISH_COMPLETIONS)/asyncgrep.fish
	ln -sf asyncgrep.fish $(FISH_COMPLETIONS)/git-asyncgrep.fish
uninstall: ## take them away again
	rm -f $(DESTDIR)$(BINDIR)/asyncgrep $(DESTDIR)$(BINDIR)/git-asyncgrep \
		$(DESTDIR)$(MANDIR)/man1/asyncgrep.1 $(DESTDIR)$(MANDIR)/man1/git-asyncgrep.1 \
		$(DESTDIR)$(MANDIR)/man5/asyncgrep-patterns.5 \
		$(BASH_COMPLETIONS)/asyncgrep $(BASH_COMPLETIONS)/git-asyncgrep $(ZSH_COMPLETIONS)/_git-asyncgrep \
		$(FISH_COMPLETIONS)/asyncgrep.fish $(FISH_COMPLETIONS)/git-asyncgrep.fish
	rm -rf $(DESTDIR)$(DOCDIR)

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+( [a-z-]+)*:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
