# make, make check and so on inside a lab's folder: the same as from the top, for this lab.
# The folder's name is the last word of its path, also where folders above it have blanks in their names.
NUMBER := $(firstword $(subst -, ,$(lastword $(subst /, ,$(CURDIR)))))

.PHONY: build check memcheck scope hint watch reset
build:
	@$(MAKE) --no-print-directory -C ../.. $(NUMBER)

check hint memcheck reset scope watch:
	@$(MAKE) --no-print-directory -C ../.. $@-$(NUMBER)
