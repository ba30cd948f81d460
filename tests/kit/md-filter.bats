# docs/md-filter: Markdown of a Git host, for Doxygen. With each awk that is here: Debian's is mawk.
# shellcheck disable=SC2016  # backticks are Markdown here
bats_require_minimum_version 1.5.0

FILTER=$BATS_TEST_DIRNAME/../../docs/md-filter

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir -p docs labs/01-first labs/02-second lib tests/bench
    echo "# One" >labs/01-first/README.md
    touch docs/guide.md lib/common.h tests/bench/peer.c README.md
}

# filtered PAGE <TEXT: the text as that page, through every awk, without empty lines.
filtered() {
    local page=$1 awk
    cat >"$page"
    shift
    FILTERED=$(awk -f "$FILTER" "$@" "$page" | grep -v '^$')
    for awk in mawk gawk original-awk "busybox awk"; do
        # shellcheck disable=SC2086
        ! command -v ${awk% *} >/dev/null ||
            diff <(echo "$FILTERED") <($awk -f "$FILTER" "$@" "$page" | grep -v '^$') || { echo "with $awk"; return 1; }
    done
    echo "$FILTERED"
}

# shows LINE...: the filtered text has each of these lines.
shows() {
    local line
    for line in "$@"; do
        grep -qxF -- "$line" <<<"$FILTERED" || { printf 'no line: %s\n' "$line" && return 1; }
    done
}

@test "a page gets its name from its path, a heading the name that a Git host gives it" {
    filtered labs/02-second/README.md <<'END'
# The second lab

## What `connect()` does, and *why*

## Twice

## Twice
END
    shows '# The second lab {#labs-02-second}' \
        '## What `connect()` does, and *why* {#labs-02-second--what-connect-does-and-why}' \
        '## Twice {#labs-02-second--twice}' '## Twice {#labs-02-second--twice-1}' '@tableofcontents{HTML:3}'
    filtered docs/guide.md <<<'# Guide'
    shows '# Guide {#guide}'
    filtered README.md <<<$'# Front\n\n## Begin'
    shows '# Front' '@anchor index--begin' '## Begin'
}

@test "links lead to pages, headings and sources; what has no page is text" {
    filtered labs/02-second/README.md <<'END'
# Second
[one](../01-first/README.md) [task](../01-first/README.md#task-1) [folder](../01-first/) [here](#twice)
[top](../../README.md) [begin](../../README.md#begin) [guide](../../docs/guide.md)
[header](../../lib/common.h) [peer](../../tests/bench/peer.c) [no page](../../tests/) [neither](../../tests)
[there](https://example.org/a.md#b) [over a
line's end](../01-first/README.md) [`code`](../01-first/README.md) ["quoted"](../01-first/README.md)
END
    shows '[one](@ref labs-01-first) [task](@ref labs-01-first--task-1) [folder](@ref labs-01-first) [here](@ref labs-02-second--twice)' \
        '[top](@ref index) [begin](@ref index--begin) [guide](@ref guide)' \
        '[header](@ref lib/common.h) [peer](@ref source-tests-bench-peer-c) no page neither' \
        "[there](https://example.org/a.md#b) [over a line's end](@ref labs-01-first) [\`code\`](@ref labs-01-first)"\
' [&quot;quoted&quot;](@ref labs-01-first)'
}

@test "code spans and blocks are left alone, but for the % that Doxygen would take" {
    filtered docs/guide.md <<'END'
# Guide
`strace -e %network` and ``a `%d` b`` and 5 % and `[no](link.md)` and `over
a %s line`, one ` alone [one](../labs/01-first/README.md)

```sh
# no heading, no [link](x.md), %d
```

~~~~text
```
[link](x.md)
~~~~
END
    shows '`strace -e %%network` and ``a `%%d` b`` and 5 % and `[no](link.md)` and `over' \
        'a %%s line`, one ` alone [one](@ref labs-01-first)' '# no heading, no [link](x.md), %d' '[link](x.md)'
}

@test "what looks like a name of C++ or a link to one in a code span is neither" {
    filtered docs/guide.md <<<$'# Guide\n\n`::ffff:10.0.0.1`, `#include <x_y.h>` and `::1`'
    shows '<code>\::ffff:10.0.0.1</code>, <code>\#include \<x\_y.h\></code> and `::1`'
}

@test "alerts, task lists and images" {
    filtered docs/guide.md <<'END'
# Guide

> [!NOTE]
> Said in
> [one](../labs/01-first/README.md).
>
> And more.

> [!CAUTION]
> Hot.

> A quotation.

- [ ] to do
- [x] done

![a picture](../labs/01-first/scene.svg)
END
    shows '@note @parblock' 'Said in' '[one](@ref labs-01-first).' 'And more.' '@endparblock' '@warning @parblock' 'Hot.' \
        '> A quotation.' '- ☐ to do' '- ☑ done' '![a picture](scene.svg)'
    [ "$(grep -c '@endparblock' <<<"$FILTERED")" -eq 2 ]
}

@test "answers unfold" {
    filtered docs/guide.md <<'END'
# Guide

<details>
<summary>What is <code>%d</code>,
and why?</summary>

A `%d`.

</details>

<details><summary>Short</summary>
Yes.
</details>
END
    [ "$FILTERED" = '# Guide {#guide}
@tableofcontents{HTML:3}
@htmlonly[block]
<details>
@endhtmlonly
@htmlonly[block]
<summary>What is <code>%d</code>,
and why?</summary>
@endhtmlonly
A `%%d`.
@htmlonly[block]
</details>
@endhtmlonly
@htmlonly[block]
<details><summary>Short</summary>
@endhtmlonly
Yes.
@htmlonly[block]
</details>
@endhtmlonly' ]
}

@test "names of one's own can be linked to" {
    filtered docs/guide.md <<<$'# Guide\n\n<a id="fact-1-6"></a>A fact, see [it](#fact-1-6).'
    shows '@anchor guide--fact-1-6 A fact, see [it](@ref guide--fact-1-6).'
}

@test "a ladder's picture becomes a part of the page, wide and narrow, beside the same as text" {
    mkdir -p labs/02-second/pictures
    echo '<svg width="700">the picture</svg>' >labs/02-second/pictures/scene.svg
    local page=$'# Second\n\n<!-- ladder scene -->\n![What happens](pictures/scene.svg)\n\n```text\nthe text\n```\n\nAfter.'
    filtered labs/02-second/README.md <<<"$page"
    shows '<figure class="ladder" style="--width:700px">' '<svg width="700">the picture</svg>' '<figcaption><a href="scene.svg">The picture alone</a></figcaption>' \
        '</figure>' 'the text' 'After.'
    [[ $FILTERED != *narrow* ]]
    echo "<svg>for a phone</svg>" >labs/02-second/pictures/scene.narrow.svg
    filtered labs/02-second/README.md <<<"$page"
    shows '<svg width="700">the picture</svg>' '<div class="narrow">' '<svg>for a phone</svg>'
    # From another page, the same.
    filtered docs/guide.md <<<"${page//pictures/../labs/02-second/pictures}"
    shows '<svg width="700">the picture</svg>' '<svg>for a phone</svg>'
}

@test "with headings=2 it names the headings of that level, and nothing else" {
    filtered docs/guide.md -v headings=2 <<<$'# Guide\n\n## One *thing*\n\n### Below\n\n## Another\n\ntext'
    [ "$FILTERED" = $'guide--one-thing\tOne *thing*\nguide--another\tAnother' ]
    filtered docs/guide.md -v headings=1 <<<$'# Guide\n\n## One'
    [ "$FILTERED" = $'guide\tGuide' ]
}

@test "what belongs to a page's end is put there" {
    mkdir -p built/more
    echo "- more" >built/more/labs-02-second.md
    filtered labs/02-second/README.md -v built=built <<<"# Second"
    [ "$(tail -n 1 <<<"$FILTERED")" = "- more" ]
}

@test "with list=1 it names the files that a page links to, and nothing else" {
    filtered labs/02-second/README.md -v list=1 <<'END'
# Second
[one](../01-first/README.md#x) [gone](gone.c) [there](https://example.org) `[no](no.c)` [here](#here)
END
    [ "$FILTERED" = $'labs/01-first/README.md\nlabs/02-second/gone.c' ]
}
