# Machines and users that are not as one would wish: what the kit makes of them.
bats_require_minimum_version 1.5.0

load copies

LAB=02-connected-client
N=02
QUICK="connect sets the peer" # one test of it

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
    make -C "$BATS_FILE_TMPDIR/kit" -s build/sockscope build/peer build/box.bpf 3>&-
}

setup() {
    KIT=$BATS_TEST_TMPDIR/kit
    cp -a "$BATS_FILE_TMPDIR/kit" "$KIT"
    cd "$KIT" || return
}

# checked COMMAND...: it checks one test of the solution, which passes.
checked() {
    run env UDPLAB_RESULTS_FOLDER="$BATS_TEST_TMPDIR/results" ANSWERS=solutions "$@" 3>&-
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"passed"* && $output == *"score 10 of 10"* ]]
}

check=(tests/bench/check -f "$QUICK" "$LAB")

@test "two checks at once in one fresh kit build it once" {
    local other
    rm -rf build
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR/other ANSWERS=solutions "${check[@]}" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    other=$!
    checked "${check[@]}"
    wait "$other"
    cat "$BATS_TEST_TMPDIR/said"
    [ "$(cat "$BATS_TEST_TMPDIR/said" <(echo "$output") | grep -c 'LINK  build/sockscope')" -eq 1 ]
}

@test "what was built for another system is built anew, and not failed" {
    local program
    for program in build/peer build/sockscope solutions/$LAB/udpconnectclient; do
        printf '\x7fELF not for here' >"$program"
        chmod +x "$program"
    done
    make -s ready 3>&-
    checked "${check[@]}"
}

@test "a kit without execute bits works" {
    find . -type f ! -path './build/*' -exec chmod a-x {} +
    run make -s "check-$N" ANSWERS=solutions 3>&-
    echo "$output"
    [ "$status" -eq 0 ]
    shown "score 100 of 100"
}

@test "a TMPDIR that is not there, cannot be written, or is full, is said at once" {
    TMPDIR=$BATS_TEST_TMPDIR/none run -2 "${check[@]}" 3>&-
    shown "TMPDIR is $BATS_TEST_TMPDIR/none, and there is no such folder"
    unshare -Urm true 2>/dev/null || skip "this machine allows no mounts of one's own"
    mkdir "$BATS_TEST_TMPDIR/small"
    TMPDIR=$BATS_TEST_TMPDIR/small run -2 unshare -Urm bash -c 'mount -t tmpfs -o size=64k small "$TMPDIR" && "$@"' \
        bash "${check[@]}" 3>&-
    shown "is full: there are 64 KiB left, and a check needs 20000"
}

@test "POSIXLY_CORRECT, a BASH_ENV that prints, and a locale that is not installed do no harm" {
    echo 'echo "hello from BASH_ENV"' >"$BATS_TEST_TMPDIR/env"
    POSIXLY_CORRECT=1 BASH_ENV=$BATS_TEST_TMPDIR/env LC_ALL=tlh_KX.UTF-8 run -0 make -s \
        "check-$N" ANSWERS=solutions 3>&-
    shown "score 100 of 100"
    not_shown "hello from BASH_ENV"
    not_shown "setlocale"
}

@test "the kit's own code compiles for processors of 32 bits" {
    command -v arm-linux-gnueabihf-gcc >/dev/null || skip "there is no compiler for armhf"
    find lib tools tests/bench -name '*.c' ! -name filter.c -exec arm-linux-gnueabihf-gcc -std=gnu11 -D_GNU_SOURCE -I. \
        -idirafter /usr/include -Wall -Wextra -Werror -fsyntax-only {} +
}
