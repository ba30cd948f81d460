# tests/bench/causes and each lab's rules: they compile, keep to their rules, and say what a recording proves.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    EVENTS=$BATS_TEST_TMPDIR/events
    CLOCK=0
    printf '{"kind":"start","t":0,"lane":"client","pid":2,"program":"/labs/udpclient","arguments":["127.0.0.1"]}\n' >"$EVENTS"
}

# call ACTION JSON: a call of the client on its UDP socket, with what is not as usual.
call() {
    CLOCK=$((CLOCK + 1))
    gojq -c -n --arg action "$1" --argjson t "$CLOCK" --argjson other "${2:-null}" '{
        kind: "call", t: $t, lane: "client", pid: 2, name:
        ({send: "sendto", recv: "recvfrom"}[$action] // $action), $action, fd: 3,
        socket: {type: "UDP", family: "IPv4", local: "0.0.0.0:50000", peer: null}, to: null, from: null,
        bytes: null, payload: null,
        flags: null, result: 0, errno: null, seconds: 0.001, finished: true} * ($other // {})' >>"$EVENTS"
}

sends() {
    call send "$(gojq -n --arg to "${2:-127.0.0.1:43211}" "{\$to, payload: $1, bytes: ($1 | length), result: ($1 | length)}")"
}

typed() {
    call read "{\"fd\": 0, \"socket\": null, \"payload\": $1}"
}

# What another program has sent.
sent_by_server() {
    printf '{"kind":"call","t":%s.5,"lane":"server","pid":3,"name":"sendto","action":"send","socket":{"type":"UDP"},"payload":"%s","bytes":%s,"result":%s}\n' \
        "$CLOCK" "$1" "${#1}" "${#1}" >>"$EVENTS"
}

# The cause that lab 01 (or $3) names, where the test expects $1 and saw $2.
cause() {
    gojq -r -n -L "tests/${3-01-unconnected-client}" -L tests/bench/causes -L tests/bench --arg programs " udpclient " \
        --arg expected "$1" --arg saw "${2-}" \
        'include "causes"; [inputs] | likely_cause' "$EVENTS"
}

@test "the rules of every lab compile, and have nothing to say about an empty recording" {
    local lab
    for lab in tests/[0-9]*/; do
        run -0 gojq -r -n -L "$lab" -L tests/bench/causes -L tests/bench --arg programs " p " \
            --arg expected "client prints: x" --arg saw "" \
            'include "causes"; [] | likely_cause' 3>&-
        [ -z "$output" ] || { echo "$lab: $output" && return 1; }
    done
}

@test "only a lab's causes.jq includes modules" {
    run ! grep -ln '^include\|^import' tests/bench/causes/*.jq tests/bench/*.jq
}

@test "every aspect has its row in the README and its place in the formatter's order" {
    local file aspect
    grep -ohE 'cause\("[a-z]+"' tests/bench/causes/*.jq tests/[0-9]*/*.jq | sed 's/.*"\(.*\)"/\1/' |
        sort -u >"$BATS_TEST_TMPDIR/aspects"
    for file in tests/bench/causes/*.jq; do
        [[ $file == */story.jq ]] || grep -q "^| \`${file##*/}\` | " tests/bench/causes/README.md ||
            { echo "no row: $file" && return 1; }
    done
    while IFS= read -r aspect; do
        sed -n '/^ASPECTS=(/,/)/p' tests/bench/format | grep -qw "$aspect" || { echo "no place: $aspect" && return 1; }
    done <"$BATS_TEST_TMPDIR/aspects"
}

@test "a lab's tasks are tasks of its handout" {
    local lab task
    for lab in tests/[0-9]*/; do
        lab=$(basename "$lab")
        for task in $(sed -n '/^def tasks:/,/;$/p' "tests/$lab/causes.jq" | grep -oE ': [0-9]+' | tr -d ': '); do
            grep -q "^### Task $task: " "labs/$lab/README.md" || { echo "$lab has no task $task" && return 1; }
        done
    done
}

# --- one rule of each kind, on a recording of a few calls
# --------------------------------------------------------------

@test "a destination is held against the command line" {
    sends '"g1"' 127.0.0.1:52136
    [[ $(cause "client prints: Hi, g1") == *"52136 is 43211 with its two bytes exchanged"*"(task 1)" ]]
}

@test "a payload is held against the line that was typed" {
    typed '"g1\n"'
    sends '"g1\n"'
    [[ $(cause "client prints: Hi, g1") == "payload"*"ends with a newline"*"(task 1)" ]]
}

@test "a datagram for each message of sendmmsg" {
    typed '"g1\ng2\n"'
    call send '{"name": "sendmmsg", "result": 2, "bytes": 4,
        "messages": [{"bytes": 2, "payload": "g1", "to": "127.0.0.1:43211"},
        {"bytes": 2, "payload": "g2", "to": "127.0.0.1:43211"}]}'
    [ -z "$(cause "client prints: Hi, g1")" ]
}

@test "a wait is held against its events" {
    typed '"g1\n"'
    sends '"g1"'
    call poll '{"watched": [{"fd": 3, "events": "POLLOUT", "ready": "POLLOUT"}], "timeout": 2, "flags": "POLLOUT", "result": 1}'
    [[ $(cause "client prints: Hi, g1") == "waiting"*"waits for POLLOUT"* ]]
}

@test "a time limit that runs down is told by select's second wait" {
    call setsockopt '{"option": "SO_RCVTIMEO", "value": "{tv_sec=0, tv_usec=500000}"}'
    typed '"g1\ng2\n"'
    sends '"g1"'
    call pselect6 '{"watched": [{"fd": 3, "events": "readable", "ready": "readable"}], "timeout": 0.5, "flags": "readable", "result": 1, "arguments": "4, [3], NULL, NULL, {tv_sec=0, tv_nsec=500000000}, NULL"}'
    call recv '{"from": "127.0.0.1:43211", "payload": "Hi, g1", "bytes": 6, "result": 6}'
    sends '"g2"'
    call pselect6 '{"watched": [{"fd": 3, "events": "readable", "ready": null}], "timeout": 0.2, "t": 6.001, "arguments": "4, [3], NULL, NULL, {tv_sec=0, tv_nsec=200000000}, NULL"}'
    [[ $(cause "client waits 500 ms for a reply") == "waiting"*"Linux writes the time that is left into the timeval"* ]]
}

@test "what was printed is held against what was received" {
    typed '"g1\n"'
    sends '"g1"'
    call recv '{"from": "127.0.0.1:43211", "payload": "word-1", "bytes": 6, "result": 6}'
    call write '{"fd": 1, "socket": null, "payload": "Hi, g1\n", "result": 7}'
    [[ $(cause "client prints: word-1") == "printing"*'"Hi, g1" is printed, and "word-1" was received'* ]]
}

@test "an error is held against the errno that a call returned" {
    typed '"g1\n"'
    sends '"g1"'
    call recv '{"result": -1, "errno": "EAGAIN", "seconds": 2}'
    call write '{"fd": 2, "socket": null, "payload": "recvfrom failed: Connection refused (111)\n"}'
    [[ $(cause "client exits with status 1") == "errors"*"says Connection refused, and recvfrom failed with EAGAIN"* ]]
}

@test "a buffer of no size is told, and not by a stranger's words" {
    typed '"g1\n"'
    sends '"g1"'
    sent_by_server "Hi, g1"
    call recv '{"from": "127.0.0.1:43211", "payload": "", "bytes": 0, "result": 0, "capacity": 0}'
    [[ $(cause "client prints: Hi, g1") == "receiving"*"a buffer size of 0"*"(task 2)" ]]
}

@test "a line that was received is not the closest to the one that was wanted" {
    typed '"g1\n"'
    sends '"Hi, g1"'
    call recv '{"from": "127.0.0.1:43211", "payload": "Hi, Hi, g1", "bytes": 10, "result": 10, "capacity": 8191}'
    call write '{"fd": 1, "socket": null, "payload": "Hi, Hi, g1\n", "result": 11}'
    [[ $(cause "client prints: Hi, g1") == "payload"*'"Hi, " was sent before the line'*"(task 1)" ]]
}

@test "bytes without a value are told by the calls, where these show the mistake" {
    local saw="Conditional jump or move depends on uninitialised value(s), udpclient.c:50"
    typed '"g1\n"'
    sends '"g1"'
    call recv '{"payload": "Hi, g1", "bytes": 6, "result": 6, "capacity": 8191}'
    [[ $(cause "no memory error and no leak" "$saw") == "receiving"*"recvfrom did not store who sent the datagram"* ]]
    [[ $(cause "no memory error and no leak" "Syscall param socketcall.sendto(msg) points to uninitialised byte(s)") != *structure* ]]
}

@test "a reply that fills the buffer leaves no byte for its NUL" {
    typed '"g1\n"'
    sends '"g1"'
    call recv '{"from": "127.0.0.1:43211", "payload": "xxxx", "bytes": 4, "result": 4, "capacity": 4}'
    [[ $(cause "client exits with status 0" "runtime error: index 4 out of bounds for type 'char [4]'
killed by SIGABRT in udpclient.c:49") == "memory"*"filled all 4 bytes of the buffer"*"(task 2)" ]]
}

@test "a socket that became non-blocking is found at its second receive" {
    local deadline='{"option": "SO_RCVTIMEO", "value": "{tv_sec=0, tv_usec=500000}"}'
    call setsockopt "$deadline"
    typed '"g1\ng2\n"'
    sends '"g1"'
    call recv '{"result": -1, "errno": "EAGAIN", "seconds": 0.5}'
    sends '"g2"'
    call recv '{"result": -1, "errno": "EAGAIN", "seconds": 0.00001}'
    [[ $(cause "client prints: Hi, g2") == "waiting"*"stays non-blocking"* ]]
}

@test "an address that is none is no failure to dissolve, where nothing was connected yet" {
    call connect '{"to": "other", "result": -1, "errno": "EAFNOSUPPORT"}'
    typed '"g1\n"'
    [[ $(cause "client prints: Hi, g1" "" 04-multiple-connect) == \
        "destination"*"not a pointer to that pointer"*"(task 1)" ]]
}

@test "a program that did nothing wrong gets no cause" {
    typed '"g1\n"'
    sends '"g1"'
    call recv '{"from": "127.0.0.1:43211", "payload": "Hi, g1", "bytes": 6, "result": 6, "capacity": 8191}'
    call write '{"fd": 1, "socket": null, "payload": "Hi, g1\n", "result": 7}'
    [ -z "$(cause "client exits with status 0")" ]
}
