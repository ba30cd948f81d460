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

# at_exit STATEMENTS: the solution does this at last.
at_exit() {
    memcheck "s/^int main(.*{/&\n    atexit(at_last);/; s/^int main/#include <sys\/resource.h>\nstatic void at_last(void) { fflush(NULL); $1 }\n&/"
}

@test "a report that is incomplete could not be checked, and whoever has brought that about fails" {
    at_exit 'struct rlimit second = {1, 1}; setrlimit(RLIMIT_CPU, \&second); for (;;) { }'
    [ "$(field outcome)" = "could not be checked" ]
    [[ "$(field saw)" == "it is incomplete: "* ]]
    at_exit 'kill(getpid(), SIGKILL);'
    [ "$(field outcome)" = failed ]
}

@test "a Valgrind that cannot start could not be checked, and its reason is told" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho "valgrind: Fatal error at startup: a function redirection" >&2\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/valgrind"
    chmod +x "$BATS_TEST_TMPDIR/bin/valgrind"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH UDPLAB_BOX=none memcheck ''
    [ "$(field outcome)" = "could not be checked" ]
    [[ "$(field saw)" == *"valgrind: Fatal error at startup: a function redirection"* ]]
}
