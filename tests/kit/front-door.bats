# The front door: what `make` does from the top and in a lab's folder, for whoever calls it, and from wherever.
bats_require_minimum_version 1.5.0

load copies

# The lab that the tests here take for all of them, its number, and a program that its students complete.
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

teardown() {
    [[ -z ${ELSEWHERE-} ]] || rm -rf "$ELSEWHERE"
}

# full_marks [FOLDER]: all the points that can be checked on this machine, in the result that the check of other answers
# than a student's has left, or in that folder.
full_marks() {
    local result=${1:-build/results/other}/$LAB.json
    gojq -e '.score + .unchecked == 100 and .score > 0' "$result" >/dev/null || {
        gojq '.tests[] | select(.outcome != "passed")' "$result"
        return 1
    }
    ! unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null ||
        [ "$(gojq .score "$result")" = 100 ]
}

# Everything that was built, with the time of it.
built() {
    find build labs solutions -type f -newer VERSION -printf '%p %T@\n' | grep -v build/results | sort
}

@test "make alone prints the help, in the order of the work" {
    run -0 make 3>&-
    local sequence
    sequence=$(awk '{ print $3 }' <<<"${output//make /make - }" |
        grep -xE 'start|demo|[0-9]+|check-.*|check|test|handout' | tr '\n' ' ')
    [[ $sequence == "start demo "[0-9]*" check-"[0-9]*" check test handout " ]]
}

@test "every target of the help exists, and says what it is" {
    local target words
    make >help 3>&-
    [ "$(wc -l <help)" -ge 12 ]
    while read -r _ target words; do
        [ -n "$words" ]
        make -n "$target" </dev/null >said 2>&1 3>&- || { cat said && return 1; }
    done <help
}

@test "a lab that does not exist is answered with those that do" {
    local goal
    for goal in 77 0 check-99 check-77 memcheck-99 lab99; do
        run -2 make "$goal" 3>&-
        shown "make: there is no lab $(tr -dc 0-9 <<<"$goal"). The labs are:"$'\n'"$(labs | sed 's/^/  /')"
        [ "${#lines[@]}" -eq "$(($(labs | wc -l) + 2))" ] # that, and make's own
    done
}

# answered GOAL... -- WORDS: make does not know the goals, and says so with these words.
answered() {
    local goals=()
    while [[ $1 != -- ]]; do
        goals+=("$1")
        shift
    done
    run -2 make "${goals[@]}" 3>&-
    [[ ${lines[0]} == "make: there is no \"${goals[*]}\"; $2" ]] || { echo "$output" && return 1; }
    [ "${#lines[@]}" -eq 2 ]
}

@test "a command that does not exist is answered with the one that was meant" {
    local first
    first=$(labs | sed 's/-.*//;1q')
    answered "check-${N#0}" -- "for lab $N: make check-$N"
    answered "Check_$N" -- "for lab $N: make check-$N"
    answered "memcheck-${N}x" -- "for lab $N: make memcheck-$N"
    answered check "$N" -- "for lab $N: make check-$N"
    answered check "${N#0}" -- "for lab $N: make check-$N"
    answered hint "$N" -- "for lab $N: make hint-$N"
    answered hint -- "for lab $first: make hint-$first"
    answered check-foo -- "for lab $first: make check-$first"
    answered "lab$N" -- "make $N builds lab $N, make check-$N checks it"
    answered "progress-$N" -- "try make progress"
    answered chekc -- "make help lists what there is"
}

@test "in a terminal a check that does not pass ends without make's own error lines" {
    command -v script >/dev/null || skip "script is not installed"
    run -0 script -qec "make check-$N" /dev/null 3>&-
    shown "score 0 of 100"
    not_shown "***"
    run -2 script -qec "make check-$N ANSWERS=nowhere" /dev/null 3>&-
    shown "there is no folder with answers"
}

@test "in a script what does not pass is an error for make, and the line before says so" {
    run -2 make "check-$N" 3>&-
    [ "${lines[-2]}" = "Not everything passed, and make reports that as an error:" ]
    run -2 make "check-$N" ANSWERS=nowhere 3>&-
    not_shown "Not everything passed"
}

@test "a lab may be called by its whole name" {
    run -0 make "$LAB" 3>&-
    run -0 make -n "check-$LAB" 3>&-
    shown "tests/bench/check $LAB"
}

@test "a right answer without a cast of its length is compiled without a warning" {
    sed -i 's/(size_t)//' "solutions/$LAB/$PROGRAM.c"
    run -0 make "solutions/$LAB/$PROGRAM" 3>&-
    shown " CC "
    not_shown warning
}

@test "make NN does nothing when nothing has changed" {
    built >before
    [ -s before ]
    run -0 make "$N" everything 3>&-
    not_shown " CC "
    not_shown " LINK "
    built >after
    diff before after
}

@test "a change in the library's header or source builds the programs again" {
    local changed
    for changed in lib/common.h lib/line.c; do
        touch "$changed"
        run -0 make "$N" 3>&-
        shown "CC    labs/$LAB/$PROGRAM"
        not_shown sockscope
        run -0 make "$N" 3>&-
        not_shown " CC "
    done
}

@test "a change in a lab's source builds that program only" {
    touch "labs/$LAB/$PROGRAM.c"
    run -0 make everything 3>&-
    [ "$(grep -c ' CC ' <<<"$output")" -eq 1 ]
    shown "CC    labs/$LAB/$PROGRAM"
}

@test "a compile error is shown by the compiler, and no earlier program is checked" {
    cp "solutions/$LAB/$PROGRAM.c" "labs/$LAB/"
    touch "labs/$LAB/$PROGRAM.c"
    make -s "$N" 3>&-
    [ -x "labs/$LAB/$PROGRAM" ]
    echo "int broken = ;" >>"labs/$LAB/$PROGRAM.c"

    run -2 make "check-$N" 3>&-
    [[ $output =~ labs/$LAB/$PROGRAM\.c:[0-9]+:[0-9]+:\ error:.*score\ 0\ of\ 100 ]]
    gojq -e --arg says "$PROGRAM.c compiles" \
        'all(.tests[]; .outcome == "failed" and (.expected | contains($says)) and (.saw | contains("error: ")))' \
        "build/results/$LAB.json" || { gojq .tests "build/results/$LAB.json" && return 1; }
    run -1 bats "tests/$LAB/checks.bats" 3>&-
    shown "$PROGRAM.c compiles"
    run -1 grep '^ok' <<<"$output"
}

@test "so is what the linker has to say" {
    echo "/* nothing */" >"labs/$LAB/$PROGRAM.c"
    run -2 make "check-$N" 3>&-
    shown "undefined reference to \`main'"
    gojq -e --arg says "$PROGRAM.c compiles" 'all(.tests[]; .outcome == "failed" and (.expected | contains($says)))' \
        "build/results/$LAB.json"
}

@test "a warning does not keep a student's program from being built" {
    sed -i 's/^int main(.*/static int unused;\n&/' "labs/$LAB/$PROGRAM.c"
    run -0 make "$N" 3>&-
    shown "warning: "
    [ -x "labs/$LAB/$PROGRAM" ]
}

@test "a folder with a blank in its name is a folder like any other" {
    mkdir "$BATS_TEST_TMPDIR/a b"
    mv "$BATS_TEST_TMPDIR/udplab" "$BATS_TEST_TMPDIR/a b/"
    cd "$BATS_TEST_TMPDIR/a b/udplab"
    make -s clean 3>&-
    run -0 make "check-$N" ANSWERS=solutions 3>&-
    full_marks
    run -0 make -C "labs/$LAB" 3>&-
    run -2 make -C "labs/$LAB" check 3>&-
    shown "score 0 of 100"
    run -0 env ANSWERS=solutions bats "tests/$LAB/checks.bats" 3>&-
}

@test "ANSWERS names the folder whose answers are checked" {
    run -0 make "check-$N" ANSWERS=solutions 3>&-
    full_marks
    [ "$(gojq -r .answers "build/results/other/$LAB.json")" = solutions ]

    cp -r solutions "$BATS_TEST_TMPDIR/elsewhere"
    find "$BATS_TEST_TMPDIR/elsewhere" -type f ! -name '*.c' -delete
    run -0 make "check-$N" ANSWERS="$BATS_TEST_TMPDIR/elsewhere" 3>&-
    full_marks
    [ ! -e "$BATS_TEST_TMPDIR/elsewhere/$LAB/$PROGRAM" ] # nothing is built in what was handed in
}

@test "no answers are 0 points, and a folder that is not there is an error" {
    mkdir "$BATS_TEST_TMPDIR/empty"
    run -2 make "check-$N" ANSWERS="$BATS_TEST_TMPDIR/empty" 3>&-
    shown "there is no $PROGRAM.c"
    shown "score 0 of 100"

    run -2 make "check-$N" ANSWERS="$BATS_TEST_TMPDIR/nowhere" 3>&-
    shown "there is no folder with answers: ANSWERS='$BATS_TEST_TMPDIR/nowhere'"
    not_shown score
}

@test "answers whose path has a space are checked like any others" {
    cp -a solutions "$BATS_TEST_TMPDIR/my answers"
    run -0 make "check-$N" ANSWERS="$BATS_TEST_TMPDIR/my answers" 3>&-
    full_marks
}

@test "plain bats works from the top and from within tests" {
    export ANSWERS=solutions
    run -0 bats "tests/$LAB/checks.bats" 3>&-
    cd "tests/$LAB"
    run -0 bats checks.bats 3>&-
    [ "$(grep -c '^ok ' <<<"$output")" -eq "$(grep -c '^@test' checks.bats)" ]
    unset ANSWERS
    run -1 bats checks.bats 3>&-
    run -1 grep '^ok ' <<<"$output"
}

@test "make and make check work in a lab's folder" {
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    cd "labs/$LAB"
    rm "$PROGRAM"
    run -0 make 3>&-
    [ -x "$PROGRAM" ]
    run -0 make check 3>&-
    cd ../..
    full_marks build/results
}

@test "in a lab's folder, and in the one above, make knows the top's commands" {
    local folder
    for folder in "labs/$LAB" labs; do
        run -0 make -C "$folder" --no-print-directory help 3>&-
        [ "$output" = "$(make 3>&-)" ]
        run -0 make -n -C "$folder" "check-$N" 3>&-
        shown "tests/bench/check $LAB"
        run -2 make -C "$folder" "check$N" 3>&-
        shown "for lab $N: make check-$N"
    done
}

@test "colours are for a terminal, and not for one that says NO_COLOR" {
    run make "check-$N" 3>&-
    not_shown $'\e'
    run env TERM=xterm script -qec "make check-$N" /dev/null 3>&-
    shown $'\e[31mfailed'
    run env TERM=xterm NO_COLOR=1 script -qec "make check-$N" /dev/null 3>&-
    shown "failed"
    not_shown $'\e'
}

@test "make memcheck-NN is Valgrind's part of the check" {
    command -v valgrind >/dev/null || skip "valgrind is not installed"
    run -0 make "memcheck-$N" ANSWERS=solutions 3>&-
    [ "$(grep -c '^  passed ' <<<"$output")" -ge 1 ]
    [ "$(gojq '[.tests[].title | test("Valgrind")] | all' "build/results/other/$LAB.json")" = true ]
}

@test "only a whole check of labs/ is the student's own result, and the best one is kept beside the last" {
    local own=build/results/$LAB.json best=build/results/$LAB.best.json
    make "check-$N" ANSWERS=solutions 3>&-
    make "memcheck-$N" 3>&- || true
    [ ! -e "$own" ]

    cp "labs/$LAB/$PROGRAM.c" starter.c
    cp "solutions/$LAB/$PROGRAM.c" "labs/$LAB/"
    run -0 make "check-$N" ANSWERS=./labs 3>&-
    [ "$(gojq .score "$own" "$best" | sort -u)" = "$(gojq .score "build/results/other/$LAB.best.json")" ]
    cp starter.c "labs/$LAB/$PROGRAM.c"
    run -2 make "check-$N" 3>&-
    [ "$(gojq .score "$own")" = 0 ]
    [ "$(gojq .score "$best")" -gt 0 ]
    # A best result that cannot be read is worth nothing.
    echo '{"score":' >"$best"
    run -2 make "check-$N" 3>&-
    cmp "$own" "$best"
}

@test "make clean removes all that was built, and nothing else" {
    commit_tree .
    make "check-$N" ANSWERS=solutions >/dev/null 2>&1 3>&- || true
    [ -z "$(git status --porcelain)" ]
    [ -n "$(git status --porcelain --ignored)" ]
    run -0 make clean 3>&-
    [ -z "$(git status --porcelain --ignored)" ]
}

@test "a check leaves nothing behind but its result and what was built" {
    mkdir "$BATS_TEST_TMPDIR/tmp"
    TMPDIR=$BATS_TEST_TMPDIR/tmp make "check-$N" ANSWERS=solutions 3>&-
    [ -z "$(ls -A "$BATS_TEST_TMPDIR/tmp")" ]
    [ "$(cd build/results && find . -type f | sort | tr "\n" " ")" = "./other/$LAB.best.json ./other/$LAB.json " ]
    # No process of it goes on. The last ones may still be on their way out.
    local pid
    for pid in $(grep -lzF "$PWD/" /proc/[0-9]*/cmdline 2>/dev/null | tr -dc '0-9\n'); do
        timeout 60 tail --pid="$pid" -f /dev/null || { tr '\0' ' ' <"/proc/$pid/cmdline" && return 1; }
    done
}

@test "an ordinary user needs no root for any of it" {
    ((EUID == 0)) || skip "these tests are run by an ordinary user anyway"
    setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || skip "root cannot become another user here"
    # bats' own folders are closed to others.
    ELSEWHERE=$(mktemp -d)
    mv "$BATS_TEST_TMPDIR/udplab" "$ELSEWHERE/"
    cd "$ELSEWHERE/udplab"
    make -s clean 3>&-
    chown -R 65534:65534 "$ELSEWHERE"
    run -0 setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH="$PATH" HOME=/nonexistent \
        make "check-$N" ANSWERS=solutions 3>&-
    full_marks
    [ "$(stat -c %u "labs/../build/results/other/$LAB.json")" = 65534 ]
}

@test "make says once that a folder cannot be written to" {
    ((EUID == 0)) || skip "only root can make a folder that is somebody else's"
    setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || skip "root cannot become another user here"
    ELSEWHERE=$(mktemp -d)
    chmod a+rx "$ELSEWHERE"
    mv "$BATS_TEST_TMPDIR/udplab" "$ELSEWHERE/"
    cd "$ELSEWHERE/udplab"
    make -s clean 3>&-
    run setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH="$PATH" HOME=/nonexistent make "check-$N" 3>&-
    [ "$status" -eq 2 ]
    [ "$(grep -c "You cannot write to this folder: copy the kit to a folder of your own." <<<"$output")" -eq 1 ]
    not_shown "Permission denied"
}
