# The ladders and transcripts in the Markdown are what the scenes show today, but for times, ports, and who was quicker.

bats_require_minimum_version 1.5.0

load copies

setup_file() {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    local page
    cd "$TOP" || return
    for page in README.md docs/*.md labs/*/README.md; do
        cp "$page" "$(copy_of "$page")"
    done
    tests/bench/transcripts "$BATS_FILE_TMPDIR"/*.md 3>&-
}

setup() {
    cd "$TOP" || return
}

copy_of() {
    echo "$BATS_FILE_TMPDIR/${1//\//-}"
}

# same HOW: the pages and what was played today are the same, seen through transcripts --HOW.
same() {
    local page other=0
    for page in README.md docs/*.md labs/*/README.md; do
        diff <(tests/bench/transcripts "--$1" <"$page") <(tests/bench/transcripts "--$1" <"$(copy_of "$page")") || {
            echo "$page: if what was played today is right: tests/bench/transcripts $page"
            other=1
        }
    done
    [ "$other" -eq 0 ]
}

@test "every ladder on a page is what its scene draws" {
    same words
}

@test "every transcript on a page is what stands in the terminals of its scene" {
    same blocks
}

@test "every handout shows a ladder and transcripts, the front page a ladder" {
    local page
    for page in labs/*/README.md; do
        grep -q '^<!-- terminal ' "$page" || { echo "$page shows no transcript" && false; }
    done
    for page in README.md labs/*/README.md; do
        grep -q '^<!-- ladder ' "$page" || { echo "$page shows no ladder" && false; }
    done
}

# shellcheck disable=SC2016,SC2154  # awk's own; run sets it
@test "what was typed at a prompt stands in a transcript" {
    run -0 awk '
        /^ *```/ { inside = !inside; transcript = /console/ }
        inside && !transcript && /^ *[$] / { print FILENAME ": " $0 }' README.md docs/*.md labs/*/README.md
    [ -z "$output" ] || { echo "$output" && false; }
}

@test "every scene for transcripts is on a page" {
    local scene
    for scene in tests/*/terminals/*.bash; do
        scene=$(basename "$scene" .bash)
        grep -qh -- "<!-- terminal $scene " README.md docs/*.md labs/*/README.md ||
            { echo "on no page: $scene" && false; }
    done
}

@test "a transcript that names no terminal is an error, and the page stays as it was" {
    local page=$BATS_TEST_TMPDIR/page.md
    printf '%s\n' '```console' '$ true' '```' >"$page"
    cp "$page" "$page.before"
    run -1 tests/bench/transcripts "$page" 3>&-
    shown "a transcript that no terminal shows"
    cmp "$page" "$page.before"
}
