# The run box: what a program under test finds there, what it is refused, and that its picture shows nothing of the box.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    cd "$TOP" || return
    make -s everything 3>&-
    # shellcheck source=tests/bench/box.bash
    source tests/bench/box.bash
    find_box_level
    [[ $UDPLAB_BOX == "full box"* ]] || skip "this machine allows no box: $UDPLAB_BOX"
    mkdir "$BATS_FILE_TMPDIR/02-x" "$BATS_FILE_TMPDIR/scene"
    cp tests/kit/box/look-around.c "$BATS_FILE_TMPDIR/02-x/"
    tests/bench/compile "$BATS_FILE_TMPDIR/02-x/look-around.c" "$BATS_FILE_TMPDIR/look-around"
    play "$BATS_FILE_TMPDIR/scene" look-around 3>&-
}

setup() {
    cd "$BATS_FILE_TMPDIR/scene" || return
}

# play FOLDER PROGRAM: in a scene of its own, started as an answer is. Leaves its exit status in FOLDER/status.
play() (
    # shellcheck source=tests/bench/scene.bash
    source tests/bench/scene.bash
    fail() { printf '%s\n' "$@" >&2 && exit 1; }
    fail_running() { fail "$2"; }
    answers "$2"
    export SECRET=4711 UDPLAB_TIMEOUT_MS=1
    scene_begin "$1"
    launch client "$BATS_FILE_TMPDIR/$2"
    wait_for client
    launch next "$BATS_FILE_TMPDIR/$2"
    wait_for next
    packets_written
    echo "${STATUS[client]}" >"$1/status"
    scene_end
)

said() {
    grep -qxF -- "$1" client.printed || { echo "not said: $1" && cat client.printed client.err && return 1; }
}

@test "a program is a user without capabilities, environment, terminal or open files" {
    said "uid: 1000"
    said "capability to do anything: 0"
    said "descriptors above 2: 0"
    said "terminal: ENXIO"
    [ "$(grep '^environment: ' client.printed | sort | tr '\n' ';')" = \
        "environment: HOME=/tmp;environment: LC_ALL=C;environment: PATH=/usr/bin;environment: PWD=/tmp;environment: UDPLAB_TIMEOUT_MS=1;" ]
}

@test "it sees itself, and no file or process of the kit or the machine" {
    said "/box: look-around"
    said "/home:"
    said "/root:"
    said "/tmp:"
    said "/dev/shm:"
    [ "$(grep '^/proc:' client.printed | wc -w)" -le 3 ] # itself, and the first process of its box
}

@test "it writes to its own /tmp and /dev/shm, and the next program finds nothing of that" {
    local at
    for at in "write /" "write /box" "write /dev" "write /etc" "write /usr" "chmod /etc/hosts" "chmod /dev/null"; do
        said "$at: EROFS"
    done
    for at in /dev/null /dev/shm /tmp; do
        said "write $at: 0"
    done
    diff <(grep -v '^/proc:' client.printed) <(grep -v '^/proc:' next.printed)
}

@test "it can neither leave the box, nor act unseen, nor make packets of its own" {
    local call
    for call in io_uring_setup ptrace "prctl PR_SET_SECCOMP" "unshare CLONE_NEWUSER" mount memfd_create keyctl TIOCSTI \
        "socket AF_PACKET" "socket AF_VSOCK" "socket SOCK_RAW"; do
        said "$call: EPERM"
    done
}

@test "what the labs need is allowed: sockets, threads, signals" {
    said "socket SOCK_DGRAM: 0"
    said "thread: 0"
    said "memory: 536870912"
    said "done"
    [ "$(<status)" = 3 ]
}

@test "the picture begins with the program's own start, and has no row of the box" {
    run -0 "$TOP/build/sockscope" draw --width 100 recording
    not_shown bwrap
    not_shown prlimit
    [ "$("$TOP/build/sockscope" events recording | gojq -r 'select(.kind == "start") | .program' |
        sort -u)" = /box/look-around ]
    [ "$("$TOP/build/sockscope" events recording | gojq -r 'select(.kind == "exit") | .status' |
        paste -sd ' ')" = "3 3" ]
}
