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

# A check that says what it has seen of the program, instead of the real one.
quick_check() {
    cat >tests/bench/check <<END
#!/usr/bin/env bash
echo "checked: \$(labs/$LAB/$PROGRAM 2>&1)"
END
}

usage() {
    sed "s/usage: %s/$1 %s/" "solutions/$LAB/$PROGRAM.c"
}

@test "the first check is shown whole, later ones only as far as something has changed" {
    local tests
    tests=$(grep -c '^@test' "tests/$LAB/checks.bats")
    watch "watch-$N"
    await "Waiting for you to save a file in labs/$LAB."
    said
    [ "$(grep -c '^  failed ' <<<"$output")" -eq "$tests" ]
    shown "task 1 is not written yet"

    # One task more: one test passes, and the first failure now says something else.
    sed -i 's/todo("1: [^;]*;/(void)!connect(fd, (struct sockaddr *)\&server, sizeof server);/' "$SOURCE"
    await "score 10 of 100, 0 before"
    said
    shown "$PROGRAM.c saved, checking"
    shown "task 2 is not written yet"
    [ "$(grep -c '^  failed ' <<<"$output")" -eq 1 ]

    cp "solutions/$LAB/$PROGRAM.c" "$SOURCE"
    await "score 100 of 100, 10 before"
    said
    [ "$(grep -c '^  passed ' <<<"$output")" -ge 8 ]

    touch "$SOURCE"
    await "no test has changed"
    await "before"
    said
    run -1 grep -E '^  (passed|failed) ' <<<"$output"

    # One mistake: only what it breaks is shown, with the reasons.
    sed -i 's/recv failed/recv faild/' "$SOURCE"
    await " before"
    said
    shown "recv failed: Connection refused (111)"
    run -1 grep -E '^  passed ' <<<"$output"
    leave
    [ "$(gojq .score "build/results/$LAB.json")" -gt 0 ]
}

@test "it says at once that it has seen a save" {
    mkfifo go
    quick_check
    echo 'read -r <go; echo "went on"' >>tests/bench/check
    watch -C "labs/$LAB" watch
    echo >go
    await "Waiting"
    said
    touch "$SOURCE"
    await "$PROGRAM.c saved, checking" # and nobody has let the check go on
    said
    not_shown "went on"
    echo >go
    await "went on"
    leave
}

@test "errors of the compiler are shown, and mending them is enough" {
    quick_check
    watch "watch-$N"
    await "Waiting"
    said
    echo "int broken = ;" >>"$SOURCE"
    await "It does not compile."
    said
    shown "$SOURCE:"
    shown "error: "
    not_shown "checked"
    usage "mended:" >"$SOURCE"
    await "checked: mended:"
    leave
}

@test "it begins with a program that does not compile, too" {
    quick_check
    echo "int broken = ;" >>"$SOURCE"
    watch "watch-$N"
    await "It does not compile."
    await "Waiting"
    usage "mended:" >"$SOURCE"
    await "checked: mended:"
    leave
}

@test "a file that is saved in steps, vanishes and comes back, is checked in the end" {
    quick_check
    watch "watch-$N"
    await "Waiting"
    # By way of another file, as many editors save.
    usage "renamed:" >"labs/$LAB/.swap"
    mv "labs/$LAB/.swap" "$SOURCE"
    await "checked: renamed:"
    # Emptied, and nothing else yet.
    : >"$SOURCE"
    await "It does not compile."
    usage "filled:" >>"$SOURCE"
    await "checked: filled:"
    # Gone altogether, and its folder as well.
    rm "$SOURCE"
    await "No such file"
    mv "labs/$LAB" away
    usage "back:" >"away/$PROGRAM.c"
    mv away "labs/$LAB"
    await "checked: back:"
    leave
}

@test "a program is compiled from what was saved, also when the file's time is an old one" {
    quick_check
    watch "watch-$N"
    await "Waiting"
    usage "old:" >old.c
    touch -d '2001-01-01' old.c
    mv old.c "$SOURCE"
    await "checked: old:"
    leave
}

@test "what is saved during a check is checked after it" {
    mkfifo go
    quick_check
    echo 'read -r <go' >>tests/bench/check
    watch "watch-$N"
    await "checked: "
    usage "meanwhile:" >"$SOURCE"
    echo >go
    await "checked: meanwhile:"
    echo >go
    leave
}

@test "Ctrl-C during a check leaves no process and no file" {
    cp tests/kit/bench/hang.c "$SOURCE"
    mkdir "$BATS_TEST_TMPDIR/tmp"
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    watch "watch-$N"
    await "$LAB" # the heading: tests are running from here on
    leave
    # No process of it goes on. The last ones may still be on their way out.
    local pid
    for pid in $(grep -lzF "$PWD/" /proc/[0-9]*/cmdline 2>/dev/null | tr -dc '0-9\n'); do
        timeout 60 tail --pid="$pid" -f /dev/null || { tr '\0' ' ' <"/proc/$pid/cmdline" && return 1; }
    done
    [ -z "$(ls -A "$TMPDIR")" ]
    [ ! -e "build/results/$LAB.json" ]
}

@test "a lab that does not exist is named, with those that do" {
    run -2 make watch-99 3>&-
    shown "there is no lab 99. The labs are:"
}
