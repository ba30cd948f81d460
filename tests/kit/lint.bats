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
