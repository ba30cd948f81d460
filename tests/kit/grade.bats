# tools/grade: a made-up class of twelve, from the archive that the platform delivers to marks, pages and exports.
bats_require_minimum_version 1.5.0

load grading

setup_file() {
    cd "$TOP" || return
    first_labs
    export OUT=$BATS_FILE_TMPDIR/out CLASS=$BATS_FILE_TMPDIR/class.zip
    tests/kit/make-class "$CLASS" "${LABS[@]:0:2}"
    tools/grade --trust --jobs 4 --out "$OUT" "$CLASS" >"$BATS_FILE_TMPDIR/said" 2>&1 3>&- || true
    [ -s "$OUT/book.json" ] || { cat "$BATS_FILE_TMPDIR/said" && return 1; }
}

setup() {
    cd "$TOP" || return
    first_labs
    SAID=$BATS_FILE_TMPDIR/said
}

# student ID FILTER: asks the grade book.
student() {
    gojq -e --arg id "$1" '.students[] | select(.id == $id) | '"$2" "$OUT/book.json"
}

# other_rules POINTS LATE: the reports by other rules, in a folder of their own.
other_rules() {
    OTHER=$BATS_TEST_TMPDIR/other
    mkdir -p "$OTHER"
    cp -r "$OUT"/{class.json,results} "$OTHER/"
    tools/grading/report "$OTHER" "$1" "$2"
}

# Nobody but a test that could be checked nowhere here may take points: without private networks some could not.
all_checked() {
    gojq -e 'all(.students[].labs[]; .state != "unsure")' "$OUT/book.json" >/dev/null ||
        skip "this machine cannot check everything"
}

@test "right answers get all points, however they came in; wrong ones less; the starter none" {
    all_checked
    student ada-lovelace-1001 '.final == 200'
    student alan-turing-1002 '.labs[0].points == 100 and .labs[1].points < 100'
    student frances-allen-1005 '.labs[0].points < 100 and .labs[1].points == 100'
    student jorg-muller-1007 '.final == 0'
    student mary-jackson-1010 '.labs[0].points == 0 and .labs[1].points == 100'
    student sum-1-2-o-brien-1008 '.labs[1].state == "missing" and .final == 100'
}

@test "what needs a person has no sum, and is never 0" {
    student radia-perlman-1011 '.labs[0].state == "ambiguous" and .labs[1].state != "missing" and .final == null'
    student edsger-dijkstra-1004 '.labs[0].state == "damaged" and .final == null'
    grep -q '^radia-perlman-1011,Radia Perlman,1011,,.*,,,,200,.*ambiguous' "$OUT/exports/grades.csv"
    grep -q '^Participant 1004,Edsger Dijkstra,,200,' "$OUT/exports/moodle.csv"
    grep -q 'need a person' "$SAID"
    gojq -e 'has("score") | not' "$OUT/exports/gradescope/edsger-dijkstra-1004.json"
    gojq -e '.scores == {}' "$OUT/exports/autolab/edsger-dijkstra-1004.json"
}

@test "a submission gets nothing of a neighbour's" {
    student mallory-1012 '.labs[0].raw == 0 and .labs[1].state == "missing" and .left[0].why == "not a regular file"'
    # Of the neighbour's it names the path that it asked for itself, and no more.
    grep -q 'Ada Lovelace_1001.*No such file or directory' "$OUT/students/mallory-1012/feedback.txt"
    run -4 gojq -e '.results[].result.tests[] | select(.outcome == "passed")' "$OUT/students/mallory-1012/result.json"
}

@test "it says how far it is, a line for each answer, and what it took" {
    grep -qE '^12 students, 2 labs, 19 answers, 13 of them different' "$SAID"
    grep -qE '^13 of 13  .*: ([0-9]+ of 100|needs a person)$' "$SAID"
    grep -q "took	$PROGRAM.c	Frances Allen_1005_assignsubmission_file_/$PROGRAM-2.c" "$OUT/taken.txt"
    grep -q 'left	Radia Perlman_1011_assignsubmission_file_/notes.txt' "$OUT/taken.txt"
    run -1 grep -q $'\e\|\r' "$SAID"
}

@test "what the guide shows of this class is what it says" {
    [[ ${LABS[0]} == 01-* ]]
    local line count=0
    while IFS= read -r line; do
        line=${line%: bsdtar: *} # which is not the same with every version of it
        grep -qF -- "$line" "$SAID" || { echo "the guide shows: $line" && return 1; }
        count=$((count + 1))
    done < <(sed -n '/^12 students, 2 labs/,/^```/p' docs/instructor.md | grep -v '^```')
    [ "$count" -eq 15 ]
}

@test "graded again, nothing is checked again, and all is the same; --again checks one student" {
    all_checked
    local before
    before=$(sha256sum <"$OUT/exports/grades.csv")
    find "$OUT/results" -name '*.json' -printf '%f %i\n' | sort >"$BATS_TEST_TMPDIR/before"
    run -1 tools/grade --trust --out "$OUT" "$CLASS" 3>&-
    not_shown "13 of 13"
    find "$OUT/results" -name '*.json' -printf '%f %i\n' | sort | diff "$BATS_TEST_TMPDIR/before" -
    [ "$before" = "$(sha256sum <"$OUT/exports/grades.csv")" ]
    run -1 tools/grade --trust --out "$OUT" --again jorg-muller-1007 "$CLASS" 3>&-
    shown "2 of 2"
    [ "$(find "$OUT/results" -name '*.json' -printf '%f %i\n' | sort |
        diff "$BATS_TEST_TMPDIR/before" - | grep -c '^>')" -eq 2 ]
    run -2 tools/grade --trust --out "$OUT" --again nobody "$CLASS" 3>&-
    shown "there is no student with the id nobody"
}

@test "killed at any moment, it goes on where it was: nothing lost, nothing doubled, nothing of it a score" {
    all_checked
    local out=$BATS_TEST_TMPDIR/out pid what
    mkdir -p "$out"
    cp -r "$OUT/results" "$out/"
    # Three answers are to be checked anew.
    find "$out/results" -name '*.json' | sort | sed -n '2p;5p;8p' | xargs rm
    for what in driver worker; do
        tools/grade --trust --out "$out" "$CLASS" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
        pid=$!
        until worker=$(pgrep -f "tools/grading/one $out " | head -n 1) && [[ -n $worker ]] ||
            ! kill -0 "$pid" 2>/dev/null; do read -r -t 0.05 <> <(:) || true; done
        if [[ $what == worker ]]; then kill -KILL "$worker" 2>/dev/null || true; else kill -KILL "$pid" 2>/dev/null ||
            true; fi
        wait "$pid" || true
    done
    run -1 tools/grade --trust --out "$out" "$CLASS" 3>&-
    [ -z "$(find "$out/results/.new" -type f)" ]
    diff <(gojq -S '.students | map(del(.labs[].seconds, .labs[].tests))' "$OUT/book.json") <(gojq -S '.students | map(del(.labs[].seconds, .labs[].tests))' "$out/book.json")
}

@test "cells that a spreadsheet would run are harmless" {
    grep -q "^Participant 1008,'=SUM(1;2) O'Brien," "$OUT/exports/moodle.csv"
    run -1 grep -hE '(^|,)"?[=+@-][^0-9]' "$OUT/exports/grades.csv" "$OUT/exports/moodle.csv"
    run -0 gojq -r -n -L tools/grading 'include "csv"; ["=1+1", "+1", "-1", "-x", "@a", "\tb", "a,b", "say \"hi\"", "two\nlines", 7, null] | row'
    diff <(printf '%s\r\n' "'=1+1,'+1,-1,'-x,'@a,'"$'\tb,"a,b","say ""hi""","two\nlines",7,') <(echo "$output")
}

# Exports and examples of what the platforms document have the same shape: each path of the one is in the other.
shape() {
    gojq -r '[paths | map(if type == "number" then "[]" else . end) | join(".")] | unique[]' "$1"
}

@test "Gradescope's results.json is as its documentation has it" {
    local file
    for file in "$OUT"/exports/gradescope/*.json; do
        run -0 comm -23 <(shape "$file" | LC_ALL=C sort) <(shape tests/kit/grading/gradescope.json | LC_ALL=C sort)
        [ -z "$output" ]
        gojq -e 'all(.tests[]; .status | IN("passed", "failed")) and (.tests | length > 0) and (.visibility | IN("visible", "hidden", "after_due_date", "after_published"))' "$file"
        gojq -e 'all(.tests[]; (.score // 0) >= 0 and .score <= .max_score)' "$file"
    done
    gojq -e '.score == ([.tests[].score] | add)' "$OUT/exports/gradescope/frances-allen-1005.json"
}

@test "Classroom 50's result.json is as its runner takes it" {
    local file
    for file in "$OUT"/exports/classroom50/*.json; do
        diff <(shape "$file" | LC_ALL=C sort) <(shape tests/kit/grading/classroom50.json | LC_ALL=C sort)
        gojq -e '.schema == "classroom50/result/v1" and .score == ([.tests[].score] | add) and ."max-score" == 200 and (.datetime | test("^[0-9-]{10}T[0-9:]{8}Z$"))' "$file"
        gojq -e 'all(.classroom, .assignment, .submission, .commit, .release, .review; type == "string" and . != "") and all(.tests[]; .passed == (.score == ."max-score"))' "$file"
    done
}

@test "Autolab gets one line of JSON with points by problem" {
    [ "$(wc -l <"$OUT/exports/autolab/ada-lovelace-1001.json")" -eq 1 ]
    diff <(sed "s/LAB1/${LABS[0]}/; s/LAB2/${LABS[1]}/" tests/kit/grading/autolab.json |
        gojq -S .) <(gojq -S . "$OUT/exports/autolab/alan-turing-1002.json" | sed -E 's/[0-9]+(,?)$/0\1/')
}

@test "Moodle and Canvas find their columns, and the numbers that they gave" {
    diff <(head -n 1 "$OUT/exports/moodle.csv" | tr -d '\r') <(head -n 1 tests/kit/grading/moodle.csv)
    [ "$(cut -d, -f1 "$OUT/exports/moodle.csv" | sed 1d | sort)" = "$(seq -f 'Participant %g' 1001 1012)" ]
    diff <(head -n 2 "$OUT/exports/canvas.csv" | tr -d '\r') <(sed 's/POINTS/200/' tests/kit/grading/canvas.csv)
    gojq '.students |= map(.platform = "canvas")' "$OUT/book.json" |
        gojq -r -L tools/grading -f tools/grading/exports/canvas.csv.jq >"$BATS_TEST_TMPDIR/canvas.csv"
    grep -q $'^Ada Lovelace,1001,,,,200\r$' "$BATS_TEST_TMPDIR/canvas.csv"
}

@test "JUnit's XML is well-formed, and counts as it should" {
    local tests
    tests=$(gojq '[.students[].labs[] | select(.tests) | .tests[]] | length' "$OUT/book.json")
    [ "$(grep -c '<testcase ' "$OUT/exports/junit.xml")" -eq "$tests" ]
    grep -q "<testsuites name=\"udplab\" tests=\"$tests\" " "$OUT/exports/junit.xml"
    [ "$(grep -c '<failure ' "$OUT/exports/junit.xml")" -eq \
        "$(grep '<testsuites' "$OUT/exports/junit.xml" | sed 's/.* failures="\([0-9]*\)".*/\1/')" ]
    diff <(grep -oE '<(testsuites?|testcase|failure)[ a-z]*( [a-z]+=)*' tests/kit/grading/junit.xml |
        sort -u) <(sed -E 's/="[^"]*"/=/g' "$OUT/exports/junit.xml" |
            grep -oE '<(testsuites?|testcase|failure)[ a-z]*( [a-z]+=)*' | sort -u)
    ! command -v xmllint >/dev/null || xmllint --noout "$OUT/exports/junit.xml"
}

@test "a student's page and text say what the student would have seen, with ladders" {
    local page=$OUT/students/grace-hopper-1006/feedback
    grep -q "Grace Hopper" "$page.html"
    grep -q 'data:image/svg+xml;base64,' "$page.html"
    grep -q 'score [0-9]* of 100' "$page.txt"
    run -1 grep -q 'http://\|https://\|<script' "$page.html"
    grep -q "it is not clear which file is meant" "$OUT/students/radia-perlman-1011/feedback.html"
    gojq -e '.schema == "udplab-student/1" and (.results | length) == 2' "$OUT/students/grace-hopper-1006/result.json"
}

@test "the overview is one file, with every student, and what needs a person" {
    local name
    for name in "Ada Lovelace" "Jörg Müller" "=SUM(1;2) O" "Mallory"; do
        grep -qF "$name" "$OUT/overview.html"
    done
    run -1 grep -qE '(src|href)="(http|//)' "$OUT/overview.html"
    grep -q "What needs a person" "$OUT/overview.html"
    gojq '.students[0].name = "<script>alert(1)</script>"' "$OUT/book.json" |
        gojq -r -L tools/grading -f tools/grading/overview.jq >"$BATS_TEST_TMPDIR/page.html"
    run -1 grep -q '<script>alert' "$BATS_TEST_TMPDIR/page.html"
}

@test "in the overview, a cause that names a port of the kernel's choice is one cause for all" {
    gojq '.students |= (.[:3] | to_entries | map(.value + {labs: [.value.labs[0]
        + {tests: [{title: "t", points: 1, outcome: "failed",
        cause: "from 127.0.0.1:\(40000 + .key), not 127.0.0.1:43211"}]}]}))' "$OUT/book.json" |
        gojq -r -L tools/grading -f tools/grading/overview.jq >"$BATS_TEST_TMPDIR/page.html"
    grep -qE '>3</td><td>01</td><td>from 127\.0\.0\.1:PORT, not 127\.0\.0\.1:43211<' "$BATS_TEST_TMPDIR/page.html"
}

@test "in the overview, more than all points is a full bar, and not one that leaves its frame" {
    gojq '.students[0].final = 3 * .sum' "$OUT/book.json" |
        gojq -r -L tools/grading -f tools/grading/overview.jq >"$BATS_TEST_TMPDIR/page.html"
    grep -qF 'aria-label="300 percent"><i style="width:100%">' "$BATS_TEST_TMPDIR/page.html"
}

@test "points: weights, a bonus, tests left out; a sum that is wrong is refused" {
    all_checked
    printf '%s\n' "${LABS[0]} 30 # the first" "${LABS[1]} 10 bonus" "without ${LABS[0]} Valgrind" "sum 30" \
        >"$BATS_TEST_TMPDIR/points"
    other_rules "$BATS_TEST_TMPDIR/points" ""
    gojq -e '.sum == 30 and (.students[] | select(.id == "ada-lovelace-1001") | .final == 40 and .labs[0].raw == 100)' "$OTHER/book.json"
    gojq -e '.students[] | select(.id == "frances-allen-1005") | .labs[0].points < 30 and .labs[0].raw < 100' "$OTHER/book.json"
    sed -i 's/sum 30/sum 40/' "$BATS_TEST_TMPDIR/points"
    run -2 tools/grade --trust --out "$OUT" --points "$BATS_TEST_TMPDIR/points" "$CLASS"
    shown "the labs add up to 30, and the file says sum 40"
}

@test "late: what it costs by the rules, in the report only; an unknown time takes nothing" {
    all_checked
    cat >"$BATS_TEST_TMPDIR/late" <<'RULES'
due 2026-11-20 23:59
grace 10 minutes
each day 10 percent
at most 25 percent
submitted ada-lovelace-1001 2026-11-21 00:05
submitted alan-turing-1002 2026-11-22 12:00
submitted frances-allen-1005 2026-12-24
submitted mary-jackson-1010 2026-11-22 12:00
extension mary-jackson-1010 2 days
RULES
    other_rules "" "$BATS_TEST_TMPDIR/late"
    late() { gojq -e --arg id "$1" '.students[] | select(.id == $id) | '"$2" "$OTHER/book.json"; }
    late ada-lovelace-1001 '.deduction.percent == 0 and .final == 200'
    late alan-turing-1002 '.deduction.percent == 20 and .final == .score * 0.8'
    late frances-allen-1005 '.deduction.percent == 25'
    late mary-jackson-1010 '.deduction.percent == 0'
    late grace-hopper-1006 '.deduction.why == "no time is known" and .final == .score'
    echo "each week 1 percent" >>"$BATS_TEST_TMPDIR/late"
    run -2 tools/grading/rules "" "$BATS_TEST_TMPDIR/late"
    shown "late:10: what does \"each week 1 percent\" mean?"
}

@test "a machine that cannot shut programs in does not grade unless told to" {
    UDPLAB_BOX=none run -2 tools/grade --out "$BATS_TEST_TMPDIR/out" "$CLASS"
    shown "this machine cannot shut in the programs of others"
    [ ! -e "$BATS_TEST_TMPDIR/out/results" ]
}
