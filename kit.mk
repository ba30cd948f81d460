# For readers and for work on the kit itself: part of the Makefile, and left out of the students' archive.

HANDOUT := $(BUILD)/udplab-handout.tar.gz

.PHONY: docs docs-serve grade gradescope autolab test answers lint handout bench fuzz hooks
docs: ## make the site: build/docs/html (tools/provision all installs its tools)
	$(Q)$(MAKE) --no-print-directory -f docs/site.mk BUILD=$(BUILD) V=$(V)

docs-serve: docs ## make it, and serve it to your browser; PORT=8001 for another port
	$(Q)docs/serve $(BUILD)/docs/html $(PORT)

grade: ## grade a class: CLASS=folder-or-archive as a learning platform delivers it; tools/grade --help has more
	$(Q)tools/grade $(if $(CLASS),,--help) "$(CLASS)" || [ $$? -eq 1 ]

gradescope: ## pack the autograder for Gradescope; ONLY=02 for one lab
	$(Q)tools/grading/pack gradescope $(BUILD) $(ONLY)

autolab: ## pack the autograder for Autolab; ONLY=02 for one lab
	$(Q)tools/grading/pack autolab $(BUILD) $(ONLY)

test: ## test everything that the kit promises
	$(Q)tests/bench/suite

answers: everything ## try the graded tests on wrong answers and on other right ones (takes a while)
	$(Q)tests/bench/try-answers $(BUILD)/answers

lint: ## what compilers and linters say about the kit's own code
	$(Q)tests/bench/lint

hooks: ## let git format and check what you commit
	$(Q)git config core.hooksPath tools/hooks

# --- the archive for students ---
# What students get is named here. A new file stays out of the archive until a pattern names it.
HANDED_OUT := Makefile LICENSE VERSION Vagrantfile Containerfile .devcontainer/* .clang-format .editorconfig \
    .gitattributes .gitignore \
    labs/Makefile labs/lab.mk labs/*/Makefile labs/*/*.md labs/*/*.c labs/*/pictures/*.svg lib/*.[ch] \
    tests/[0-9]*/checks.bats tests/[0-9]*/causes.jq tests/[0-9]*/beside.bash tests/[0-9]*/scenes/*.bash \
    $(addprefix tests/bench/,*.bash *.jq *.c causes/* box/* RESULTS.md check compile format play take) \
    tools/prelude.bash \
    $(addprefix tools/,doctor facts hint kernel-path lan-terminal next predict progress provision) \
    $(addprefix tools/,reset scope suggest watch) \
    tests/facts/* tools/sockscope/*/*.[ch] tools/sockscope/EVENTS.md tools/sockscope/sockscope.1 \
    $(addprefix docs/,facts.md glossary.md kernel-path.md kernels.md kernels/* languages.md languages/*) \
    $(addprefix docs/,questions.md student.md vm.md)

# Its README is the students' guide, seen from one folder up.
handout: ## pack the archive for students, without solutions
	$(Q)git rev-parse -q --verify HEAD >/dev/null || \
	    { echo "The archive holds the last commit, and this is not a git repository with one." >&2; exit 2; }
	$(Q)mkdir -p $(BUILD)/handout
	$(Q)git archive -o $(BUILD)/handout/starters.tar HEAD ':(glob)labs/*/*.c'
	$(Q)git show HEAD:docs/student.md | sed '1s/.*/# udplab: the first hour/; s|](\.\./|](|g; s|](\([a-z]*\.md\)|](docs/\1|g' >$(BUILD)/handout/README.md
	$(Q)git archive -o $(HANDOUT) \
	    --prefix=udplab/tools/ --add-file=$(BUILD)/handout/starters.tar \
	    --prefix=udplab/ --add-file=$(BUILD)/handout/README.md \
	    HEAD $(foreach pattern,$(HANDED_OUT),':(glob)$(pattern)')
	@echo "$(HANDOUT): the last commit, without solutions"

bench: everything ## measure what a check costs, beside plain bats, Valgrind and strace
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
fuzz: $(FUZZERS:%=%.run) # feeds sockscope's parsers and the stage with anything, FUZZ_SECONDS each

