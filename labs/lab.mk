# make, make check and so on inside a lab's folder: the same as from the top, for this lab; all else is the top's.
# The folder's name is the last word of its path, even where folders above it have spaces in their names.
NUMBER := $(firstword $(subst -, ,$(lastword $(subst /, ,$(CURDIR)))))
TOP    := --no-print-directory -C ../..

.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

.PHONY: build check demo hint memcheck predict reset scope watch
build:
	@$(MAKE) $(TOP) $(NUMBER)

check demo hint memcheck predict reset scope watch:
	@$(MAKE) $(TOP) $@-$(NUMBER)

.DEFAULT:
	@$(MAKE) $(TOP) $@
