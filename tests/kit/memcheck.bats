# Valgrind's part of a check: what it finds fails, what it cannot tell could not be checked.
bats_require_minimum_version 1.5.0

load copies

LAB=02-connected-client

setup_file() {
    make --no-print-directory -s -C "$TOP" ready 3>&-
}

setup() {
    cd "$TOP" || return
    command -v valgrind >/dev/null || skip "Valgrind is not installed"
    ANSWERS=$BATS_TEST_TMPDIR/answers
    mkdir -p "$ANSWERS/$LAB"
}

# memcheck SED-SCRIPT: Valgrind's test for the solution, changed so.
memcheck() {
    sed "$1" "solutions/$LAB/udpconnectclient.c" >"$ANSWERS/$LAB/udpconnectclient.c"
    RESULT=$BATS_TEST_TMPDIR/$LAB.json
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR ANSWERS=$ANSWERS run tests/bench/check -f Valgrind "$LAB" 3>&-
    echo "$output"
}

field() {
    gojq -r ".tests[0].$1" "$RESULT"
}

@test "a right answer passes, and a leak fails with its line" {
    memcheck ''
    [ "$(field outcome)" = passed ]
    memcheck 's/^int main(.*{/&\n    if (malloc(100) == NULL) { return 9; }/'
    [ "$(field outcome)" = failed ]
    [[ "$(field saw)" == *"100 bytes in 1 blocks are definitely lost, udpconnectclient.c:"* ]]
}

@test "without namespaces, the test itself does not keep the loopback from Valgrind" {
    UDPLAB_NAMESPACES=no UDPLAB_BOX=none memcheck ''
    [ "$(field outcome)" = passed ]
}

# at_exit STATEMENTS: the solution does this at last.
at_exit() {
    memcheck "s/^int main(.*{/&\n    atexit(at_last);/; s/^int main/#include <sys\/resource.h>\nstatic void at_last(void) { fflush(NULL); $1 }\n&/"
}

@test "a program that keeps Valgrind from its report fails" {
    at_exit 'struct rlimit second = {1, 1}; setrlimit(RLIMIT_CPU, \&second); for (;;) { }'
    [ "$(field outcome)" = failed ]
    at_exit 'kill(getpid(), SIGKILL);'
    [ "$(field outcome)" = failed ]
}

# fake_valgrind LINE...: from here on, this script instead.
fake_valgrind() {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '%s\n' '#!/bin/sh' "$@" >"$BATS_TEST_TMPDIR/bin/valgrind"
    chmod +x "$BATS_TEST_TMPDIR/bin/valgrind"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "what computes without end in all tests does not do so under Valgrind, too" {
    fake_valgrind "touch $BATS_TEST_TMPDIR/ran"
    sed '0,/^int main(.*/s//__attribute__((constructor)) static void compute(void) { for (;;) { } }\n&/' \
        "solutions/$LAB/udpconnectclient.c" >"$ANSWERS/$LAB/udpconnectclient.c"
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR UDPLAB_BOX=none UDPLAB_LIMIT=40 \
        ANSWERS=$ANSWERS run -1 tests/bench/check "$LAB" 3>&-
    gojq -e '.tests | last | .saw | test("was not started")' "$BATS_TEST_TMPDIR/$LAB.json"
    [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "a report that the machine cuts off could not be checked" {
    # shellcheck disable=SC2016  # the script's own words
    fake_valgrind 'exec 4>&3 5>&1' "$(command -v valgrind)"' "$@" 3>&1 >&5 5>&- | grep -v "</valgrindoutput>" >&4'
    UDPLAB_BOX=none memcheck ''
    [ "$(field outcome)" = "could not be checked" ]
    [[ "$(field saw)" == "it is incomplete: "* ]]
}

@test "a Valgrind that cannot start could not be checked, and its reason is told" {
    fake_valgrind 'echo "valgrind: Fatal error at startup: a function redirection" >&2' 'exit 1'
    UDPLAB_BOX=none memcheck ''
    [ "$(field outcome)" = "could not be checked" ]
    [[ "$(field saw)" == *"valgrind: Fatal error at startup: a function redirection"* ]]
}
