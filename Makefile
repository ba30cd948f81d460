# The front door. `make` alone prints the help, in the order of the work.

# --- settings: yours to change on the command line ------------------------------------
ifeq ($(origin CC),default)
CC      := gcc
endif
CFLAGS  ?= -O1 -g
BUILD   ?= build
V       ?= 0
ANSWERS ?= labs

# The kit's own code must compile without a warning. A student's code is built in spite of warnings, and not warned
# about a checked length that goes from ssize_t to size_t.
WARN     := -Wall -Wextra -Wconversion
CPPFLAGS += -D_GNU_SOURCE -I.
COMPILE   = $(CC) -std=gnu11 $(CPPFLAGS) $(WARN) $(CFLAGS)
Q        := $(if $(filter 1,$(V)),,@)
# make reports each exit status but 0 as an error, in lines of its own, even that of a check in which a test did not
# pass. In a terminal, where somebody reads the result, such a check ends with 0 and without them. In a script or a pipe
# make has the status; tests/bench/check has it always.
EXPLAIN  := || { status=$$?; [ $$status -eq 1 ] || exit $$status; [ -n "$(MAKE_TERMOUT)" ] || \
    { echo "Not everything passed, and make reports that as an error:" >&2; exit 1; }; }
say       = $(if $(filter 1,$(V)),,@printf '  %-5s %s\n' '$(1)' '$(2)')

# The user's habits are not for our scripts, and their language need not be installed here.
unexport BASH_ENV ENV POSIXLY_CORRECT
USERS_LC_ALL := $(LC_ALL)
export LC_ALL := C.UTF-8

# What a zip or a stick has done to the kit: execute bits are lost. What another system has: it was built for a newer
# libc.
ifndef UDPLAB_LOOKED
export UDPLAB_LOOKED := yes
$(shell [ -x tests/bench/check ] || grep -rlE '^#!' docs tools tests .ci 2>/dev/null | xargs -d '\n' chmod +x)
$(shell [ ! -e $(BUILD)/peer ] || $(BUILD)/peer </dev/null >/dev/null 2>&1 || { \
    echo "What was built here does not run on this system: it is built anew." >&2; \
    rm -rf $(addprefix $(BUILD)/,*.a lib tools tests sockscope peer talk); \
    find labs solutions -type f -perm -100 ! -name '*.*' -delete; })
endif

# --- inventory: the folders are the list ----------------------------------------------
LABS       := $(notdir $(wildcard labs/[0-9]*))
NUMBERS    := $(foreach lab,$(LABS),$(firstword $(subst -, ,$(lab))))
PROGRAMS   := $(basename $(wildcard labs/*/*.c solutions/*/*.c))
LIBRARY    := $(BUILD)/libudplab.a
LIB_OBJS   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*.c))
SCOPE      := $(BUILD)/sockscope
SCOPE_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/sockscope/*/*.c))
PEER       := $(BUILD)/peer
TALK       := $(BUILD)/talk
FILTER     := $(BUILD)/box.bpf
CONFINE    := $(BUILD)/confine
# What a check of one lab needs besides the answers.
GIVEN      := $(basename $(or $(wildcard solutions/*/*.c),$(shell grep -l '^ \* .*, given:' labs/*/*.c)))

# A lab goes by its number or by its whole name.
lab_of      = $(filter $(1) $(1)-%,$(LABS))
each        = $(foreach lab,$(NUMBERS) $(LABS),$(1)-$(lab))
FOR_EACH   := $(foreach verb,demo predict check hint watch scope memcheck reset,$(call each,$(verb)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# --- the front door -------------------------------------------------------------------
.PHONY: help start demo check progress next facts lan doctor editor format clean everything ready
.PHONY: $(NUMBERS) $(LABS) $(FOR_EACH)

help: ## this list
	@sed -nE 's/^(\$$\(call each,[a-z]+\): )?([a-z%$$][^:]*):.*## (.*)/\2|\3/p' Makefile $(wildcard kit.mk) | \
	    sed -E 's/^\$$\(NUMBERS\)[^|]*/02/; s/%/02/' | awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

start: ## install what is missing, build, and show where to begin
	$(Q)tools/provision
	$(Q)$(MAKE) --no-print-directory $(SCOPE) $(firstword $(NUMBERS))
	@echo; $(if $(wildcard solutions),echo "Look first: make demo";) \
	    echo "Begin with labs/$(firstword $(LABS))/README.md, then: make check-$(firstword $(NUMBERS))"

demo: everything ## play the scenes of all labs, as far as the programs are written: calls and packets on one timeline
	$(Q)tests/bench/play $(sort $(wildcard tests/*/scenes/*.bash))

$(call each,demo): demo-%: $(SCOPE) $(PEER) $(TALK) $(GIVEN) % ## play the scenes of lab 02 only
	$(Q)tests/bench/play $(sort $(wildcard tests/$(call lab_of,$*)/scenes/*.bash))

$(NUMBERS) $(LABS): $$(basename $$(wildcard labs/$$@/*.c labs/$$@-*/*.c)) ## build the programs of lab 02

$(call each,predict): predict-%: ## answer the questions of lab 02's handout before you see its answers
	$(Q)tools/predict $(call lab_of,$*)

$(call each,check): check-%: ## check your answers to lab 02
	$(Q)ANSWERS="$(ANSWERS)" tests/bench/check $(call lab_of,$*) $(EXPLAIN)

$(call each,hint): hint-%: ## a hint when you are stuck, one step at a time; TASK=3 for another task
	$(Q)tools/hint $(call lab_of,$*) "$(TASK)"

$(call each,watch): watch-%: ## check lab 02 again at each save, up to the first failure; ALL=1 for all tests
	$(Q)tools/watch $(call lab_of,$*)

$(call each,scope): scope-%: $(SCOPE) $(GIVEN) % ## see your program's calls and packets, with a server; ALONE=1 without
	$(Q)tools/scope $(call lab_of,$*) $(RUN)

$(call each,memcheck): memcheck-%: ## only Valgrind's part of the check
	$(Q)ANSWERS="$(ANSWERS)" tests/bench/check -f Valgrind $(call lab_of,$*) $(EXPLAIN)

# To make, a number beside it is another target: it would check all labs.
check: ## check all labs
	$(Q)$(if $(filter 0% 1% 2% 3% 4% 5% 6% 7% 8% 9%,$(MAKECMDGOALS)),tools/suggest '$(MAKECMDGOALS)',\
	    ANSWERS="$(ANSWERS)" tests/bench/check $(LABS) $(EXPLAIN))

progress: ## how far you are, and what is next
	$(Q)UDPLAB_CHARMAP=$$(LC_ALL='$(USERS_LC_ALL)' locale charmap 2>/dev/null) tools/progress

next: ## the next lab, and how to begin it
	$(Q)tools/next

$(call each,reset): reset-%: ## get lab 02's starter again; your file is kept beside it
	$(Q)tools/reset $(call lab_of,$*)

facts: ## try the facts of docs/facts.md on this kernel; FACT=1.8 for one, make facts-1 for a chapter
	$(Q)BUILD=$(BUILD) tools/facts $(FACT)

facts-%:
	$(Q)BUILD=$(BUILD) tools/facts $*

lan: $(SCOPE) ## three hosts on a private LAN, a terminal for each, all packets recorded
	$(Q)tools/lan-terminal

doctor: ## what is missing on this machine, and what works without it
	$(Q)tools/doctor

# Students' programs and the kit's own are compiled alike, but for one warning.
editor: ## tell your editor how the C files are compiled: compile_commands.json
	$(Q)printf '%s\n' $(sort $(wildcard lib/*.c labs/*/*.c solutions/*/*.c tests/bench/*.c tools/sockscope/*/*.c)) | \
	    gojq -nR '[inputs | {directory: "$(CURDIR)", file: ., command: "$(COMPILE) -c \(.)"}]' >compile_commands.json

format: ## format the C sources as .clang-format says
	$(Q)find $(wildcard lib labs solutions tests tools) -name '*.[ch]' -exec clang-format -i {} +

clean: ## remove everything that was built
	$(Q)rm -rf $(BUILD) $(PROGRAMS) compile_commands.json

# --- the kit's own code ---------------------------------------------------------------
check $(FOR_EACH): | $(BUILD)

$(BUILD):
	$(Q)mkdir -p $@ 2>/dev/null || \
	    { echo "You cannot write to this folder: copy the kit to a folder of your own." >&2; exit 2; }

$(BUILD)/%.o: %.c | $(BUILD)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -Werror -MMD -MP -c -o $@ $<

$(LIBRARY): $(LIB_OBJS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(SCOPE): $(SCOPE_OBJS)
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -o $@.new $^ -lpcap && mv $@.new $@

$(PEER): $(BUILD)/tests/bench/peer.o $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -o $@.new $< $(WITH_LIBRARY) && mv $@.new $@

$(TALK): $(BUILD)/tests/bench/talk.o
	$(call say,LINK,$@)
	$(Q)$(COMPILE) -pthread -o $@.new $< && mv $@.new $@

# Which calls a boxed program may make: written by a program, since each processor numbers the calls in its own way.
$(FILTER): tests/bench/box/filter.c | $(BUILD)
	$(call say,BOX,$@)
	$(Q)$(COMPILE) -Werror -o $(BUILD)/filter $< -lseccomp && $(BUILD)/filter >$@

# Static, and so without sanitizers: see its head.
$(CONFINE): tests/bench/box/confine.c | $(BUILD)
	$(call say,BOX,$@)
	$(Q)$(CC) -std=gnu11 $(CPPFLAGS) $(WARN) -O2 -Werror -static -o $@.new $< && mv $@.new $@

$(BUILD)/facts/%: tests/facts/%.c $(wildcard tests/facts/*.h)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -Werror -pthread -o $@ $<

# --- the programs of the labs: the only rule that compiles one, beside its source -----
WITH_LIBRARY = -Wl,--whole-archive $(LIBRARY) -Wl,--no-whole-archive

everything: $(SCOPE) $(PEER) $(TALK) $(FILTER) $(CONFINE) $(PROGRAMS)

ready: $(SCOPE) $(PEER) $(FILTER) $(CONFINE) $(LIBRARY) $(GIVEN)

$(PROGRAMS): %: %.c $(LIBRARY) lib/common.h
	$(call say,CC,$@)
	$(Q)rm -f $@
	$(Q)$(COMPILE) -Wno-sign-conversion -o $@ $< $(WITH_LIBRARY)

-include $(wildcard $(LIB_OBJS:.o=.d) $(SCOPE_OBJS:.o=.d) $(BUILD)/tests/bench/peer.d)

# --- targets for readers and for work on the kit: the students' archive leaves them out ---
ifneq ($(wildcard kit.mk),)
include kit.mk
else
.PHONY: docs docs-serve grade gradescope autolab test answers lint bench fuzz handout hooks
docs docs-serve grade gradescope autolab test answers lint bench fuzz handout hooks:
	@echo "make $@ is for work on the kit itself: the students' archive does not have the files for it." >&2; exit 2
endif

# --- targets that do not exist: make -n finds that out, too -----------------------------
.DEFAULT:
	+@tools/suggest '$@ $(filter-out $@,$(MAKECMDGOALS))'
