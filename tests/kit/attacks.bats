# Hostile submissions: what each gets, that nothing else has changed, and that nothing is left running.
bats_require_minimum_version 1.5.0

load copies
load attacks

setup_file() {
    cd "$TOP" || return
    make -s everything 3>&-
    # shellcheck source=tests/bench/box.bash
    source tests/bench/box.bash
    find_box_level
    [[ $UDPLAB_BOX == "full box"* ]] || skip "this machine allows no box: $UDPLAB_BOX"
    unset UDPLAB_BOX
    prepare "$BATS_FILE_TMPDIR"
    local file
    for file in tests/kit/attacks/*.{c,txt}; do
        submit "$file"
    done
    inventory >"$BATS_FILE_TMPDIR/before"
    export -f check_one aim header file_of
    export TOP FEW MEMORY
    names | xargs -P "$(nproc)" -I{} bash -c 'check_one {}' 3>&-
    inventory >"$BATS_FILE_TMPDIR/after"
}

setup() {
    cd "$TOP" || return
    FOUND=$BATS_TEST_TMPDIR/found
    : >"$FOUND"
}

names() {
    local file
    for file in tests/kit/attacks/*.{c,txt}; do
        basename "${file%.*}"
    done
}

# for_each FUNCTION: collects what it prints of each attack, so that all of it is seen at once.
for_each() {
    local name
    for name in $(names); do
        "$1" "$name" 2>&1 | sed "s/^/$name: /" >>"$FOUND"
    done
    [ ! -s "$FOUND" ] || { cat "$FOUND" && return 1; }
}

score_is_earned() {
    local file got
    file=$(file_of "$1")
    got=$(field "$1" '"\(.score) of \(.points), \(.unchecked) unchecked"') ||
        { echo "no result" && tail -n 5 "$RESULTS/$1/said" && return; }
    case $(header "$file" Gets) in
    "no points") [[ $got == "0 of "*", 0 unchecked" ]] || echo "$got" ;;
    "not all points") field "$1" 'select(.score < .points and .unchecked == 0) | "less"' | grep -q less ||
        echo "$got" ;;
    *) echo "what is it to get?" ;;
    esac
}

@test "no attack gains a point, and none makes a test that could not be checked" {
    for_each score_is_earned
}

@test "nothing of the kit, of other submissions or of the instructor's files has changed" {
    diff "$BATS_FILE_TMPDIR/before" "$BATS_FILE_TMPDIR/after"
}

tells_nothing() {
    ! grep -rqs the-secret-4711 "$RESULTS/$1" || echo "the secret is told"
    ! grep -rqsP '\x1b\]0;pwned|\x1b\[2J|\x07|\xc2\x9b' "$RESULTS/$1" || echo "a terminal would obey what is shown"
    field "$1" '[.. | strings] | add' | grep -qP '[\x00-\x08\x0b-\x1f\x7f]' && echo "control characters in the result"
    ! grep -qs pwned "$RESULTS/terminal/said" || echo "the terminal was written to"
}

@test "no secret and no control character reaches a result or a terminal" {
    for_each tells_nothing
}

@test "nothing is left running" {
    local end=$((SECONDS + 60))
    while pgrep -f "$BATS_FILE_TMPDIR/kit" >/dev/null; do
        ((SECONDS < end)) || { pgrep -af "$BATS_FILE_TMPDIR/kit" && return 1; }
    done
}

@test "neighbours get afterwards what they deserve" {
    check_one alice "$FEW|$MEMORY"
    [ "$(field alice '"\(.score) \(.unchecked)"')" = "$(field alice '"\(.points) 0"')" ]
    check_one bob "$FEW"
    [ "$(field bob .score)" = 0 ]
}

@test "each ended by itself within the limit of a check" {
    local name
    for name in $(names); do
        (($(<"$RESULTS/$name/seconds") <= 150)) || { echo "$name took $(<"$RESULTS/$name/seconds") s" && return 1; }
    done
}

@test "without the box, the same attacks do succeed: this suite can fail" {
    UDPLAB_BOX=none check_one exec_solution "$FEW"
    [ "$(field exec_solution .score)" -gt 0 ]
    UDPLAB_BOX=none check_one spoil_neighbour "$FEW"
    [ ! -s "$CLASS/alice/02-connected-client/udpconnectclient.c" ]
}
