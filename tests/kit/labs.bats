# Every lab, whichever there are: its solution passes, its starter fails for the right reason, and its handout, starter,
# solution and tests tell the same story.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    LABS=(labs/[0-9]*)
    LABS=("${LABS[@]#labs/}")
}

# Checks a lab with results of its own, so that nothing in build/ changes.
check() {
    RESULT=$BATS_TEST_TMPDIR/$2.json
    UDPLAB_RESULTS_FOLDER=$BATS_TEST_TMPDIR ANSWERS=$1 tests/bench/check "$2" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&-
}

titles() {
    sed -nE 's/^@test "(.*) \[([0-9]+)\]" \{$/\2 \1/p' "tests/$1/checks.bats" | sed 's/\\"/"/g'
}

@test "every solution gets 100 points" {
    local lab
    for lab in "${LABS[@]}"; do
        check solutions "$lab" || { cat "$BATS_TEST_TMPDIR/said"; false; }
        [ "$(gojq -r '"\(.score) \(.points) \(.unchecked)"' "$RESULT")" = "100 100 0" ]
    done
}

@test "every starter fails in each test, by a missing task and not by a crash or a hang" {
    local lab
    for lab in "${LABS[@]}"; do
        git archive HEAD "labs/$lab" | tar -x -C "$BATS_TEST_TMPDIR"
        ! check "$BATS_TEST_TMPDIR/labs" "$lab" || { echo "$lab: the starter passes"; false; }
        gojq -r --arg lab "$lab" '.tests[] | select(.outcome != "failed" or (.cause | test("^task [0-9]") | not))
            | "\($lab): \(.title): \(.outcome), saw \(.saw), cause \(.cause)"' "$RESULT" >"$BATS_TEST_TMPDIR/wrong"
        [ ! -s "$BATS_TEST_TMPDIR/wrong" ] || { cat "$BATS_TEST_TMPDIR/wrong"; false; }
    done
}

@test "every lab has at least eight tests, and their points sum to 100" {
    local lab
    for lab in "${LABS[@]}"; do
        titles "$lab" | awk -v lab="$lab" '{ sum += $1 } END { if (NR < 8 || sum != 100) { print lab, NR, "tests", sum, "points"; exit 1 } }'
        [ "$(grep -c '^@test' "tests/$lab/checks.bats")" = "$(titles "$lab" | wc -l)" ]
    done
}

@test "every handout lists the tests with their points" {
    local lab
    for lab in "${LABS[@]}"; do
        diff <(titles "$lab") <(sed -nE 's/^\| ([0-9]+) \| (.*) \|$/\1 \2/p' "labs/$lab/README.md")
    done
}

@test "the table of labs in README.md says what the folders have" {
    diff <(tools/lab-table) <(sed -n '/^<!-- labs -->$/,/^<!-- \/labs -->$/p' README.md | sed '1,2d' | head -n -2)
    local lab
    for lab in "${LABS[@]}"; do
        grep -qE '^Time: about [1-9][0-9]* minutes\.$' "labs/$lab/README.md" ||
            { echo "$lab: how long does it take?"; false; }
        grep -qE '^You will know .*\.$' "labs/$lab/README.md" || { echo "$lab: what will they know?"; false; }
    done
}

@test "every solution differs from its starter in the gaps only" {
    local solution starter
    for solution in solutions/*/*.c; do
        starter=labs/${solution#solutions/}
        diff "$starter" "$solution" >"$BATS_TEST_TMPDIR/diff" || true
        if grep '^<' "$BATS_TEST_TMPDIR/diff" | grep -v 'todo('; then
            echo "$starter: lines that are neither a gap nor in the solution"
            false
        fi
        # Every gap is filled, and the numbered comments stand in both.
        ! grep -n 'todo(' "$solution" || { echo "$solution has a gap"; false; }
        diff <(grep -o 'Task [0-9]*' "$starter") <(grep -o 'Task [0-9]*' "$solution")
    done
    diff <(cd labs && ls -d ./*/*.c) <(cd solutions && ls -d ./*/*.c)
}

@test "every gap is a task of the handout, and every task is a gap" {
    local lab
    for lab in "${LABS[@]}"; do
        diff <(grep -ohE 'todo\("[0-9]+' "labs/$lab"/*.c | grep -oE '[0-9]+' | sort -nu) \
            <(grep -oE '^### Task [0-9]+' "labs/$lab/README.md" | grep -oE '[0-9]+' | sort -nu)
    done
}

@test "starters compile without a warning under gcc and clang" {
    local compiler source
    for compiler in gcc clang; do
        for source in labs/*/*.c; do
            "$compiler" -std=gnu11 -D_GNU_SOURCE -I. -O1 -Wall -Wextra -Wconversion -Werror -fsyntax-only "$source"
        done
    done
}

@test "every link of a test to the handout leads to a heading there" {
    local lab anchor
    for lab in "${LABS[@]}"; do
        while read -r anchor; do
            sed -nE 's/^##+ //p' "labs/$lab/README.md" | tr '[:upper:]' '[:lower:]' | tr -d '`()?,:!."'"'" |
                tr ' ' '-' |
                grep -qxF "$anchor" || { echo "$lab: no heading for #$anchor"; false; }
        done < <(sed -nE 's/^ *read_on ([a-z0-9-]+)$/\1/p' "tests/$lab/checks.bats" | sort -u)
    done
}

@test "the library never calls connect, and holds no answer" {
    run -1 grep -nE '\bconnect *\(' lib/*.c
    run -1 grep -nE '\b(sendto|sendmsg|recvfrom|recvmsg|send|recv) *\(' lib/*.c
}
