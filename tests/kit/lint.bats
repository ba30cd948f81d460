# What every source is held to, by the tools of whichever system this is.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
}

@test "compilers, formatter and shellcheck have nothing to say about the kit's own code" {
    local tool
    for tool in clang clang-format shellcheck; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
    run make --no-print-directory lint
    echo "$output"
    [[ $status -eq 0 && -z $output ]]
}

@test "a line of more than 120 characters is named; not bytes are counted, and what cannot be broken is spared" {
    local file=$BATS_TEST_TMPDIR/page.md long
    long=$(printf 'ü%.0s' {1..120})
    printf '%s\n| %s |\n```\n%s more\n```\n[a link](%s)\n' "$long" "$long" "$long" "$long" >"$file"
    run -0 tests/bench/lint "$file"
    [ -z "$output" ]
    echo "${long}x" >>"$file"
    run -1 tests/bench/lint "$file"
    [[ $output == "$file:7:"*"$file: longer than 120 columns" ]]
}
