# make editor: what editors want to know of each C file.
bats_require_minimum_version 1.5.0

load copies

@test "compile_commands.json has each C file, and its commands compile" {
    copy_tree "$BATS_TEST_TMPDIR/a kit"
    cd "$BATS_TEST_TMPDIR/a kit"
    make -s editor 3>&-
    [ "$(gojq -r '.[].file' compile_commands.json | grep -E '^(lib|labs|solutions)/' | sort)" = "$(find lib labs solutions -name '*.c' | sort)" ]
    gojq -e --arg here "$PWD" 'all(.[]; .directory == $here)' compile_commands.json
    local command
    while IFS= read -r command; do
        $command -fsyntax-only
    done < <(gojq -r '.[] | select(.file | startswith("labs/")) | .command' compile_commands.json)
}
