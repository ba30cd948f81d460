# make watch: a lab is checked again at each save, whatever the editor does, and nothing is left when one leaves.
bats_require_minimum_version 1.5.0

load copies

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
    SOURCE=labs/$LAB/$PROGRAM.c
    WATCH='' SEEN=''
}

teardown() {
    [[ -z $WATCH ]] || kill -KILL -- "-$WATCH" 2>/dev/null || true
}

# Begins to watch, in a process group of its own as a terminal would have it, and says where its words can be read.
watch() {
    mkfifo words
    setsid env --default-signal=INT make "$@" >words 2>&1 3>&- &
    WATCH=$!
    exec {WORDS}<words
}

# await TEXT: reads on until a line has this in it.
await() {
    local line
    while IFS= read -r -t 60 -u "$WORDS" line; do
        SEEN+=$line$'\n'
        [[ $line != *"$1"* ]] || return 0
    done
    printf 'not seen: %s\n--- but:\n%s\n' "$1" "$SEEN"
    return 1
}

# What has been read since the last call.
said() {
    output=$SEEN SEEN=''
}

# Presses Ctrl-C. Everything in the terminal's process group gets the signal, and everything ends.
leave() {
    local status=0
    kill -INT -- "-$WATCH"
    wait "$WATCH" || status=$?
    WATCH=''
    [[ $status == @(130|2|0) ]] # make's own end, or the script's, whichever comes first
}

# A check that says which word it has seen in the source, instead of the real one; then what the test wants it to do.
quick_check() {
    cat >tests/bench/check <<END
#!/usr/bin/env bash
echo "checked \$*: \$(sed -n 's/^word //p' $SOURCE 2>&1)"
${1-exit 1}
END
}

word() {
    echo "word $1"
}

@test "it stops at the first failure, and what failed last goes first" {
    watch "watch-$N"
    await "Waiting for you to save a file in labs/$LAB."
    said
    shown "task 1 is not written yet"
    shown "stopped at the first failure (passed before it: 0); ALL=1 runs all tests"
    not_shown "score"
    [ ! -e "build/results/$LAB.json" ]

    cp "solutions/$LAB/$PROGRAM.c" "$SOURCE"
    sed -i 's/recv failed/recv faild/' "$SOURCE"
    await "Waiting"
    said
    shown "$PROGRAM.c saved, checking"
    shown "recv failed: Connection refused (111)"
    run -1 grep "passed before it: 0" <<<"$output"

    # The same test again, and only that one.
    touch "$SOURCE"
    await "Waiting"
    said
    shown "passed before it: 0"
    shown "recv failed: Connection refused (111)"
    run -0 make "hint-$N" 3>&-
    shown "did not pass"
    leave
}

@test "when the lab is finished it says so, and goes on with the next one" {
    local next
    next=$(labs | sed -n 3p)
    watch "watch-$N"
    await "Waiting for you to save a file in labs/$LAB."
    said
    cp "solutions/$LAB/$PROGRAM.c" "$SOURCE"
    await "Waiting for you to save a file in labs/$next."
    said
    shown "score 100 of 100"
    shown "One more question"
    shown "Next: lab ${next%%-*}"
    [ "$(gojq .score "build/results/$LAB.json")" -eq 100 ]
    # From now on it looks there.
    touch "$SOURCE" "labs/$next"/*.c
    await "saved, checking"
    await "$next/README.md"
    leave
}

@test "with ALL=1 the first check is shown whole, later ones only as far as something has changed" {
    local tests
    tests=$(grep -c '^@test' "tests/$LAB/checks.bats")
    watch "watch-$N" ALL=1
    await "Waiting for you to save a file in labs/$LAB."
    said
    [ "$(grep -c '^  failed ' <<<"$output")" -eq "$tests" ]
    shown "task 1 is not written yet"

    # One task more: one test passes, and the first failure now says something else.
    sed -i 's/todo("1: [^;]*;/(void)!connect(fd, (struct sockaddr *)\&server, sizeof server);/' "$SOURCE"
    await "Waiting"
    said
    shown "score 10 of 100, 0 before"
    shown "$PROGRAM.c saved, checking"
    shown "task 2 is not written yet"
    [ "$(grep -c '^  failed ' <<<"$output")" -eq 1 ]

    touch "$SOURCE"
    await "Waiting"
    said
    shown "no test has changed"
    run -1 grep -E '^  (passed|failed) ' <<<"$output"
    leave
}

@test "a save during a check ends it, and begins another" {
    mkfifo go
    quick_check 'trap "echo interrupted; exit 130" INT; read -r <go; echo "went on"'
    watch -C "labs/$LAB" watch
    await "checked"
    word meanwhile >"$SOURCE"
    await "interrupted"
    await "saved, checking"
    await "checked --first $LAB: meanwhile"
    said
    not_shown "went on"
    echo >go
    await "went on"
    leave
}

@test "errors of the compiler are shown, and to fix them is enough" {
    watch "watch-$N"
    await "Waiting"
    said
    echo "int broken = ;" >>"$SOURCE"
    await "It does not compile."
    said
    shown "$PROGRAM.c:"
    shown "error: "
    not_shown "expected  "
    cp "solutions/$LAB/$PROGRAM.c" "$SOURCE"
    await "score 100 of 100"
    leave
}

@test "a file that is saved in steps, vanishes and comes back, is checked in the end" {
    quick_check
    watch "watch-$N"
    await "Waiting"
    # By way of another file, as many editors save.
    word renamed >"labs/$LAB/.swap"
    mv "labs/$LAB/.swap" "$SOURCE"
    await ": renamed"
    # Emptied, and nothing else yet.
    : >"$SOURCE"
    await "checked --first $LAB: "
    word filled >>"$SOURCE"
    await ": filled"
    # Gone altogether, and its folder as well.
    rm "$SOURCE"
    await "No such file"
    mv "labs/$LAB" away
    word back >"away/$PROGRAM.c"
    mv away "labs/$LAB"
    await ": back"
    # From an old time, as shared folders may have it.
    word old >old.c
    touch -d '2001-01-01' old.c
    mv old.c "$SOURCE"
    await ": old"
    leave
}

@test "Ctrl-C during a check leaves no process and no file" {
    cp tests/kit/bench/hang.c "$SOURCE"
    mkdir "$BATS_TEST_TMPDIR/tmp"
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    watch "watch-$N"
    timeout 60 bash -c 'until grep -lzF "$PWD/labs" /proc/[0-9]*/cmdline 2>/dev/null | grep -q . && [ -n "$(ls -A "$TMPDIR")" ]; do sleep 0.05; done'
    local pid session=$WATCH
    leave
    # No process of it goes on. The last ones may still be on their way out.
    for pid in $(pgrep -s "$session") $(grep -lzF "$PWD/" /proc/[0-9]*/cmdline 2>/dev/null | tr -dc '0-9\n'); do
        timeout 60 tail --pid="$pid" -f /dev/null || { tr '\0' ' ' <"/proc/$pid/cmdline" && return 1; }
    done
    [ -z "$(ls -A "$TMPDIR")" ]
    [ ! -e "build/results/$LAB.json" ]
}

@test "a lab that does not exist is named, with those that do" {
    run -2 make watch-99 3>&-
    shown "there is no lab 99. The labs are:"
}
