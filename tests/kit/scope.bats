# make scope-NN: a student's program, beside the server that it talks to, and then their ladder.
bats_require_minimum_version 1.5.0

load copies

# The lab that the tests here take for all of them, its number, and the program that its students complete.
LAB=$(labs | sed -n 2p)
N=${LAB%%-*}
PROGRAM=$(cd "$TOP/labs/$LAB" && grep -l 'todo(' -- *.c | sed 's/\.c$//;1q')

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
    make -C "$BATS_FILE_TMPDIR/kit" -s everything 3>&-
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
}

# scoped INPUT TEXT...: make scope-N with these words after it draws a ladder and ends well, however the program ended.
scoped() {
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    run -0 make -s "scope-$N" "${@:2}" <<<"$1" 3>&-
}

@test "make scope-NN draws the program beside lab 01's server, without a server, and with another command" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    scoped hello
    shown "with udpserver at 127.0.0.1 beside it"
    shown "Hi, hello"
    shown "■ exit 0"
    [ "$(find "build/scope/$LAB" -name '*.calls' | wc -l)" -eq 2 ]
    scoped hello ALONE=1
    shown "with nobody beside it"
    shown "Connection refused"
    shown "■ exit 1"
    [ "$(find "build/scope/$LAB" -name '*.calls' | wc -l)" -eq 1 ]
    scoped hello RUN="./$PROGRAM 127.0.0.2"
    shown "recvfrom \"hello\" = 5"
    shown "127.0.0.2:43211"
}

@test "on a terminal, the ladder of make scope-NN and the scenes of make demo-NN are shown page by page" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    command -v script >/dev/null || skip "script is not installed"
    printf '#!/bin/sh\nsed "s/^/paged: /"\n' >pager
    chmod +x pager
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    PAGER=$PWD/pager NO_COLOR=1 run -0 script -qec "echo hello | make -s scope-$N" /dev/null 3>&-
    shown "ms  $PROGRAM"
    grep -q "^paged: .*■ exit 0" <<<"$output"
    not_shown "paged: Hi, hello"
    PAGER=$PWD/pager NO_COLOR=1 run -0 script -qec "make -s demo" /dev/null 3>&-
    shown "paged: $LAB"
    not_shown "went wrong"
    # A reader who leaves early is no error.
    PAGER=true run -0 script -qec "make -s demo-$N" /dev/null 3>&-
}

@test "make scope-NN without its source or its program says what is missing" {
    rm "labs/$LAB"/*.c
    run -2 make "scope-$N" 3>&-
    shown "labs/$LAB has no program to run: make reset-$N brings back a file that is missing"
    run -2 make "scope-$N" RUN=./nothing 3>&-
    shown "labs/$LAB has no program ./nothing"
}

@test "Ctrl-C in make scope-NN is for the program alone, and the ladder is drawn" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    command -v python3 >/dev/null || skip "python3 is not installed to be the terminal"
    run -0 python3 - make -s "scope-$N" RUN="sh -c 'echo running | tr a-z A-Z; exec sleep 60'" <<'END'
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
said, pressed = b"", False
while True:
    try:
        said += os.read(terminal, 4096)
    except OSError:
        break
    if b"RUNNING" in said and not pressed:
        pressed = os.write(terminal, b"\x03") == 1
print(said.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
    shown "killed by SIGINT"
}

@test "make scope-NN plays a program that asks everybody, or a group, on a LAN with servers that answer, or without" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    LAB=$(labs | sed -n 5p)
    N=${LAB%%-*}
    UDPLAB_TIMEOUT_MS=500 scoped hello
    shown "on alice (10.0.0.1), with udpserver on bob (10.0.0.2) and carol (10.0.0.3) beside it"
    shown "10.0.0.2:43211: Hi, hello"
    shown "10.0.0.3:43211: Hi, hello"
    shown "■ exit 0"
    UDPLAB_TIMEOUT_MS=500 scoped hello RUN="./udpmulticast 239.1.2.3"
    shown "with udpgroupserver on bob (10.0.0.2) and carol (10.0.0.3) beside it"
    shown "10.0.0.2:43211: Hi, hello"
    shown "10.0.0.3:43211: Hi, hello"
    UDPLAB_TIMEOUT_MS=500 scoped hello ALONE=1
    shown "on alice (10.0.0.1), with nobody beside it"
    shown "nobody answered"
    not_shown "ENETUNREACH"
}

@test "make scope-NN says that no LAN can be made where there are no private networks" {
    LAB=$(labs | sed -n 5p)
    N=${LAB%%-*}
    UDPLAB_NAMESPACES=no NO_NETWORK_BECAUSE="not today" run -2 make -s "scope-$N" 3>&-
    shown "10.0.0.255 is on a LAN, and this machine allows no private network for one (not today)."
}

@test "make scope-NN without a terminal presses Ctrl-C for a server, and says so" {
    LAB=$(labs | sed -n 3p)
    N=${LAB%%-*}
    UDPLAB_DEADLINE=1 scoped ""
    shown "it reads no input, and gets Ctrl-C after 1 s"
    shown "received 0 datagrams"
    shown "■ exit 0"
}

@test "a server that does not end at Ctrl-C is ended without a terminal, too" {
    LAB=$(labs | sed -n 3p)
    printf '/*\n *\n * Run: ./udpconnectserver\n */\n#include "lib/common.h"\nint main(void) { signal(SIGINT, SIG_IGN); for (;;) pause(); }\n' \
        >"labs/$LAB/udpconnectserver.c"
    UDPLAB_DEADLINE=1 run -0 timeout 60 make -s "scope-${LAB%%-*}" <<<"" 3>&-
    shown "SIGINT arrives"
    shown "Ctrl-C did not end it within 1 s: it was killed"
    not_shown "Killed"
}

@test "a source without its first comment is told to say how it is run" {
    sed -i '/^ \* Run: /d' "labs/$LAB"/*.c
    run -2 make -s "scope-${LAB%%-*}" <<<"" 3>&-
    shown "does not say how to run it"
    shown "RUN="
}
