# Hints: three steps for each task of each lab, one at a time, beginning where the last check failed.
bats_require_minimum_version 1.5.0

load copies

LAB=$(labs | sed -n 2p)
N=${LAB%%-*}

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    RESULT=build/results/$LAB.json
    mkdir -p build/results
}

tasks() {
    sed -nE 's/^### (Task [0-9]+: .*)/\1/p' "labs/$1/README.md"
}

# section LAB TASK: what the hints say about a task.
section() {
    awk -v task="$2:" '/^## /{ here = $2 == "Task" && $3 == task } here' "labs/$1/hints.md"
}

# result CAUSE READ_ON OUTCOME...: a check's result, whose tests have these outcomes, all for one reason.
result() {
    local cause=$1 read_on=$2
    shift 2
    gojq -n --arg cause "$cause" --arg read_on "labs/$LAB/README.md#$read_on" '{tests: [$ARGS.positional[]
        | {title: "it is so", outcome: ., expected: "", saw: "", cause: $cause, read_on: $read_on}]}' \
        --args "$@" >"$RESULT"
}

hint() {
    run -0 make "hint-$N" "$@" 3>&-
}

@test "every task of every lab has three steps, folded, and the second names a man page" {
    local lab number
    for lab in $(labs); do
        # Indented, and code twice so, it fits into a terminal.
        [ -z "$(awk '/^```/{ code = !code } length > (code ? 74 : 78)' "labs/$lab/hints.md")" ]
        diff <(tasks "$lab") <(sed -nE 's/^## (Task .*)/\1/p' "labs/$lab/hints.md")
        for number in $(tasks "$lab" | grep -oE '^Task [0-9]+' | cut -d' ' -f2); do
            section "$lab" "$number" >section.md
            diff - <(grep '^<' section.md) <<END
$(for step in "1: a nudge" "2: the idea" "3: nearly the code"; do
                printf '<details>\n<summary>Step %s</summary>\n</details>\n' "$step"
            done)
END
            sed -n '/Step 2/,/<\/details>/p' section.md | grep -qE "\`[a-z]+\([237]\)\`" ||
                { cat section.md && return 1; }
            sed -n '/Step 3/,/<\/details>/p' section.md | grep -q '\.\.\.' || { cat section.md && return 1; }
        done
    done
}

@test "no hint holds a line of a solution" {
    local lab solution
    for lab in $(labs); do
        for solution in solutions/"$lab"/*.c; do
            diff "labs/$lab/${solution##*/}" "$solution" | sed -nE 's/^> +//p' | grep -E '\(.*,' |
                grep -v 'error(' >lines || continue
            run -1 grep -nFf lines "labs/$lab/hints.md"
        done
    done
}

# The calls that the third step of a task writes down, with gaps.
calls() {
    section "$1" "$2" | sed -n '/^<details>/,$ s/.*\b\([a-z][a-z]*\)(fd, .*/\1/p' | sort -u
}

@test "no hint names a call that a later task is about" {
    local lab numbers number other call
    for lab in $(labs); do
        mapfile -t numbers < <(tasks "$lab" | grep -oE '^Task [0-9]+' | cut -d' ' -f2)
        for number in "${numbers[@]}"; do
            for other in $(seq $((number + 1)) "${#numbers[@]}"); do
                for call in $(comm -13 <(calls "$lab" "$number") <(calls "$lab" "$other")); do
                    section "$lab" "$number" >section.md
                    run -1 grep -nE "\\b$call\\((2\\)|fd)" section.md
                done
            done
        done
    done
}

@test "one step at a time, and the last is repeated and called the last" {
    local step
    for step in 1 2 3; do
        hint
        shown "Lab $N, t$(tasks "$LAB" | sed -n '1s/^T//p')"
        shown "Hint $step of 3"
        [ "$(grep -c '^Hint' <<<"$output")" -eq 1 ]
        # Nothing of the Markdown is left, and everything fits into a terminal.
        not_shown '<'"details"
        not_shown '```'
        [ "$(wc -L <<<"$output")" -le 80 ]
    done
    shown "      if (" # code is indented
    hint
    shown "Hint 3 of 3, again: it is the last one"
}

@test "each step is the one of hints.md, whole" {
    local step line
    for step in 1 2 3; do
        hint TASK=2
        while read -r line; do
            shown "$line"
        done < <(section "$LAB" 2 | sed -n "/Step $step/,/<\/details>/p" | grep -v -e '^<' -e '^```')
    done
}

@test "without a check it is the first task that is not written" {
    sed -i 's/todo("1: [^)]*)/(ssize_t)0/' "labs/$LAB"/*.c
    hint
    shown "Lab $N, task 2: "
}

@test "it begins with the task that the first failed test missed, or is about" {
    result "task 2 is not written yet: send" task-3-receive passed failed
    hint
    shown "Lab $N, task 2: "
    result "a likely cause" task-3-receive passed "timed out"
    hint
    shown "Lab $N, task 3: "
    shown "The test \"it is so\" did not pass."
    shown "Likely cause: a likely cause"
}

@test "a cause that names a task leads to its hint, and is told" {
    result "the loop's condition is the wrong way round, or compares something else (task 3)" task-1-fix failed
    hint
    shown "Lab $N, task 3: "
    shown "Likely cause: the loop's condition is the wrong way round, or compares"
    [ "$(wc -L <<<"$output")" -le 80 ]
    result "a likely cause, in words only: task 9 is not meant" task-2-send failed
    hint
    shown "Lab $N, task 2: "
}

@test "a task that has been written since is no reason for a hint" {
    result "task 1 is not written yet: connect" task-1-fix failed
    sed -i 's/todo("1: [^)]*)/(ssize_t)0/' "labs/$LAB"/*.c
    hint
    shown "Lab $N, task 2: "
}

@test "what could not be checked is no failure, and a result that cannot be read is none" {
    result "" task-3-receive "could not be checked"
    hint
    shown "Lab $N, task 1: "
    echo '{"tests":' >"$RESULT"
    hint
    shown "Lab $N, task 1: "
    shown "Hint 2 of 3"
}

@test "when the program has been changed since the check, it says so" {
    result "a cause" task-3-receive failed
    touch -d '1 minute ago' "$RESULT"
    touch "labs/$LAB"/*.c
    hint
    shown "You have changed your program since the last check"
    touch -d '2 minutes ago' "labs/$LAB"/*.c
    hint
    not_shown "You have changed"
}

# expects TEXT: what the last check expected in all of its tests.
expects() {
    gojq --arg text "$1" '.tests[].expected = $text' "$RESULT" >new
    mv new "$RESULT"
}

@test "a program that did not compile is mended first, and no task below that is hinted at" {
    result "udpconnectclient.c does not compile" task-1-fix failed failed passed
    expects "udpconnectclient.c compiles"
    hint
    shown "udpconnectclient.c did not compile"
    shown "\`make $N\`"
    not_shown "Hint"
    touch -d '1 minute ago' "$RESULT"
    touch "labs/$LAB/udpconnectclient.c"
    hint
    shown "you have changed it since"
    not_shown "Hint"
    hint TASK=1
    shown "Hint 1 of 3"
}

@test "a program that has been renamed gets its name back first, checked or not" {
    mv "labs/$LAB/udpconnectclient.c" "labs/$LAB/mine.c"
    hint
    shown "Lab $N: udpconnectclient.c is missing: has it been renamed?"
    shown "\`make reset-$N\`"
    not_shown "Hint"
    result "udpconnectclient.c is missing" task-1-fix failed failed
    expects "a program udpconnectclient.c"
    hint
    shown "udpconnectclient.c is missing"
    not_shown "Hint"
    # What was missing then is here again.
    mv "labs/$LAB/mine.c" "labs/$LAB/udpconnectclient.c"
    hint
    shown "Lab $N, task 1: "
    shown "It is not written yet."
}

@test "only the sources that students complete have tasks to be written" {
    cp "labs/$LAB/udpconnectclient.c" "labs/$LAB/copy.c"
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    hint
    shown "all tasks are written"
}

@test "where no task can be told it says what failed, why, and where to read on" {
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    result "a likely cause" why-recv-says failed
    hint
    shown "Lab $N: all tasks are written. This failure does not tell which of them has the mistake."
    shown "The test \"it is so\" did not pass."
    shown "Likely cause: a likely cause"
    shown "Read on: labs/$LAB/README.md#why-recv-says"
    shown "make hint-$N TASK=1"
    not_shown "says whether they are right"
    not_shown "Hint 1"
    result "" why-recv-says failed
    hint
    not_shown "Likely cause"
    shown "Read on: labs/$LAB/README.md#why-recv-says"
}

# later CAUSE READ_ON: a failure of another test after those.
later() {
    gojq --arg cause "$1" --arg read_on "labs/$LAB/README.md#$2" \
        '.tests += [{title: "later", outcome: "failed", expected: "",
        saw: "", cause: $cause, read_on: $read_on}]' "$RESULT" >new
    mv new "$RESULT"
}

@test "a later failure leads to a task by its cause, and not by what its test is about" {
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    result "" why-recv-says failed
    later "a likely cause" task-3-receive
    hint
    shown "This failure does not tell which of them has the mistake"
    shown "The test \"it is so\" did not pass."
    later "a likely cause (task 2)" task-3-receive
    hint
    shown "Lab $N, task 2: "
    shown "The test \"later\" did not pass."
}

@test "when all is written it says so, and when all has passed, too" {
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    hint
    shown "all tasks are written. \`make check-$N\` says whether they are right."
    result "" task-1-fix passed
    hint
    shown "no test failed"
}

@test "TASK asks for a task, each with its own memory" {
    hint TASK=3
    shown "Lab $N, task 3: "
    shown "Hint 1 of 3"
    shown "The next step: make hint-$N TASK=3"
    hint TASK=2
    shown "Lab $N, task 2: "
    shown "Hint 1 of 3"
    run -0 make -C "labs/$LAB" hint TASK=3 3>&-
    shown "Hint 2 of 3"
}

@test "a task or a lab that does not exist is named, with those that do" {
    local task
    for task in 0 9 x . '1 2' -1; do
        run -2 make "hint-$N" TASK="$task" 3>&-
        shown "lab $N has no task '$task'. Its tasks are 1 2 3."
    done
    run -2 make hint-99 3>&-
    shown "there is no lab 99. The labs are:"
    rm "labs/$LAB/hints.md"
    run -2 make "hint-$N" 3>&-
    shown "there are no hints for lab $LAB"
}
