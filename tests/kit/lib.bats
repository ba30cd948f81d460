#!/usr/bin/env bats
# What lib/common.h promises, helper by helper. tests/kit/lib/driver.c calls the helpers.

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    export ROOT=$PWD CC=${CC:-gcc}
    unset MAKEFLAGS MFLAGS MAKELEVEL

    # Once through the Makefile's own rule, and once with the sanitizers, whose reports end a program with 99.
    export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99
    export BUILT=$BATS_FILE_TMPDIR
    mkdir -p "$BUILT/plain" "$BUILT/sanitized"
    make BUILD="$BUILT" CC="$CC" "$BUILT/libudplab.a"
    compile "$CC" -Werror -o "$BUILT/plain/driver" tests/kit/lib/driver.c "${LIBRARY[@]}"
    compile "$CC" -Werror -g -fsanitize=address,undefined -fno-sanitize-recover=all \
        -o "$BUILT/sanitized/driver" tests/kit/lib/driver.c lib/*.c
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# The library as every program links it.
LIBRARY=("-Wl,--whole-archive" "$BATS_FILE_TMPDIR/libudplab.a" "-Wl,--no-whole-archive")

# compile COMPILER ARGUMENTS...: with the warnings that the header must not raise.
compile() {
    "$1" -std=gnu11 -D_GNU_SOURCE "-I$ROOT" -Wall -Wextra -Wconversion "${@:2}"
}

# try COMMAND STATUS [STDOUT [STDERR]]: runs the shell command, in which `driver` is the plain program first and the
# one with sanitizers then. Each must end with the status and print exactly that.
try() {
    local build
    for build in plain sanitized; do
        PATH="$BUILT/$build:$PATH" run --separate-stderr timeout 60 bash -o pipefail -c "$1" 3>&-
        # shellcheck disable=SC2154 # run sets stderr
        check "$build: $1" "$2" "${3:-}" "${4:-}" "$status" "$output" "$stderr" || return 1
    done
}

# check WHAT STATUS STDOUT STDERR SEEN_STATUS SEEN_STDOUT SEEN_STDERR
check() {
    if [[ $2 == "$5" && $3 == "$6" && $4 == "$7" ]]; then
        return 0
    fi
    printf '%s\n--- expected: status %s\n%s\n--- on stderr:\n%s\n--- seen: status %s\n%s\n--- on stderr:\n%s\n' "$@"
    return 1
}

# --- error ----------------------------------------------------------------------------------------------------

@test "error: message, meaning and number of the error, and the exit status" {
    try 'driver error 1 111 "recv failed"' 1 "waiting" "recv failed: Connection refused (111)"
    try 'driver error 3 11 "recvfrom failed"' 3 "waiting" "recvfrom failed: Resource temporarily unavailable (11)"
}

@test "error: without an error number, just the message" {
    try 'driver error 2 0 "usage: udpclient <IPaddress>"' 2 "waiting" "usage: udpclient <IPaddress>"
}

@test "error: a number that means nothing is still shown" {
    try 'driver error 1 9999 "send failed"' 1 "waiting" "send failed: Unknown error 9999 (9999)"
    try 'driver error 1 -111 "send failed"' 1 "waiting" "send failed: Unknown error -111 (-111)"
}

@test "error: status 0 returns, and errno is as before" {
    try 'driver error 0 111 "recv failed"' 0 "waiting; errno is still 7" "recv failed: Connection refused (111)"
    try 'driver error 0 111 "recv failed" 2>/dev/full' 0 "waiting; errno is still 7"
}

@test "error: %m sees the errno of the call, also when standard output is broken" {
    try 'driver error 0 0 hello >/dev/full' 1 "" \
        $'hello\nstandard output failed: No space left on device (28)'
    try 'driver error-m' 0 "waiting" "it was: Connection refused"
    try 'driver error-m >/dev/full' 1 "" \
        $'it was: Connection refused\nstandard output failed: No space left on device (28)'
}

@test "error: the message stands after the output that led to it" {
    try 'driver error 1 0 ", then the message" 2>&1 | cat' 1 "waiting, then the message"
}

@test "error: a per cent sign in an argument and a message of 20,000 bytes come out as they are" {
    try 'driver error 1 0 "100%s %n"' 1 "waiting" "100%s %n"
    local long
    long=$(head -c 20000 /dev/zero | tr '\0' x)
    try "driver error 1 0 $long" 1 "waiting" "$long"
}

@test "error: the line is written in one piece" {
    command -v strace >/dev/null || skip "strace is not installed"
    strace -s 80 -o trace -e trace=write "$BUILT/plain/driver" error 1 111 "recv failed" >/dev/null 2>&1 3>&- || true
    grep -F 'write(2, "recv failed: Connection refused (111)\n", 38)' trace
}

@test "error: the exit status stands when nothing can be printed" {
    try 'driver error 2 0 usage >&- 2>&-' 2
    try 'driver error 2 0 usage >/dev/full 2>/dev/full' 2
    try 'driver error 2 0 usage >/dev/full' 2 "" $'usage\nstandard output failed: No space left on device (28)'
    try 'driver error 2 0 usage >&-' 2 "" $'usage\nstandard output failed: Bad file descriptor (9)'
}

# --- todo -----------------------------------------------------------------------------------------------------

@test "todo: says which task is missing, after the output so far, and ends with status 1" {
    try 'driver todo "2: send the line"' 1 "waiting" "TODO 2: send the line"
    try 'driver todo "3: 100%s of it"' 1 "waiting" "TODO 3: 100%s of it"
}

# --- addresses ------------------------------------------------------------------------------------------------

@test "ipv4_address: four numbers and a port, in network byte order" {
    try 'driver address 127.0.0.1 43211' 0 \
        "family AF_INET, bytes 127 0 0 1, port 168 203, text 127.0.0.1:43211"
    try 'driver address 10.20.30.40 258' 0 "family AF_INET, bytes 10 20 30 40, port 1 2, text 10.20.30.40:258"
}

@test "ipv4_address and address_text: the smallest and the largest fit" {
    try 'driver address 0.0.0.0 0' 0 "family AF_INET, bytes 0 0 0 0, port 0 0, text 0.0.0.0:0"
    try 'driver address 255.255.255.255 65535' 0 \
        "family AF_INET, bytes 255 255 255 255, port 255 255, text 255.255.255.255:65535"
}

@test "ipv4_address: any other text is an error that shows it" {
    local text
    for text in 999.1.1.1 256.0.0.1 localhost "" " 1.2.3.4" "1.2.3.4 " 1.2.3 1.2.3. 1.2.3.4. 1.2.3.4.5 \
        0x7f.1 0x7f.0.0.1 010.0.0.1 1.2.3.4:5 2130706433 -1.2.3.4 1..2.3 ::1 $'1.2.3.4\n'; do
        try "driver address ${text@Q} 43211" 2 "" \
            "'$text' is not an IPv4 address (four numbers from 0 to 255, such as 127.0.0.1)"
    done
}

@test "address_text: an address without a family is shown, too" {
    try 'driver empty-address' 0 "0.0.0.0:0"
}

@test "endpoint_text: both families, an interface, and a family that it does not know" {
    try 'driver endpoint 127.0.0.1 43211' 0 "127.0.0.1:43211"
    try 'driver endpoint 255.255.255.255 65535' 0 "255.255.255.255:65535"
    try 'driver endpoint ::1 43211' 0 "[::1]:43211"
    try 'driver endpoint ::ffff:127.0.0.1 1' 0 "[::ffff:127.0.0.1]:1"
    try 'driver endpoint fe80::2%lo 7' 0 "[fe80::2%lo]:7"
    try 'driver endpoint ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255 65535' 0 "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"
    try 'driver endpoint-of-another-family' 0 "an address of family 1"
}

@test "same_address: address, port and family count, padding does not" {
    try 'driver same 127.0.0.1 43211 127.0.0.1 43211' 0 "same"
    try 'driver same 127.0.0.1 43211 127.0.0.1 43211 padding' 0 "same"
    try 'driver same 127.0.0.1 43211 127.0.0.1 43212' 0 "different"
    try 'driver same 127.0.0.1 43211 127.0.0.2 43211' 0 "different"
    try 'driver same 127.0.0.1 43211 127.0.0.1 43211 family' 0 "different"
}

# --- lines ----------------------------------------------------------------------------------------------------

@test "read_line: lines, an empty line, and the end of the input" {
    try 'printf "one\n\nthree\n" | driver lines 4096' 0 $'3: one\n0: \n5: three\n-1\n-1'
}

@test "read_line: no input at all is the end, a lone newline is a line" {
    try 'driver lines 4096 </dev/null' 0 $'-1\n-1'
    try 'printf "\n" | driver lines 4096' 0 $'0: \n-1\n-1'
}

@test "read_line: the last line needs no newline" {
    try 'printf "one\ntwo" | driver lines 4096' 0 $'3: one\n3: two\n-1\n-1'
}

@test "read_line: NUL bytes and bytes above 127 are kept" {
    try 'printf "a\0b\n\0\n\303\251\377\n" | driver lines 4096' 0 \
        $'3: a\\x00b\n1: \\x00\n3: \\xc3\\xa9\\xff\n-1\n-1'
    try 'printf "ab\0cd\n" | driver lines 4' 0 $'3: ab\\x00\n2: cd\n-1\n-1'
}

@test "read_line: a line that just fills the buffer is one line" {
    try 'printf "abc\nd\n" | driver lines 4' 0 $'3: abc\n1: d\n-1\n-1'
    try 'printf abc | driver lines 4' 0 $'3: abc\n-1\n-1'
    try 'printf "abcdef\n\nd" | driver lines 4' 0 $'3: abc\n3: def\n0: \n1: d\n-1\n-1'
}

@test "read_line: one byte more comes as a second piece" {
    try 'printf "abcd\ne\n" | driver lines 4' 0 $'3: abc\n1: d\n1: e\n-1\n-1'
    try 'printf abcd | driver lines 4' 0 $'3: abc\n1: d\n-1\n-1'
}

@test "read_line: the smallest buffer gives a byte at a time" {
    try 'printf "ab\n\nc" | driver lines 2' 0 $'1: a\n1: b\n0: \n1: c\n-1\n-1'
}

@test "read_line: a buffer without room is refused" {
    try 'echo a | driver lines 1' 2 "" "read_line needs a buffer of at least 2 bytes, not 1"
    try 'echo a | driver lines 0' 2 "" "read_line needs a buffer of at least 2 bytes, not 0"
}

# lengths BYTES: reads a line of that many bytes into a buffer of MAXLINE, prints the lengths of the pieces, and
# fails unless the pieces together are the line.
lengths() {
    head -c "$1" /dev/urandom | base64 -w 0 | head -c "$1" >bytes
    { cat bytes && echo; } | timeout 60 "$BUILT/sanitized/driver" lines 4096 >pieces 3>&-
    sed -n 's/^[0-9]*: //p' pieces | tr -d '\n' | cmp - bytes
    cut -d: -f1 pieces | tr '\n' ' '
}

@test "read_line: nothing is lost around MAXLINE and in a line of 10,000 bytes" {
    run -0 lengths 4094
    [ "$output" = "4094 -1 -1 " ]
    run -0 lengths 4095
    [ "$output" = "4095 -1 -1 " ]
    run -0 lengths 4096
    [ "$output" = "4095 1 -1 -1 " ]
    run -0 lengths 8190
    [ "$output" = "4095 4095 -1 -1 " ]
    run -0 lengths 10000
    [ "$output" = "4095 4095 1810 -1 -1 " ]
}

@test "read_line: a failed read is not the end of the input" {
    try 'driver lines 4096 <.' 1 "" "standard input failed: Is a directory (21)"
    try 'driver lines 4096 <&-' 1 "" "standard input failed: Bad file descriptor (9)"
}

@test "read_line: a signal interrupts it only where the handler asks for that" {
    try 'driver signals restart' 0 "5: three"
    try 'driver signals stop' 1 "" "input failed: Interrupted system call (4)"
}

# --- the deadline ---------------------------------------------------------------------------------------------

@test "set_receive_deadline: two seconds, or what UDPLAB_TIMEOUT_MS says" {
    try 'unset UDPLAB_TIMEOUT_MS; driver deadline' 0 "2000 ms"
    try 'UDPLAB_TIMEOUT_MS=300 driver deadline' 0 "300 ms"
    try 'UDPLAB_TIMEOUT_MS=1500 driver deadline' 0 "1500 ms"
    try 'UDPLAB_TIMEOUT_MS=0060000 driver deadline' 0 "60000 ms"
    try 'UDPLAB_TIMEOUT_MS=3600000 driver deadline' 0 "3600000 ms"
}

@test "set_receive_deadline: the receive ends, even after the shortest one" {
    try 'UDPLAB_TIMEOUT_MS=1 driver deadline x >/dev/null' 1 "" \
        "recv failed: Resource temporarily unavailable (11)"
}

@test "timeout_ms: the same limit, for other ways to wait" {
    try 'unset UDPLAB_TIMEOUT_MS; driver timeout' 0 "2000 ms"
    try 'UDPLAB_TIMEOUT_MS=300 driver timeout' 0 "300 ms"
    try 'UDPLAB_TIMEOUT_MS=x driver timeout' 2 "" "UDPLAB_TIMEOUT_MS is 'x', not a number of milliseconds from 1 to 3600000"
}

@test "monotonic_ms: milliseconds that pass, and none of the time of day" {
    try 'driver clock' 0 "at least 30 ms passed, fewer than the 60000 that a test may take"
}

@test "set_receive_deadline: a bad UDPLAB_TIMEOUT_MS is an error that shows it" {
    local value
    for value in "" 0 -5 +5 abc 12x x12 " 5" "5 " 1.5 1e3 0x10 3600001 99999999999 99999999999999999999999 ٣; do
        try "UDPLAB_TIMEOUT_MS=${value@Q} driver deadline" 2 "" \
            "UDPLAB_TIMEOUT_MS is '$value', not a number of milliseconds from 1 to 3600000"
    done
}

@test "set_receive_deadline: what is no socket is an error" {
    try 'driver deadline-of -1' 1 "" "setsockopt SO_RCVTIMEO failed: Bad file descriptor (9)"
    try 'driver deadline-of 0 </dev/null' 1 "" "setsockopt SO_RCVTIMEO failed: Socket operation on non-socket (88)"
}

# --- the standard streams ---------------------------------------------------------------------------------------

@test "standard output: each line goes into a pipe while the program still runs" {
    local line
    coproc { exec timeout 60 "$BUILT/plain/driver" print-and-wait first second 3>&-; }
    local in=${COPROC[0]} out=${COPROC[1]} pid=$COPROC_PID

    read -r -t 60 line <&"$in"
    [ "$line" = first ]
    echo go on >&"$out"
    read -r -t 60 line <&"$in"
    [ "$line" = second ]
    echo enough >&"$out"
    wait "$pid"
}

@test "standard output: lost output ends in a message and status 1" {
    try 'echo | driver print-and-wait hello >/dev/full' 1 "" "standard output failed: No space left on device (28)"
    try 'driver print-part hello >/dev/full' 1 "" "standard output failed: No space left on device (28)"
    try 'driver print-at-exit >/dev/full' 1 "" "standard output failed: No space left on device (28)"
    try 'driver print-at-exit' 0 "good bye"
}

@test "standard output: closed, it fails like a full one, and only when there was something to print" {
    try 'driver print-part hello >&-' 1 "" "standard output failed: Bad file descriptor (9)"
    try 'driver print-part "" >&-' 0
    try 'driver close-output' 0 "all said"
}

@test "standard output: what filled the disk is known for unfinished text, and lost lines are never silent" {
    # A limit of no bytes a file stands for the full disk. A pipe takes the message, as files are limited.
    try 'trap "" XFSZ; ulimit -f 0; { driver print-part hello 2>&1 >file; } | cat' 1 \
        "standard output failed: File too large (27)"
    try 'trap "" XFSZ; ulimit -f 0; { driver print-at-exit 2>&1 >file; } | cat' 1 \
        "standard output failed: some of it was not written"
}

@test "standard output: when it fails, the other streams are still written out" {
    try 'driver print-to-file-too file >/dev/full || { cat file && exit 1; }' 1 "kept" \
        "standard output failed: No space left on device (28)"
}

@test "a socket never becomes descriptor 0, 1 or 2" {
    try 'driver socket <&-' 0 "socket 3" "socket 3"
    try 'driver socket >&-' 1 "" $'socket 3\nstandard output failed: Bad file descriptor (9)'
    try 'driver socket 2>&-' 0 "socket 3"
    try 'driver socket <&- 2>&-' 0 "socket 3"
    try 'driver socket <&- >&- 2>&-' 1
    try 'driver socket <&- >&-' 1 "" $'socket 3\nstandard output failed: Bad file descriptor (9)'
}

# --- the whole ------------------------------------------------------------------------------------------------

@test "the header brings every system header that the lecture's brought and Linux still has" {
    local header
    run -0 "$CC" -D_GNU_SOURCE "-I$ROOT" -M "$ROOT/lib/common.h"
    for header in arpa/inet errno fcntl netdb netinet/in poll pthread signal stdio stdlib string strings sys/epoll \
        sys/ioctl sys/select sys/socket sys/stat sys/time sys/types sys/uio sys/un sys/wait time unistd; do
        [[ $output =~ /usr/include/([a-z0-9_]+-linux-gnu/)?$header\.h ]]
    done
}

@test "a source written for the lecture's header compiles without a warning" {
    local compiler
    for compiler in gcc clang; do
        command -v "$compiler" >/dev/null || continue
        run -0 compile "$compiler" -o lecture "$ROOT/tests/kit/lib/lecture_style.c" "${LIBRARY[@]}"
        [ "$output" = "" ]
        # Without the kit's flags, and with the header of the error(3) that the library's own replaces.
        run -0 "$compiler" -I"$ROOT" -Wall -Wextra -O2 -D_FORTIFY_SOURCE=2 -include error.h -o lecture \
            "$ROOT/tests/kit/lib/lecture_style.c" "${LIBRARY[@]}"
        [ "$output" = "" ]
    done
}

@test "a source written for the lecture's header works, and its errors are the library's" {
    # In a network of its own, as the port may be in use in this one.
    local private=(unshare --user --map-root-user --net)
    "${private[@]}" ip link set lo up || skip "no private network here: unshare --user --net or ip fails"
    compile "$CC" -O2 -D_FORTIFY_SOURCE=2 -include error.h -o lecture "$ROOT/tests/kit/lib/lecture_style.c" \
        "${LIBRARY[@]}"

    try "echo g1 | ${private[*]} sh -c 'ip link set lo up; ./lecture 127.0.0.1'" 1 \
        $'now sending g1\nsend bytes: 2' "recvfrom failed: Connection refused (111)"
    try "${private[*]} ./lecture" 1 "" "usage: lecture_style <IPaddress>"
}

@test "the library brings no names but those of its header" {
    run -0 nm --defined-only --extern-only --format=just-symbols "$BUILT/libudplab.a"
    [ "$(grep -v -e ':$' -e '^$' <<<"$output" | sort | tr '\n' ' ')" = \
        "address_text endpoint_text error ipv4_address monotonic_ms read_line same_address set_receive_deadline timeout_ms todo " ]
}

@test "the library holds no answer: it never connects, sends or receives" {
    run -0 nm --undefined-only --format=just-symbols "$BUILT/libudplab.a"
    [[ $output == *setsockopt* ]]
    run -1 grep -E '^_*(connect|bind|send|recv|poll|select|epoll|socket)' <<<"$output"
}
