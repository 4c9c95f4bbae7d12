# asyncgrep: build, test, install. `make help` lists the targets.

VERSION = 0.1.0
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
DESTDIR ?=

CC ?= cc
PKG_CONFIG ?= pkg-config
PYTHON ?= python3
BATS ?= bats
CFLAGS ?= -O2 -g

# Where products go; one folder a configuration, so that they do not mix.
BUILD ?= build
V ?= 0
Q = $(if $(filter 1,$(V)),,@)

PACKAGES = libpcre2-8 libgit2 yaml-0.1 jansson
MINIMUM = libpcre2-8 >= 10.40 libgit2 >= 1.5 yaml-0.1 jansson
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)

ifdef SANITIZE
BUILD := $(BUILD)/$(subst $(comma),-,$(SANITIZE))
SANITIZE_FLAGS = -fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all
endif
ifdef DEVELOPER
WARNINGS += -Werror
endif

ALL_CFLAGS = -std=c11 $(WARNINGS) -Isrc -pthread -DASYNCGREP_VERSION='"$(VERSION)"' \
	$(PKG_CFLAGS) $(SANITIZE_FLAGS) $(CPPFLAGS) $(CFLAGS)
ALL_LIBS = $(PKG_LIBS) -pthread $(SANITIZE_FLAGS) $(LDFLAGS) $(LIBS)

SOURCES := $(filter-out src/cli/main.c,$(wildcard src/*/*.c))
HEADERS := $(wildcard src/*/*.h)
PATTERNS := $(sort $(shell find patterns -name '*.yaml' 2>/dev/null))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
LIBRARY := $(BUILD)/libasyncgrep.a
BINARY := $(BUILD)/asyncgrep
UNIT_TESTS := $(patsubst tests/unit/test_%.c,$(BUILD)/unit/test_%,$(wildcard tests/unit/test_*.c))

comma := ,

.PHONY: all
all: $(BINARY) ## build the program (build/asyncgrep)

$(BINARY): $(BUILD)/src/cli/main.o $(LIBRARY)
	$(Q)$(CC) -o $@ $^ $(ALL_LIBS)

$(LIBRARY): $(OBJECTS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The default rules, byte for byte, in the binary.
$(BUILD)/embedded.c: $(PATTERNS) src/rule/embed.sh $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)sh src/rule/embed.sh $(PATTERNS) >$@.tmp && mv $@.tmp $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Changes when the compiler, the flags or the list of rule files do, so that all is built anew.
FLAGS_NOW = $(CC) $(ALL_CFLAGS) $(ALL_LIBS) $(PATTERNS)
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' >$@
.PHONY: force
force:

-include $(OBJECTS:.o=.d) $(BUILD)/src/cli/main.d

# -- tests

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(shell $(PKG_CONFIG) --cflags --libs cmocka) $(ALL_LIBS)
-include $(UNIT_TESTS:=.d)
