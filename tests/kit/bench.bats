# The bench itself: four outcomes kept apart, deadlines kept, nothing left running, nothing passed that was not checked.

bats_require_minimum_version 1.5.0

load copies

LAB=02-connected-client
REFUSED='a refused datagram'

setup() {
    cd "$TOP" || return
    mark_processes
    ANSWERS=$BATS_TEST_TMPDIR/answers
    mkdir -p "$ANSWERS/$LAB"
}

# Checks one of the strange answers of tests/kit/bench in lab 02, where only tests with this in their title are run.
check_answer() {
    cp "tests/kit/bench/$1.c" "$ANSWERS/$LAB/udpconnectclient.c"
    check "$2"
}

check() {
    RESULT=$BATS_TEST_TMPDIR/$LAB.json
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR ANSWERS=$ANSWERS run tests/bench/check -f "$1" "$LAB" 3>&-
    echo "$output"
}

field() {
    gojq -r ".tests[0].$1" "$RESULT"
}

# What a process gives to all that it starts, and nobody in a box can take off, is how soon the kernel ends it when
# memory runs out: by this one we know ours.
mark_processes() {
    MARK=$((200 + RANDOM % 700))
    echo "$MARK" >/proc/self/oom_score_adj
}

# left NAME: the marked processes of this name.
left() {
    local file comm
    while read -r file; do
        { read -r comm <"${file%/*}/comm"; } 2>/dev/null || continue
        [[ $comm != "$1" ]] || echo "${file%/*}"
    done < <(grep -slx "$MARK" /proc/[0-9]*/oom_score_adj)
}

# The kernel tells nobody of the end of a stranger's process, so these ask again and again; only a failure takes long.
wait_until_running() {
    local end=$((SECONDS + 60))
    until [[ -n $(left udpconnectclien) ]]; do # a name is 15 bytes long
        ((SECONDS < end)) || { cat "$BATS_TEST_TMPDIR/said"; return 1; }
    done
}

needs_box() {
    # shellcheck source=tests/bench/box.bash
    source tests/bench/box.bash
    find_box_level
    [[ $UDPLAB_BOX == "full box"* ]] || skip "this machine allows no box: $UDPLAB_BOX"
}

nothing_is_left() {
    local end=$((SECONDS + 60)) name
    for name in udpconnectclien bwrap strace sockscope; do
        while [[ -n $(left "$name") ]]; do
            ((SECONDS < end)) || { left "$name"; return 1; }
        done
    done
}

@test "an answer that prints 'Connection refused' without having been refused fails" {
    check_answer liar "$REFUSED"
    [ "$status" -eq 1 ]
    [ "$(field outcome)" = failed ]
    [[ "$(field expected)" == *"recv failing with ECONNREFUSED" ]]
    [ "$(gojq .score "$RESULT")" = 0 ]
}

@test "a crash is called crashed, with signal, file and line" {
    check_answer crash "$REFUSED"
    [ "$status" -eq 1 ]
    [ "$(field outcome)" = crashed ]
    [[ "$(field saw)" == *"killed by SIGSEGV in udpconnectclient.c:"[57]* ]]
}

@test "a crash that is first seen by the calls that are missing is called crashed, too" {
    check_answer crash-early "connect sets the peer"
    [ "$(field outcome)" = crashed ]
    [[ "$(field saw)" == *"killed by SIGSEGV in udpconnectclient.c:"[0-9] ]]
}

# A bats file whose only test plays COMMAND... with the program of $ANSWERS, and fails with what `fail` says of it.
play() {
    mkdir -p "$BATS_TEST_TMPDIR/$LAB"
    printf '%s\n' "load $TOP/tests/bench/bench" "answers udpconnectclient" '@test "it is played [10]" {' "$@" '}' \
        >"$BATS_TEST_TMPDIR/$LAB/checks.bats"
    RESULT=$BATS_TEST_TMPDIR/result.json
    UDPLAB_RESULTS=$BATS_TEST_TMPDIR UDPLAB_RESULT_FILE=$RESULT ANSWERS=$ANSWERS \
        run bats -T -F "$TOP/tests/bench/format" "$BATS_TEST_TMPDIR/$LAB/checks.bats" 3>&-
    echo "$output"
}

@test "the end of a program that runs still, or that the test has ended, is not told as its own exit status" {
    printf '%s\n' '#include "lib/common.h"' 'int main(void) { puts("up"); for (;;) pause(); }' \
        >"$ANSWERS/$LAB/udpconnectclient.c"
    play 'start client udpconnectclient' 'expect client "up"' 'expect_printed client "words"'
    [ "$(field saw)" = "client printed: up" ]
    play 'start client udpconnectclient' 'expect client "up"' 'stop client' 'expect_status client 0'
    [[ "$(field saw)" == *"ended by SIGTERM, which the test sent" ]]
    play 'start client udpconnectclient' 'expect client "up"' 'interrupt client' 'expect_status client 0'
    [[ "$(field saw)" == *"ended by SIGINT, which the test sent" ]]
}

@test "an exit status above 128 that no signal brought about is the program's own" {
    echo 'int main(void) { return 143; }' >"$ANSWERS/$LAB/udpconnectclient.c"
    play 'start client udpconnectclient' 'wait_for client' 'expect_status client 0'
    [[ "$(field saw)" == *"exit status 143" ]]
}

@test "an expectation that is too long for a line is cut, and shows it" {
    echo 'int main(void) { return 0; }' >"$ANSWERS/$LAB/udpconnectclient.c"
    play 'start client udpconnectclient' 'wait_for client' "expect_printed client $(printf 'x%.0s' {1..200})"
    [[ "$(field expected)" == "client prints: xxx"*"xxx..." ]]
}

@test "a hang is called timed out, and neither the program nor its daemon survives" {
    export UDPLAB_DEADLINE=1
    check_answer hang "$REFUSED"
    [ "$status" -eq 1 ]
    [ "$(field outcome)" = "timed out" ]
    nothing_is_left
}

@test "fifty processes, each in a session of its own, are counted as far as they are allowed, and none survives" {
    check_answer bomb "$REFUSED"
    [ "$(field outcome)" = "timed out" ]
    [[ "$(field saw)" == *"client has started other processes: "[1-5][0-9]* ]]
    nothing_is_left
}

@test "a program that closes its standard output and goes on has timed out, and its cause is told" {
    export UDPLAB_DEADLINE=1
    check_answer mute "$REFUSED"
    [ "$(field outcome)" = "timed out" ]
    [ "$(field cause)" = "the program waits or loops before it makes its first call on a socket" ]
    nothing_is_left
}

@test "a program that the machine begins late has not timed out" {
    cp "solutions/$LAB"/*.c "$ANSWERS/$LAB/"
    mkdir "$BATS_TEST_TMPDIR/slow"
    printf '#!/bin/sh\ncase $* in *client.calls*) sleep 6 ;; esac\nexec %s "$@"\n' "$(command -v strace)" >"$BATS_TEST_TMPDIR/slow/strace"
    chmod +x "$BATS_TEST_TMPDIR/slow/strace"
    PATH=$BATS_TEST_TMPDIR/slow:$PATH UDPLAB_DEADLINE=4 check "$REFUSED"
    [ "$(field outcome)" = passed ]
}

@test "where the kit's own peer waits in vain, it is told what the answer does meanwhile" {
    export UDPLAB_DEADLINE=1
    check_answer mute "a stranger's datagram"
    [[ "$(field saw)" == *"meanwhile client: it has made no call on a socket" ]]
}

# A right answer that leaves a process behind, in a session of its own.
with_daemon() {
    sed 's/^int main(.*{/&\n    if (fork() == 0) { setsid(); for (;;) pause(); }/' "solutions/$LAB/udpconnectclient.c" >"$ANSWERS/$LAB/udpconnectclient.c"
}

@test "a daemon that a right answer leaves ends with its box, and costs nothing" {
    needs_box
    with_daemon
    check "a line becomes"
    [ "$(field outcome)" = passed ]
    nothing_is_left
}

@test "without a box a daemon does not make each test wait in turn: the whole check has a limit" {
    with_daemon
    UDPLAB_BOX=none UDPLAB_LIMIT=4 check ""
    [ "$status" -eq 1 ]
    gojq -e '[.tests[] | select(.saw | test("^4 s are over"))] | length > 3 and all(.outcome == "timed out")' "$RESULT"
    nothing_is_left
}

@test "a program that computes without end does not do so in all tests: the whole check has a limit" {
    sed '0,/^int main(.*/s//__attribute__((constructor)) static void compute(void) { for (;;) { } }\n&/' \
        "solutions/$LAB/udpconnectclient.c" >"$ANSWERS/$LAB/udpconnectclient.c"
    UDPLAB_LIMIT=40 check "" # 4 s of processor time, or where a test gets little of it, all the time
    [ "$status" -eq 1 ]
    gojq -e '[.tests[] | select(.saw | test("was not started"))] | length > 3 and all(.outcome == "timed out")' "$RESULT"
    nothing_is_left
}

@test "what the stage ends because its time is over is timed out" {
    local file=$BATS_TEST_TMPDIR/$LAB/checks.bats
    mkdir "${file%/*}"
    printf '%s\n' "load $PWD/tests/bench/bench" 'answers udpconnectclient' '@test "it ends [10]" {' 'DEADLINE=1' \
        'start client udpconnectclient 127.0.0.1' 'DEADLINE=60' 'wait_for client' 'expect_status client 0' '}' >"$file"
    cp tests/kit/bench/hang.c "$ANSWERS/$LAB/udpconnectclient.c"
    ANSWERS=$ANSWERS run -1 bats "$file" 3>&-
    echo "$output"
    [[ $output == *"timed out"*"after 4 s it is still running"* ]]
}

@test "what the box ends for its processor time is timed out" {
    sed '0,/^int main(.*/s//#include <sys\/resource.h>\n__attribute__((constructor)) static void compute(void) {\n    struct rlimit second = {1, 9};\n    setrlimit(RLIMIT_CPU, \&second);\n    for (;;) { }\n}\n&/' \
        "solutions/$LAB/udpconnectclient.c" >"$ANSWERS/$LAB/udpconnectclient.c"
    UDPLAB_DEADLINE=60 check "$REFUSED"
    [ "$(field outcome)" = "timed out" ]
    [[ "$(field saw)" == *"killed by SIGXCPU" ]]
}

@test "printing without end is a failure with these words" {
    check_answer endless "a line becomes"
    [ "$(field outcome)" = failed ]
    [[ "$(field saw)" == *"client prints without end"* ]]
    nothing_is_left
}

@test "what does not compile fails with the compiler's words, whatever was built before" {
    check_answer liar "$REFUSED"
    echo 'int main(void) { return no_such_name; }' >"$ANSWERS/$LAB/udpconnectclient.c"
    check "$REFUSED"
    [ "$(field outcome)" = failed ]
    [ "$(field expected)" = "udpconnectclient.c compiles" ]
    [[ "$(field saw)" == *"no_such_name"* ]]
    [[ "$output" == *"no_such_name"* ]]
}

@test "a missing file is named" {
    check "$REFUSED"
    [ "$(field outcome)" = failed ]
    [[ "$(field saw)" == "there is no udpconnectclient.c" ]]
    [[ "$(field cause)" == "udpconnectclient.c is missing: was it renamed? "* ]]
}

@test "a program whose source is gone, or cannot be built again, is not checked as if it were the answer" {
    cp solutions/$LAB/*.c "$ANSWERS/$LAB/"
    check "a line becomes"
    [ "$(field outcome)" = passed ]
    mv "$ANSWERS/$LAB/udpconnectclient.c" "$ANSWERS/$LAB/mine.c"
    check "a line becomes"
    [ "$(field outcome)" = failed ]
    [ "$(field expected)" = "a program udpconnectclient.c" ]

    # The library does not compile: that is not the answer's fault, and gives no result.
    copy_tree "$BATS_TEST_TMPDIR/kit"
    cp solutions/$LAB/*.c "$BATS_TEST_TMPDIR/kit/labs/$LAB/"
    cd "$BATS_TEST_TMPDIR/kit"
    ANSWERS=labs
    check "a line becomes"
    [ "$(field outcome)" = passed ]
    echo "int broken(" >>lib/line.c
    rm "$RESULT"
    check "a line becomes"
    [ "$status" -eq 2 ]
    shown "the kit itself does not build"
    [ ! -e "$RESULT" ]
}

@test "when the bench is killed, the programs that it had started end" {
    cp tests/kit/bench/hang.c "$ANSWERS/$LAB/udpconnectclient.c"
    # In a session of its own, so that it can be killed as a whole, which can take long on a busy machine.
    UDPLAB_DEADLINE=600 ANSWERS=$ANSWERS UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR \
        setsid tests/bench/check -f "$REFUSED" "$LAB" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    local bench=$!
    wait_until_running
    kill -KILL -- "-$bench"
    nothing_is_left
}

@test "without private networks the rest is checked on loopback, and the score says what was not" {
    cp solutions/$LAB/*.c "$ANSWERS/$LAB/"
    RESULT=$BATS_TEST_TMPDIR/$LAB.json
    run unshare --user --map-root-user --net bash -c "ip link set lo up && echo 0 >/proc/sys/user/max_user_namespaces &&
        UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR ANSWERS=$ANSWERS tests/bench/check $LAB" 3>&-
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" == *"could not be checked here"* ]]
    [ "$(gojq '.score + .unchecked' "$RESULT")" = 100 ]
    gojq -e '.unchecked > 0 and ([.tests[] | select(.outcome == "could not be checked") | .points] | add) == .unchecked' "$RESULT"
    gojq -e 'all(.tests[]; .outcome == "passed" or (.saw | test("private network")))' "$RESULT"
}

@test "root of a namespace that knows no other user is checked in a full box, as itself" {
    cp solutions/$LAB/*.c "$ANSWERS/$LAB/"
    needs_box
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR ANSWERS=$ANSWERS run -0 env -u UDPLAB_BOX -u UDPLAB_BOX_USER \
        unshare --user --map-root-user tests/bench/check "$LAB" 3>&-
    gojq -e '.score == 100 and (.box | startswith("full box"))' "$BATS_TEST_TMPDIR/$LAB.json"
}

@test "without tracing nothing is checked, and nothing passes" {
    cp solutions/$LAB/*.c "$ANSWERS/$LAB/"
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho "strace: ptrace(PTRACE_TRACEME): Operation not permitted" >&2\nexit 1\n' \
        >"$BATS_TEST_TMPDIR/bin/strace"
    chmod +x "$BATS_TEST_TMPDIR/bin/strace"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH check "$REFUSED"
    [ "$status" -ne 0 ]
    [ "$(field outcome)" = "could not be checked" ]
    [[ "$(field saw)" == *"Operation not permitted"* ]]
    [ "$(gojq .score "$RESULT")" = 0 ]
}
