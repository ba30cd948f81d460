# The site, from the top of the kit: make -f docs/site.mk BUILD=build
BUILD   ?= build
AWESOME ?= /usr/share/doxygen-awesome-css
LUNR    ?= /usr/share/javascript/lunr
Q       := $(if $(filter 1,$(V)),,@)
BUILT   := $(BUILD)/docs
SITE    := $(BUILT)/html/index.html
PAGES   := README.md $(filter-out README.md,$(wildcard *.md)) $(sort $(shell \
    find docs labs/*/README.md tests/bench tests/facts tools -path tools/template -prune -o -name '*.md' -print))
SHOWN   := $(wildcard solutions/*/*.c tests/[0-9]*/checks.bats tests/*/scenes/*.bash)
PICTURES := $(wildcard labs/*/pictures/*.svg)
HEADERS := $(wildcard tools/sockscope/*/*.h)
READ    := $(BUILT)/labs.dox docs/pages.dox $(BUILT)/sources.dox ./README.md $(filter-out README.md,$(PAGES)) lib \
    $(HEADERS)

MISSING := $(if $(shell command -v doxygen),,doxygen) $(if $(shell command -v dot),,graphviz) \
           $(if $(wildcard $(AWESOME)/doxygen-awesome.css),,doxygen-awesome-css) \
           $(if $(wildcard $(LUNR)/lunr.min.js),,libjs-lunr)

export BUILT AWESOME LUNR

.DELETE_ON_ERROR:
.PHONY: site tools
site: $(SITE)

tools:
	@[ -z "$(strip $(MISSING))" ] || { echo "The site needs $(strip $(MISSING)): tools/provision all" >&2; exit 2; }

# A site with a defect is not put into the place of one without.
$(SITE): docs/Doxyfile docs/md-filter docs/pages.dox docs/landmarks docs/search-index $(wildcard docs/theme/*) \
		$(PAGES) $(wildcard lib/*) $(HEADERS) \
		$(BUILT)/labs.dox $(BUILT)/header.html $(BUILT)/known $(PICTURES) | tools
	@echo "  DOCS  $(BUILT)/html"
	$(Q)rm -rf $(BUILT)/new
	$(Q)mkdir -p $(BUILT)/new
	$(Q)(cat docs/Doxyfile $(BUILT)/known; echo 'INPUT = $(READ)'; echo 'OUTPUT_DIRECTORY = $(BUILT)/new') | doxygen -
	$(Q)cp $(PICTURES) $(BUILT)/new/html
	$(Q)sed -i -E -f docs/landmarks $(BUILT)/new/html/*.html
	$(Q)docs/search-index $(BUILT)/new/html/*.html >$(BUILT)/new/html/search-index.js
	$(Q)rm -rf $(BUILT)/html
	$(Q)mv $(BUILT)/new/html $(BUILT)/html
	$(Q)rmdir $(BUILT)/new

# The page tree of what is found in folders, and the pages of the sources that are linked to.
$(BUILT)/labs.dox: docs/tree docs/pages.dox docs/md-filter $(PAGES) $(SHOWN) | tools
	$(Q)docs/tree $(BUILT) $(PAGES)

-include $(BUILT)/sources.mk

# The header belongs to the version of Doxygen that wrote it.
$(BUILT)/header.html: docs/theme/head.html docs/theme/top.html $(shell command -v doxygen) | tools
	$(Q)mkdir -p $(@D)
	$(Q)cd $(@D) && doxygen -w html stock.html footer.html stock.css
	$(Q)sed -e '/<\/head>/e cat docs/theme/head.html' -e '/<!--END TITLEAREA-->/e cat docs/theme/top.html' \
	    -e 's,\$$projectname<!--BEGIN,<a href="$$relpath^index.html">$$projectname</a><!--BEGIN,' \
	    -e 's/<html [^>]*>/<html lang="en">/' -e 's,<body>,&<a class="skip" href="#doc-content">To the text</a>,' \
	    $(@D)/stock.html >$@
	$(Q)rm $(@D)/stock.html $(@D)/footer.html $(@D)/stock.css

# Settings that this Doxygen has and another one would complain about: clear call graphs (1.9.4), and the theme's own
# idea of light and dark (1.9.8).
$(BUILT)/known: docs/site.mk $(shell command -v doxygen) | tools
	$(Q)mkdir -p $(@D)
	$(Q)doxygen -s -g - >$@.all
	$(Q)for setting in 'DOT_TRANSPARENT = YES' 'HTML_COLORSTYLE = LIGHT'; do \
	    ! grep -q "^$${setting%% *} " $@.all || echo "$$setting"; done >$@
	$(Q)rm $@.all
