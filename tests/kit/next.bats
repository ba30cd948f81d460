# What comes after a lab: the words after all points, and the next lab.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    mkdir -p build/results
    mapfile -t LABS < <(labs)
}

# result LAB SCORE [UNCHECKED]
result() {
    gojq -n --argjson score "$2" --argjson unchecked "${3:-0}" \
        '{schema: "udplab-check/1", $score, points: 100, $unchecked}' >"build/results/$1.json"
}

@test "every lab says after its end one more question, a report from the field, and what to read" {
    local lab
    for lab in "${LABS[@]}"; do
        diff <(printf '# After lab %s\n## One more question\n## From the field\n## What to read next\n' "${lab%%-*}") \
            <(grep '^#' "labs/$lab/after.md") || { echo "labs/$lab/after.md" && return 1; }
    done
}

@test "make next names the first lab that is not finished, its question, its time and how to begin" {
    run -0 make next 3>&-
    shown "Next: lab $(sed -n '1s/^# //p' "labs/${LABS[0]}/README.md"), about "
    shown "$(sed -nE 's/^\*\*(.*)\*\*$/\1/p' "labs/${LABS[0]}/README.md")"
    shown "make predict-${LABS[0]%%-*}"
    result "${LABS[0]}" 85 15
    result "${LABS[1]}" 90
    run -0 make next 3>&-
    shown "Next: lab ${LABS[1]%%-*}"
    local lab
    for lab in "${LABS[@]}"; do result "$lab" 100; done
    run -0 make next 3>&-
    shown "You have finished all labs."
}

@test "after a lab it shows what is left to think about, and how to compare where the solutions are" {
    result "${LABS[1]}" 100
    run -0 tools/next 2 3>&-
    shown "One more question"
    shown "From the field"
    shown "Another right answer: diff labs/${LABS[1]}/"
    shown "Next: lab ${LABS[2]%%-*}" # and not one before it
    not_shown "](" # no link of Markdown
    [ "$(grep -v "Another right answer" <<<"$output" | wc -L)" -le 80 ]
    cp "solutions/${LABS[1]}"/*.c "labs/${LABS[1]}/"
    run -0 tools/next 2 3>&-
    not_shown "Another right answer"
    rm -r solutions
    run -0 tools/next 2 3>&-
    not_shown "Another right answer"
}

@test "a lab that is not finished does not show its solution" {
    result "${LABS[1]}" 95
    run -2 tools/next 2 3>&-
    shown "lab ${LABS[1]%%-*} is not finished"
    not_shown "Another right answer"
}
