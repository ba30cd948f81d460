# sockscope's folders are storeys: each one uses only those below it, and within one no circle of includes exists.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
}

STOREYS="base model record read stage ladder commands"

# wrong_includes FOLDER: a line for each include that leads up, or to a folder that is not a storey.
wrong_includes() {
    grep -n '^#include "' "$1"/*/*.[ch] | awk -v folder="$1/" -v storeys="$STOREYS" '
        BEGIN { for (count = split(storeys, name, " "); count > 0; count--) height[name[count]] = count }
        {
            file = substr($0, length(folder) + 1)
            storey = file; sub("/.*", "", storey)
            split($0, quoted, "\"")
            target = quoted[2]
            used = storey
            if (target ~ /^\.\.\/[a-z]+\/[^\/]*$/) { split(target, part, "/"); used = part[2] }
            else if (target ~ /\//) used = ""
            sub(/:#.*/, "", file)
            if (!height[storey]) print file ": " storey " is not a storey: " storeys
            else if (!height[used]) print file ": \"" target "\" does not lead to a storey"
            else if (height[used] > height[storey])
                print file ": " storey " uses \"" target "\", and " used " is above it"
        }'
}

# circles FOLDER: what tsort(1) says of files (x.c and x.h are one) that include each other in a circle.
circles() {
    grep -o '^#include "[^"]*' "$1"/*/*.[ch] | awk -F: '{
        sub(/#include "/, "", $2)
        folder = $1; sub("/[^/]*$", "", folder)
        target = $2 ~ /^\.\.\// ? folder "/" $2 : folder "/" $2
        while (sub("/[^/.]+/\\.\\./", "/", target));
        sub(/\.[ch]$/, "", $1); sub(/\.[ch]$/, "", target)
        if ($1 != target) print $1, target
    }' | { tsort >/dev/null; } 2>&1
}

@test "each storey of sockscope uses only those below it" {
    run -0 wrong_includes tools/sockscope
    echo "$output"
    [ -z "$output" ]
}

@test "no files of sockscope include each other in a circle" {
    run -0 circles tools/sockscope
}

@test "an include that leads up, and a circle, are named" {
    local copy=$BATS_TEST_TMPDIR/sockscope
    cp -R tools/sockscope "$copy"
    echo '#include "../ladder/rows.h"' >>"$copy/base/cells.c"
    echo '#include "../../grade/grade.h"' >>"$copy/read/load.c"

    run -0 wrong_includes "$copy"
    [[ ${lines[0]} == "base/cells.c:"*': base uses "../ladder/rows.h", and ladder is above it' ]]
    [[ ${lines[1]} == "read/load.c:"*': "../../grade/grade.h" does not lead to a storey' ]]
    [ "${#lines[@]}" -eq 2 ]

    echo '#include "calls.h"' >>"$copy/read/tracker.h"
    run -1 circles "$copy"
    [[ $output == *"read/tracker"* && $output == *"read/calls"* ]]
}
