# What the tests of sockscope share.

# Called from setup_file: builds sockscope and the program that does on a socket what its arguments say.
build_talk() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    make --no-print-directory build/sockscope >&2
    export SCOPE=$PWD/build/sockscope TALK=$BATS_FILE_TMPDIR/talk
    gcc -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -pthread -o "$TALK" tests/bench/talk.c
}

# Skips a test that needs a private network where these are not permitted.
needs_private_network() {
    unshare -Urn true 2>/dev/null || skip "this system does not permit private networks"
}

# run_talk STEP...: records one program in a private network into $DIR, without drawing.
run_talk() {
    DIR=$BATS_TEST_TMPDIR/recording
    timeout 60 "$SCOPE" run --no-draw --name talk -o "$DIR" -- "$TALK" "$@" 3>&-
}

# in_private <<END: runs the script on standard input in a private network whose loopback is up. $SCOPE, $TALK and
# $DIR are there, and `capture` and `end_capture`, which await their event.
in_private() {
    DIR=$BATS_TEST_TMPDIR/recording
    export DIR
    timeout 60 unshare -Urn bash -euc "ip link set lo up
        capture() {
            coproc CAPTURE { exec \"\$SCOPE\" capture \"\$@\" \"\$DIR\" net; }
            CAPTURER=\$CAPTURE_PID
            read -r word <&\"\${CAPTURE[0]}\" && [[ \$word == ready ]]
        }
        end_capture() {
            exec {CAPTURE[1]}>&-
            wait \"\$CAPTURER\"
        }
        bound() { until grep -q 'bind(.* = 0' \"\$DIR/\$1.calls\" 2>/dev/null; do :; done; }
        $(cat)" 3>&-
}

# query FILTER: what gojq finds in the events of $DIR, all in one array.
query() {
    "$SCOPE" events "$DIR" | gojq -rs "$1"
}

# holds FILTER: fails, and shows the events, when the filter is not true of them.
holds() {
    [[ $(query "$1") == true ]] && return
    echo "not true of the recording: $1"
    "$SCOPE" events "$DIR"
    return 1
}
