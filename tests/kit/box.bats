# The build box and what is taken from a submission: nothing that lies in it, whatever it is called or contains, does
# more than fail to compile.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    make -C "$TOP" -s build/sockscope build/libudplab.a 3>&-
}

setup() {
    cd "$TOP" || return
    LAB=$(labs | head -n 1)
    read -r PROGRAM _ < <(sed -n 's/^answers //p' "tests/$LAB/checks.bats")
    SUBMISSION=$BATS_TEST_TMPDIR/submission
    TAKEN=$BATS_TEST_TMPDIR/taken/$LAB
    mkdir -p "$SUBMISSION/$LAB"
}

take() {
    run -0 tests/bench/take "$SUBMISSION" "$LAB" "$BATS_TEST_TMPDIR/taken" 3>&-
}

# taken_with WORDS: the file was not taken, for this reason.
refused_because() {
    [[ ! -e $TAKEN/$PROGRAM ]]
    shown "$1"
    grep -qF -- "$1" "$TAKEN/$PROGRAM.said"
}

# source_is LINE...: what the submission's file holds.
source_is() {
    printf '%s\n' "$@" >"$SUBMISSION/$LAB/$PROGRAM.c"
}

needs_box() {
    # shellcheck source=tests/bench/box.bash
    source tests/bench/box.bash
    find_box_level
    [[ $UDPLAB_BOX == "full box"* ]] || skip "this machine allows no box: $UDPLAB_BOX"
}

@test "a right answer is built, whatever the names of its folder, and nothing is written there" {
    local name
    for name in "O'Brien (2)" 'x%y & z;' '$(touch ran)' 'a:b' $'two\nlines' 'Jürgen "J"'; do
        rm -rf "$BATS_TEST_TMPDIR/taken"
        SUBMISSION=$BATS_TEST_TMPDIR/$name
        mkdir -p "$SUBMISSION/$LAB"
        cp solutions/"$LAB"/*.c "$SUBMISSION/$LAB/"
        chmod -R a-w "$SUBMISSION"
        take
        [ -x "$TAKEN/$PROGRAM" ]
        diff -r solutions/"$LAB" "$SUBMISSION/$LAB" | grep -v '^Only in solutions' && return 1
        chmod -R u+w "$SUBMISSION"
    done
    [ ! -e ran ]
}

@test "only the named sources are taken, not programs, Makefiles or what a name would run" {
    cp solutions/"$LAB"/*.c "$SUBMISSION/$LAB/"
    source_is 'int main(void) { return 0 }'
    cp /bin/true "$SUBMISSION/$LAB/$PROGRAM"
    touch -d 2038-01-01 "$SUBMISSION/$LAB/$PROGRAM"
    printf 'all:\n\ttouch ran\n' >"$SUBMISSION/$LAB/Makefile"
    : >"$SUBMISSION/$LAB/\$(shell touch ran).c"
    : >"$SUBMISSION/$LAB/@x.c"
    take
    refused_because "error: expected"
    [ ! -e ran ]
    [ "$(cd "$TAKEN" && printf '%s ' *.c | tr ' ' '\n' | grep -vxFf <(sed -n 's/^answers //p' "$TOP/tests/$LAB/checks.bats" | tr ' ' '\n' | sed 's/$/.c/'))" = "" ]
}

@test "a link, a pipe, a folder, a huge file and a missing one are named and not taken" {
    ln -s /etc/passwd "$SUBMISSION/$LAB/$PROGRAM.c"
    take
    refused_because "$PROGRAM.c is a symbolic link"
    rm "$SUBMISSION/$LAB/$PROGRAM.c"
    take
    refused_because "$PROGRAM.c is missing"
    mkfifo "$SUBMISSION/$LAB/$PROGRAM.c"
    take
    refused_because "$PROGRAM.c is not a regular file"
    rm "$SUBMISSION/$LAB/$PROGRAM.c"
    truncate -s 262145 "$SUBMISSION/$LAB/$PROGRAM.c"
    take
    refused_because "$PROGRAM.c has more than 262144 bytes"
    mv "$SUBMISSION/$LAB" "$SUBMISSION/elsewhere"
    ln -s elsewhere "$SUBMISSION/$LAB"
    take
    refused_because "$LAB is a symbolic link"
}

@test "the compiler sees no file of the machine, of the kit or of another submission" {
    needs_box
    local path
    echo "secret-4711" >"$BATS_TEST_TMPDIR/secret"
    for path in "$TOP/solutions/$LAB/$PROGRAM.c" "solutions/$LAB/$PROGRAM.c" \
        "$BATS_TEST_TMPDIR/secret" /etc/shadow /proc/1/environ; do
        source_is "#include \"$path\"" 'int main(void) { return 0; }'
        take
        refused_because "No such file or directory"
        not_shown secret-4711
    done
    source_is "__asm__(\".incbin \\\"$TOP/build/sockscope\\\"\");" 'int main(void) { return 0; }'
    take
    refused_because "file not found"
}

@test "a source that would fill memory, disk or time does not compile, and is given up in bounded time" {
    source_is '#include __FILE__' '#include __FILE__' 'int main(void) { return 0; }'
    take
    [ ! -e "$TAKEN/$PROGRAM" ]
    source_is '#include "/dev/zero"'
    take
    [ ! -e "$TAKEN/$PROGRAM" ]
    source_is 'char huge[300u << 20] = {1};' 'int main(void) { return huge[5]; }'
    take
    [ ! -e "$TAKEN/$PROGRAM" ]
    source_is '#define A 1 + 1 +' '#define B A A A A A A A A' '#define C B B B B B B B B' '#define D C C C C C C C C' \
        '#define E D D D D D D D D' '#define F E E E E E E E E' '#define G F F F F F F F F' \
        '#define H G G G G G G G G' \
        'int main(void) { return H H H H H H H H 0; }'
    take
    [ ! -e "$TAKEN/$PROGRAM" ]
}

@test "messages are cut, and hold nothing that a terminal obeys" {
    source_is '#define A x y z;' '#define B A A A A A A A A' '#define C B B B B B B B B' 'int f(void) { C C C C }'
    take
    [ ! -e "$TAKEN/$PROGRAM" ]
    [ "$(wc -c <"$TAKEN/$PROGRAM.said")" -le 9000 ]
    source_is $'int main(void) { \e]0;pwned\a\e[2J \xc2\x9b return gr\xc3\xbc\xc3\x9fe }'
    take
    refused_because "grüße"
    run -1 grep -qP '\x1b|\x07|\xc2\x9b' "$TAKEN/$PROGRAM.said"
}

@test "an answer with more warnings than are shown is built" {
    {
        echo 'int main(void) {'
        printf 'int *p%d = %d;\n' {1..200}{,}
        echo '}'
    } | awk '!seen[$0]++' >"$SUBMISSION/$LAB/$PROGRAM.c"
    take
    [ -x "$TAKEN/$PROGRAM" ]
}

@test "sockscope clean keeps text, and replaces what is obeyed and what is no text" {
    run -0 build/sockscope clean < <(printf 'tab\tgr\xc3\xbc\xc3\x9fe \xe5\xb9\xbf\xe6\x92\xad \xf0\x9f\x98\x80\n')
    [ "$output" = $'tab\tgrüße 广播 😀' ]
    run -0 build/sockscope clean < <(printf 'a\x1b[2J\x00\x07\x7f\xc2\x9b\xe2\x80\xa8\xe2\x80\xae\xef\xbb\xbf\xff\xc3z')
    [ "$output" = 'a?[2J?????????z' ]
}
