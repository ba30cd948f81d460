# The hooks that `make hooks` installs: what is committed is formatted and checked, and its subject has a form.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    local tool
    for tool in clang clang-format shellcheck; do
        command -v "$tool" >/dev/null || skip "$tool is not installed: tools/provision all"
    done
    copy_tree "$BATS_FILE_TMPDIR/kit"
    commit_tree "$BATS_FILE_TMPDIR/kit"
    make -s -C "$BATS_FILE_TMPDIR/kit" hooks 3>&-
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit" || return
    git config user.name kit
    git config user.email kit@localhost
}

@test "what is staged is formatted before it is committed" {
    printf 'int   one(void);\nint one( void ){return 1;}\n' >lib/one.c
    git add lib/one.c
    run -0 git commit -m "lib: one" 3>&-
    git show HEAD:lib/one.c >committed.c
    clang-format --dry-run --Werror committed.c
    cmp committed.c lib/one.c
}

@test "a file that is staged in part is not committed with its rest" {
    echo 'int one(void);' >>lib/line.c
    git add lib/line.c
    echo 'int two(void);' >>lib/line.c
    run -1 git commit -m "lib: one" 3>&-
    shown "lib/line.c is staged in part"
}

@test "what the compilers or shellcheck complain about is not committed" {
    echo 'int one(void) { int unused; return 1; }' >lib/one.c
    git add lib/one.c
    run -1 git commit -m "lib: one" 3>&-
    shown "unused"
    git rm -q --cached lib/one.c
    # shellcheck disable=SC2016
    printf '#!/usr/bin/env bash\ncd $1\n' >tools/one
    git add tools/one
    run -1 git commit -m "tools: one" 3>&-
    shown "SC2086"
    [ "$(git log --format=%s | wc -l)" -eq 1 ]
}

@test "a new line of more than 120 columns is not committed" {
    printf '# %s\n' "$(printf 'x%.0s' {1..119})" >>tools/hint
    git add tools/hint
    run -1 git commit -m "tools: one" 3>&-
    shown "longer than 120 columns"
    [ "$(git log --format=%s | wc -l)" -eq 1 ]
    sed -i '$s/xx$//' tools/hint
    git add tools/hint
    run -0 git commit -m "tools: one" 3>&-
}

# said STATUS SUBJECT WORDS
said() {
    printf '%s\n\nWhy.\n# a comment\n' "$2" >message
    run "-$1" tools/hooks/commit-msg message
    shown "$3"
}

@test "a subject begins with its area and has at most 72 characters" {
    said 0 "scope: draw it" ""
    said 0 "kit tests: hold it" ""
    said 0 "a: $(printf 'x%.0s' {1..69})" ""
    said 2 "a: $(printf 'x%.0s' {1..70})" "the subject has 73 characters"
    said 2 "Draw it" "begins with its area"
    said 2 "scope:draw" "begins with its area"
    said 2 "scope: draw it." "without a full stop"
    said 0 "Merge branch 'x'" ""
    said 0 "fixup! scope: draw it" ""
    printf 'scope: draw it\nand more\n' >message
    run -2 tools/hooks/commit-msg message
    shown "an empty line follows the subject"
}
