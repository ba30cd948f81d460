# For work on the kit itself: part of the Makefile, and left out of the students' archive.

HANDOUT := $(BUILD)/udplab-handout.tar.gz

.PHONY: test answers lint handout bench fuzz
test: ## everything the kit promises, tested
	$(Q)tests/bench/suite

answers: ## the graded tests, tried on wrong and on other right answers (takes a while)
	$(Q)tests/bench/suite tests/kit/answers.bats

lint: ## what compilers and linters say about the kit's own code
	$(Q)tests/bench/lint

# Its README is the students' guide, seen from one folder up.
handout: ## the archive for students, without solutions
	$(Q)[ -e .git ] || { echo "The archive is made of the kit's last commit, and here is no repository." >&2; exit 2; }
	$(Q)mkdir -p $(BUILD)/handout
	$(Q)git archive -o $(BUILD)/handout/starters.tar HEAD 'labs/*/*.c'
	$(Q)git show HEAD:docs/student.md | sed '1s/.*/# udplab: the first hour/; s|](\.\./|](|g; s|](\([a-z]*\.md\)|](docs/\1|g' >$(BUILD)/handout/README.md
	$(Q)git archive -o $(HANDOUT) \
	    --prefix=udplab/tools/ --add-file=$(BUILD)/handout/starters.tar \
	    --prefix=udplab/ --add-file=$(BUILD)/handout/README.md \
	    HEAD . $(foreach path,README.md kit.mk solutions tests/*/wrong tests/*/right tests/*/feedback.txt tests/*/terminals tests/kit tests/fuzz .ci,':!$(path)')
	@echo "$(HANDOUT): the last commit, without solutions"

bench: everything ## what a check costs, beside plain bats, Valgrind and strace
	$(Q)tests/bench/bench-cost
	$(Q)tools/sockscope/bench $(SCOPE)

# --- sockscope: fuzzing ---
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZED  := $(filter-out tools/sockscope/commands/main.c,$(wildcard tools/sockscope/*/*.c))

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(FUZZED) $(wildcard tools/sockscope/*/*.h)
	$(call say,FUZZ,$@)
	$(Q)mkdir -p $(@D)/corpus-$*
	$(Q)clang -std=gnu11 $(CPPFLAGS) $(WARN) -Werror -O1 -g -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined -o $@ $< $(FUZZED) -lpcap

# Only the machine's own seeds grow: what is found on the way stays in build/.
$(FUZZERS:%=%.run): %.run: %
	$(Q)$< -close_fd_mask=3 -max_total_time=$(FUZZ_SECONDS) -timeout=5 -max_len=8192 -artifact_prefix=$(BUILD)/fuzz/ \
		$(@D)/corpus-$(notdir $*) tests/fuzz/seeds/$(notdir $*)

.PHONY: $(FUZZERS:%=%.run)
fuzz: $(FUZZERS:%=%.run) # feeds sockscope's two parsers with anything, FUZZ_SECONDS each

