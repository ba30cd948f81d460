# shellcheck shell=bash
# How the tests get to know a program, call it, and see what it sends.
# shellcheck disable=SC2034,SC2154  # run sets output, status and stderr; the tests set SOURCES and read SENT
# shellcheck disable=SC2153,SC2317  # the verbs of a scene set STATUS and call fail

# --- what a program is -------------------------------------------------------------------------------------------

# Sets USAGE to the words of a program's usage, such as "<IPaddress>". Six bad arguments are too many or a bad address.
learn() {
    PROGRAM=${1%.c}
    USAGE=$(timeout 60 "$PROGRAM" x x x x x x 2>&1 <empty 3>&-) || true
    [[ $USAGE == usage:* ]] || USAGE=$(timeout 60 "$PROGRAM" 2>&1 <empty 3>&-) || true
    [[ $USAGE == "usage: $PROGRAM" || $USAGE == "usage: $PROGRAM "* ]] ||
        { echo "$PROGRAM has no usage: $USAGE" && return 1; }
    USAGE=${USAGE#"usage: $PROGRAM"}
    USAGE=${USAGE# }
}

asks() {
    grep -q 'stdin' "$PROGRAM.c"
}

# Whether its datagrams are the lines that it reads, and not what these say in numbers.
asks_with_lines() {
    asks && ! grep -q '\bstrtol(' "$PROGRAM.c"
}

# Whether it replies; other servers only receive.
replies() {
    ! asks && grep -qE '\bsend(to|msg)?\(' "$PROGRAM.c"
}

# Sets ARGUMENTS to what the program should be called with. A word of the usage that is new needs a line here.
give_arguments() {
    ARGUMENTS=()
    local word
    for word in $USAGE; do
        case $word in
        "<IPaddress>") ARGUMENTS+=(127.0.0.1) ;;
        "<IPaddress>...") ARGUMENTS+=(127.0.0.1 127.0.0.1 127.0.0.1) ;;
        "[IPaddress]") ;;
        "<broadcast-address>") ARGUMENTS+=(10.0.0.255) ;;
        "<group>") ARGUMENTS+=(239.1.2.3) ;;
        "<name-or-address>...") ARGUMENTS+=(127.0.0.1) ;;
        *) echo "$PROGRAM: what is $word?" && return 1 ;;
        esac
    done
}

# Sets SERVER to the program, and its arguments, that answers who is called with the words of USAGE: it takes the same
# word, or it takes an address to be bound to.
find_server() {
    local wanted=$USAGE source SERVES=''
    for source in "${SOURCES[@]}"; do
        local PROGRAM USAGE ARGUMENTS
        learn "$source"
        if ! asks && { [[ $USAGE == "$wanted" ]] || [[ -z $SERVES && $USAGE == \[* ]]; }; then
            give_arguments
            SERVER=("$PROGRAM" "${ARGUMENTS[@]}")
            [[ $USAGE != "$wanted" ]] || SERVES=exactly
        fi
    done
}

# --- running it --------------------------------------------------------------------------------------------------

# ends STATUS ERROR REDIRECTION COMMAND...: the command ends so, with this and nothing else on standard error.
ends() {
    run --separate-stderr timeout -k 1 60 bash -c '"$@" '"$3" bash "${@:4}" 3>&-
    # shellcheck disable=SC2154  # run sets stderr
    [[ $status -eq $1 && $stderr == "$2" ]] || {
        printf 'ran %s\nexpected status %s and: %s\nsaw status %s and: %s\n' "${*:4} $3" "$1" "$2" "$status" "$stderr"
        return 1
    }
}

# The functions that can be called there.
ON_THE_LAN=(serve await_bound end_by ask_each answer_lost serve_twice talk alone)

# on_a_lan FUNCTION ARGUMENT...: calls the function on the only host of a private LAN, 10.0.0.2.
on_a_lan() {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this system does not permit private networks"
    (
        # shellcheck source=/dev/null # its names are others than the tests'
        source "$KIT/tests/bench/scene.bash"
        fail() { printf '%s\n' "$@" >&2; }
        exec {in}</dev/null {out}>&1 {err}>&2 3>&-
        scene_begin "$(mktemp -d "$BATS_TEST_TMPDIR/lan.XXXXXX")" --terminal "$in,$out,$err"
        host alice 10.0.0.2
        stage start function alice unrecorded 60 -- bash -euc "$(declare -f "${ON_THE_LAN[@]}"); \"\$@\"" bash "$@"
        stage "wait" function 60000
        scene_end
        exit "${STATUS[function]}"
    )
}

# serve SERVER... : starts it; its process is $SERVING. Interrupts are not ignored, as a shell would have it.
serve() {
    env --default-signal=INT "$@" >server.out 2>server.err <empty &
    SERVING=$!
    await_bound
}

# 43211 is A8CB in the kernel's lists of UDP sockets.
await_bound() {
    timeout 60 bash -c 'until grep -qs ":A8CB " /proc/self/net/udp /proc/self/net/udp6; do sleep 0.01; done'
}

end_by() {
    kill "-$1" "$SERVING"
    local status=0
    wait "$SERVING" || status=$?
    echo "$status" >server.status
}

# ask_each COMMAND...: for each line of the file `input`, a command whose sends are recorded; the server is in the file
# `server`, a word a line.
ask_each() {
    local server status=0
    mapfile -t server <server
    serve "${server[@]}"
    "$KIT/build/sockscope" calls recording asker -- "$@" <input >asker.out 2>asker.err || status=$?
    end_by TERM
    return "$status"
}

# Runs $PROGRAM with a server and the input that is there. Sets SENT to the lengths of its datagrams, and puts their
# bytes, one after the other, into the file `sent`.
ask() {
    rm -rf recording
    find_server
    printf '%s\n' "${SERVER[@]}" >server
    local status=0
    on_a_lan ask_each "$PROGRAM" "${ARGUMENTS[@]}" || status=$?
    "$KIT/build/sockscope" events recording 2>/dev/null |
        gojq -c 'select(.kind == "call" and .socket != null and (.name | IN("sendto", "sendmsg", "write")))' >sends
    SENT=$(gojq .bytes sends | tr '\n' ' ')
    gojq -j 'if .payload_hex then error("hex") else .payload end' sends >sent
    [[ ! -s asker.err && $status -eq 0 ]] || {
        printf '%s: status %s\n' "$PROGRAM" "$status"
        cat asker.err server.err
        return 1
    }
}

# Whether the program asks everybody, and so asks once and waits for all the replies until the deadline; the others ask
# one server a line.
asks_everybody() {
    [[ $USAGE != "<IPaddress>"* && $USAGE != *name* ]]
}

# Whether it ends at its deadline, whatever comes: it waits for all replies, or for none.
waits_to_the_end() {
    asks_everybody || ! grep -q '\brecv' "$PROGRAM.c"
}
