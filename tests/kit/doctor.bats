# tools/doctor: what it says of a machine where something is missing, forbidden or in use.
bats_require_minimum_version 1.5.0

setup() {
    DOCTOR=$(cd "$BATS_TEST_DIRNAME/../../tools" && pwd)/doctor
    FAKES=$BATS_TEST_TMPDIR/fakes
    mkdir "$FAKES"
    fake valgrind 'echo valgrind-3.19.0' # the true one takes most of the doctor's time
}

# fake NAME SCRIPT: puts a command before the real one of that name.
fake() {
    printf '#!/bin/bash\n%s\n' "$2" >"$FAKES/$1"
    chmod +x "$FAKES/$1"
}

# doctor [NAME=VALUE]...: runs it, with the fakes.
doctor() {
    run env PATH="$FAKES:$PATH" "$@" "$DOCTOR" 3>&-
    printf '%s\n' "$output"
}

# without COMMAND: the doctor on a machine where bash does not find that command.
without() {
    # shellcheck disable=SC2016
    printf 'command() { [[ $2 != %s ]] && builtin command "$@"; }\n' "$1" >"$BATS_TEST_TMPDIR/environment"
    doctor BASH_ENV="$BATS_TEST_TMPDIR/environment"
}

needs_namespaces() {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this system does not permit private networks"
}

@test "where the kit's own tests run, the labs can be done" {
    doctor
    [ "$status" -eq 0 ]
    [[ $output = *"Everything works here."* || $output = *"The labs work here, with limits:"* ]]
}

@test "without a compiler nothing goes, and provision helps" {
    without gcc
    [ "$status" -eq 1 ]
    [[ $output = *"NO   gcc is missing"*"The labs do not work here yet:"*"programs cannot be compiled"* ]]
    [[ $output = *"What helps: tools/provision installs what is missing" ]]
}

@test "without valgrind the labs work, with a limit" {
    without valgrind
    [ "$status" -eq 0 ]
    [[ $output = *"NO   valgrind is missing"*"The labs work here, with limits:"*"memory errors are not looked for"* ]]
    [[ $output = *"What helps: tools/provision installs what is missing"* ]]
}

@test "forbidden namespaces are named, with what follows" {
    unshare -r true 2>/dev/null || skip "this system permits no namespace in which to forbid them"
    # shellcheck disable=SC2016
    run unshare -r env PATH="$FAKES:$PATH" sh -c 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$0"' "$DOCTOR" 3>&-
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    [[ $output = *"may not make private networks: user.max_user_namespaces is 0"*"The labs work here, with limits:"* ]]
    [[ $output = *"tests that need one are skipped"*"What helps: tools/provision --allow-namespaces"* ]]
    [[ $output != *"Everything works"* ]]
}

@test "a forbidden packet socket is a limit of its own" {
    needs_namespaces
    # shellcheck disable=SC2016
    fake unshare '[[ $* != *capture* ]] && exec /usr/bin/unshare "$@"'
    doctor
    [ "$status" -eq 0 ]
    [[ $output = *"ok   this user may make private networks"* ]]
    [[ $output = *"NO   packets cannot be captured there"*"packets are not recorded"* ]]
}

@test "strace that may not trace is told from strace that is missing" {
    fake strace 'echo "strace: PTRACE_TRACEME: Operation not permitted" >&2; exit 1'
    doctor
    [ "$status" -eq 1 ]
    [[ $output = *"strace may not watch programs here: strace: PTRACE_TRACEME: Operation not permitted"*"What helps:"* ]]
    [[ $output != *"installs what is missing"* ]]
}

@test "a bats that is too old is named" {
    fake bats 'echo "Bats 1.2.1"'
    doctor
    [ "$status" -eq 1 ]
    [[ $output = *"bats 1.2.1 is older than 1.8"*"checks cannot run"* ]]
}

@test "who holds the port is named, with the way to end it" {
    needs_namespaces
    # One port is left for the kernel to choose, and a datagram makes it choose.
    # shellcheck disable=SC2016
    run unshare -Urnmpf --kill-child --mount-proc env PATH="$FAKES:$PATH" bash -euc '
        ip link set lo up
        echo 43211 43211 >/proc/sys/net/ipv4/ip_local_port_range
        exec 9<>/dev/udp/127.0.0.1/9
        "$0" 9>&- && status=0 || status=$?
        echo "status $status, holder $$"' "$DOCTOR" 3>&-
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    [[ $output = *"NO   UDP port 43211 is in use: bash, process 1"*"What helps:"*"kill 1"*"status 0, holder 1" ]]
}

@test "a temporary folder that cannot be used is an end with words" {
    doctor TMPDIR=/nonexistent
    [ "$status" -eq 1 ]
    [[ $output = *"A temporary folder cannot be made:"*/nonexistent* ]]
}

@test "colours are for a terminal, and not for one that says NO_COLOR" {
    doctor
    [[ $output != *$'\e['* ]]
    run env -u NO_COLOR TERM=xterm PATH="$FAKES:$PATH" script -qec "$DOCTOR" /dev/null 3>&-
    [[ $output = *$'\e[32mok'* ]]
    run env NO_COLOR=1 TERM=xterm PATH="$FAKES:$PATH" script -qec "$DOCTOR" /dev/null 3>&-
    [[ $output != *$'\e['* ]]
}

@test "nothing is left behind" {
    mkdir "$BATS_TEST_TMPDIR/tmp"
    doctor TMPDIR="$BATS_TEST_TMPDIR/tmp"
    [ -z "$(ls -A "$BATS_TEST_TMPDIR/tmp")" ]
}

@test "an argument is answered with the usage" {
    run --separate-stderr "$DOCTOR" please
    [ "$status" -eq 2 ]
    # shellcheck disable=SC2154
    [[ $stderr = *"usage: tools/doctor" ]]
}
