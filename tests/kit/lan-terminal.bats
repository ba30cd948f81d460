# make lan: a terminal for each of three hosts, everything recorded, and nothing left when one leaves. The keys are
# pressed, and the screen is read, in a tmux around it.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
    make -C "$BATS_FILE_TMPDIR/kit" -s build/sockscope 01 solutions/01-unconnected-client/udpclient 3>&-
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    mkfifo "$BATS_TEST_TMPDIR/never"
    exec {NEVER}<>"$BATS_TEST_TMPDIR/never"
    OUTER=(tmux -S "$BATS_TEST_TMPDIR/outer" -f /dev/null)
}

teardown() {
    "${OUTER[@]}" kill-server 2>/dev/null || true
}

open_terminal() {
    command -v tmux >/dev/null || skip "tmux is not installed"
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    "${OUTER[@]}" new-session -d -x 100 -y 42 env PS1='outside$ ' bash --norc --noprofile 3>&-
    await 'outside$'
    keys 'make lan; echo "status $?"' Enter
    await 'alice 10.0.0.1 udplab$'
    await 'bob 10.0.0.2 udplab$'
    await 'carol 10.0.0.3 udplab$'
}

keys() {
    "${OUTER[@]}" send-keys "$@"
}

# await TEXT: looks at the screen until it is there.
await() {
    local end=$((SECONDS + 60))
    until "${OUTER[@]}" capture-pane -p >screen && grep -qF -- "$1" screen; do
        if ((SECONDS > end)); then
            echo "not on the screen: $1" && cat screen && return 1
        fi
        read -r -t 0.1 -u "$NEVER" || true
    done
}

# await_gone TEXT: looks at the screen until it is not there any more.
await_gone() {
    local end=$((SECONDS + 60))
    while "${OUTER[@]}" capture-pane -p >screen && grep -qF -- "$1" screen; do
        ((SECONDS <= end)) || { echo "still on the screen: $1" && cat screen && return 1; }
        read -r -t 0.1 -u "$NEVER" || true
    done
}

# What runs in this copy of the kit or speaks of it. The terminal around it does not.
left_running() {
    grep -lzF "$PWD/" /proc/[0-9]*/cmdline 2>/dev/null | tr -dc '0-9\n'
}

nothing_is_left() {
    local pid
    for pid in $(left_running); do
        timeout 60 tail --pid="$pid" -f /dev/null || { tr '\0' ' ' <"/proc/$pid/cmdline" && return 1; }
    done
}

recording() {
    echo build/lan/*
}

# Each host's capture has come to its end: its last block says how many packets were seen and lost (pcapng's block 5).
captures_are_complete() {
    local file size
    for file in "$(recording)"/{alice,bob,carol}.pcapng; do
        size=$(tail -c 4 "$file" | od -An -tu4)
        [ "$(tail -c "$((size))" "$file" | head -c 4 | od -An -tu4 | tr -d ' ')" = 5 ] ||
            { echo "$file is cut off" && return 1; }
    done
}

@test "each host has a shell in the kit's folder, which names it and its address" {
    open_terminal
    keys 'pwd >where' Enter # in the first one
    keys C-b Down 'ip -brief address show eth0' Enter
    await '10.0.0.2/24'
    keys C-b Down 'ip -brief address show eth0' Enter
    await '10.0.0.3/24'
    [ "$(<where)" = "$PWD" ]
    keys C-b d
    await 'status 0'
}

@test "what the hosts say to each other is in the recording, and so are the calls of who wants it" {
    open_terminal
    keys C-b Down 'labs/01-unconnected-client/udpserver' Enter
    keys C-b Up 'echo g1 | record client solutions/01-unconnected-client/udpclient 10.0.0.2' Enter
    await 'Hi, g1'
    keys C-b d
    await 'status 0'
    await 'UDP "Hi, g1"' # in a picture of all three, although one of them said nothing
    grep -qE '^ +ms +alice +bob +carol$' screen
    await "What they said: $(recording)"
    await "build/sockscope draw $(recording)"
    grep -q 'Hi, g1' "$(recording)/client.calls"
    grep -qa 'Hi, g1' "$(recording)/alice.pcapng"
    grep -qa 'Hi, g1' "$(recording)/bob.pcapng"
    run -1 grep -qa 'Hi, g1' "$(recording)/carol.pcapng"
    captures_are_complete
}

@test "leaving ends all that runs there" {
    open_terminal
    keys "setsid bash -c 'exec -a $PWD/away sleep 4321' & sleep 4321 | echo beg''un" Enter
    await begun
    left_running | grep -q .
    keys C-b d
    await 'status 0'
    nothing_is_left
}

@test "the last exit leaves, too" {
    open_terminal
    keys exit Enter
    await_gone 'alice 10.0.0.1'
    keys exit Enter # where one was before, in the last terminal
    await_gone 'carol 10.0.0.3'
    keys exit Enter
    await 'status 0'
    nothing_is_left
}

@test "a terminal that is closed takes everything with it, and the recording is complete" {
    open_terminal
    keys 'echo to everybody alive >/dev/udp/10.0.0.3/9 && echo se""nt' Enter
    await sent
    "${OUTER[@]}" kill-server
    nothing_is_left
    grep -qa 'to everybody alive' "$(recording)/carol.pcapng"
    captures_are_complete
}

@test "without tmux, a terminal or private networks it says what is missing" {
    local tool
    mkdir bin
    for tool in bash env dirname awk; do ln -s "$(command -v "$tool")" bin/; done
    PATH=$PWD/bin run -2 tools/lan-terminal
    [ "$output" = "lan-terminal: tmux is missing: \`make start\` installs it." ]

    command -v tmux >/dev/null || skip "tmux is not installed"
    run -2 make lan </dev/null 3>&-
    shown "needs one to begin with: standard input and output are none"

    unshare --user --map-root-user true 2>/dev/null || skip "this machine allows no private networks anyway"
    run -2 unshare --user --map-root-user bash -c \
        'echo 0 >/proc/sys/user/max_user_namespaces && script -qec tools/lan-terminal /dev/null' 3>&-
    shown "This machine allows no private networks (user namespaces are limited by "
    [ ! -e build/lan ]
}
