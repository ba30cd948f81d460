# The front door. `make` alone prints the help, in the order of the work.

# --- settings: yours to change on the command line ------------------------------------
ifeq ($(origin CC),default)
CC      := gcc
endif
CFLAGS  ?= -O1 -g
BUILD   ?= build
V       ?= 0
ANSWERS ?= labs

# The kit's own code must be free of warnings; a student's code is warned about and still built.
WARN     := -Wall -Wextra -Wconversion
CPPFLAGS += -D_GNU_SOURCE -I.
COMPILE   = $(CC) -std=gnu11 $(CPPFLAGS) $(WARN) $(CFLAGS)
Q        := $(if $(filter 1,$(V)),,@)
say       = $(if $(filter 1,$(V)),,@printf '  %-5s %s\n' '$(1)' '$(2)')

# --- inventory: the folders are the list ----------------------------------------------
LABS       := $(notdir $(wildcard labs/[0-9]*))
NUMBERS    := $(foreach lab,$(LABS),$(firstword $(subst -, ,$(lab))))
PROGRAMS   := $(basename $(wildcard labs/*/*.c solutions/*/*.c))
LIBRARY    := $(BUILD)/libudplab.a
LIB_OBJS   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*.c))
SCOPE      := $(BUILD)/sockscope
SCOPE_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/sockscope/*.c))
PEER       := $(BUILD)/peer
TALK       := $(BUILD)/talk
HANDOUT    := $(BUILD)/udplab-handout.tar.gz
lab_of      = $(or $(filter $(1) $(1)-%,$(LABS)),$(error there is no lab $(1); the labs are $(LABS)))
NO_LAB     := $(filter-out $(NUMBERS),$(filter 0% 1% 2% 3% 4% 5% 6% 7% 8% 9%,$(MAKECMDGOALS)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# --- the front door -------------------------------------------------------------------
.PHONY: help start demo $(NUMBERS) $(NO_LAB) check lint format doctor clean handout test
.PHONY: everything ready answers progress lan docs docs-serve

help: ## this list
	@sed -nE 's/^([a-z$$(),A-Z%-]+):.*## (.*)/\1|\2/p' Makefile | sed 's/$$(NUMBERS)/02/; s/%/02/' | \
	    awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

start: ## install what is missing, build, and show where to begin
	$(Q)tools/provision
	$(Q)$(MAKE) --no-print-directory $(SCOPE) $(firstword $(NUMBERS))
	@echo; echo "Look first: make demo"; echo "Begin with labs/$(firstword $(LABS))/README.md, then: make check-$(firstword $(NUMBERS))"

demo: everything ## see the labs' scenes played, calls and packets on one timeline
	$(Q)tests/support/play $(sort $(wildcard tests/scenes/*.bash))

$(NUMBERS): $$(basename $$(wildcard labs/$$@-*/*.c)) ## build the programs of lab 02

$(NO_LAB):
	$(if $(call lab_of,$@),$(Q)$(MAKE) --no-print-directory $(firstword $(subst -, ,$@)))

check-%: ## check your answers to lab 02
	$(Q)ANSWERS="$(ANSWERS)" tests/support/check $(call lab_of,$*)

hint-%: ## a hint where you are stuck, one step at a time; TASK=3 for another task
	$(Q)tools/hint $(call lab_of,$*) "$(TASK)"

watch-%: ## check lab 02 again at each save, until Ctrl-C
	$(Q)tools/watch $(call lab_of,$*)

scope-%: $(SCOPE) % ## run your program, and see its calls and packets (RUN="./udpconnectclient 127.0.0.1")
	$(Q)tools/scope $(call lab_of,$*) $(RUN)

memcheck-%: ## only Valgrind's part of that
	$(Q)ANSWERS="$(ANSWERS)" tests/support/check -f Valgrind $(call lab_of,$*)

check: ## check all labs
	$(Q)ANSWERS="$(ANSWERS)" tests/support/check $(LABS)

progress: ## how far you are, and what is next
	$(Q)tools/progress

reset-%: ## give lab 02's starter back, and keep what you wrote beside it
	$(Q)tools/reset $(call lab_of,$*)

lan: $(SCOPE) ## three hosts on a LAN of your own, a terminal for each, all packets recorded
	$(Q)tools/lan-terminal

doctor: ## what is missing on this machine, and what works without it
	$(Q)tools/doctor

docs: $(SCOPE) $(PEER) $(TALK) $(basename $(wildcard solutions/*/*.c)) ## the site, with pictures of scenes played now: build/docs/html
	$(Q)$(MAKE) --no-print-directory -f docs/site.mk BUILD=$(BUILD) V=$(V)

docs-serve: docs ## the same, served to your browser; PORT=8001 for another port
	$(Q)docs/serve $(BUILD)/docs/html $(PORT)

test: ## everything the kit promises, tested
	$(Q)tests/support/suite

answers: ## the graded tests, tried on wrong and on other right answers (takes a while)
	$(Q)tests/support/suite tests/answers

lint: ## what compilers and linters say about the kit's own code
	$(Q)tests/support/lint

format: ## lay out the C sources as .clang-format says
	$(Q)find $(wildcard lib labs solutions tests tools) -name '*.[ch]' -exec clang-format -i {} +

handout: ## the archive for students, without solutions
	$(Q)[ -e .git ] || { echo "The archive is made of the kit's last commit, and here is no repository." >&2; exit 2; }
	$(Q)mkdir -p $(BUILD)
	$(Q)git archive -o $(BUILD)/starters.tar HEAD 'labs/*/*.c'
	$(Q)git archive --prefix=udplab/tools/ --add-file=$(BUILD)/starters.tar --prefix=udplab/ -o $(HANDOUT) HEAD . ':!solutions' ':!tests/answers' ':!tests/kit' ':!.ci'
	@echo "$(HANDOUT): the last commit, without solutions"

clean: ## remove everything that was built
	$(Q)rm -rf $(BUILD) $(PROGRAMS)

# --- the kit's own code ---------------------------------------------------------------
$(BUILD)/%.o: %.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -Werror -MMD -MP -c -o $@ $<

$(LIBRARY): $(LIB_OBJS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(SCOPE): $(SCOPE_OBJS)
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -o $@.new $^ -lpcap && mv $@.new $@

$(PEER): $(BUILD)/tests/support/peer.o $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -o $@.new $< $(WITH_LIBRARY) && mv $@.new $@

$(TALK): $(BUILD)/tests/support/talk.o
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -pthread -o $@.new $< && mv $@.new $@

# --- the programs of the labs: the only rule that compiles one, beside its source -----
WITH_LIBRARY = -Wl,--whole-archive $(LIBRARY) -Wl,--no-whole-archive

everything: $(SCOPE) $(PEER) $(TALK) $(PROGRAMS)

# What a check of one lab needs: the tools, what is given, and the answers to be checked.
GIVEN := $(or $(wildcard solutions/*/*.c),$(shell grep -l '^ \* .*, given:' labs/*/*.c))
ready: $(SCOPE) $(PEER) $(basename $(GIVEN) $(wildcard $(ANSWERS)/$(LAB)/*.c))

$(sort $(PROGRAMS) $(basename $(wildcard $(ANSWERS)/$(LAB)/*.c))): %: %.c $(LIBRARY) lib/common.h
	$(call say,CC,$@)
	$(Q)rm -f $@
	$(Q)$(COMPILE) -o $@ $< $(WITH_LIBRARY)

-include $(LIB_OBJS:.o=.d) $(SCOPE_OBJS:.o=.d) $(BUILD)/tests/support/peer.d


# --- sockscope: fuzzing, bench, man page ---
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZED  := $(filter-out tools/sockscope/main.c,$(wildcard tools/sockscope/*.c))

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(FUZZED) $(wildcard tools/sockscope/*.h)
	$(call say,FUZZ,$@)
	$(Q)mkdir -p $(@D)/corpus-$*
	$(Q)clang -std=gnu11 $(CPPFLAGS) $(WARN) -Werror -O1 -g -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined -o $@ $< $(FUZZED) -lpcap

# Only the machine's own seeds grow: what is found on the way stays in build/.
$(FUZZERS:%=%.run): %.run: %
	$(Q)$< -close_fd_mask=3 -max_total_time=$(FUZZ_SECONDS) -timeout=5 -max_len=8192 -artifact_prefix=$(BUILD)/fuzz/ \
		$(@D)/corpus-$(notdir $*) tests/fuzz/seeds/$(notdir $*)

.PHONY: bench
bench: everything ## what a check costs, beside plain bats, Valgrind and strace
	$(Q)tests/support/bench-cost
	$(Q)tools/sockscope/bench $(SCOPE)

.PHONY: fuzz $(FUZZERS:%=%.run)
fuzz: $(FUZZERS:%=%.run) # feeds sockscope's two parsers with anything, FUZZ_SECONDS each

