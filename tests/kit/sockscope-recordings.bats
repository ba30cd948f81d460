# Recordings of programs that nobody here wrote for sockscope, small: each stands for a kind of row that was false or
# missing. The file `expected` beside each says what its ladder must show:
#   row TEXT        a line has the text           lines N TEXT   N lines have it
#   no row TEXT     no line has it                says TEXT      an error has it, and the status is 1
#   has WORDS       `sockscope has` says yes      not WORDS      it says no
bats_require_minimum_version 1.5.0

setup() {
    load sockscope/helpers
    cd "$BATS_TEST_DIRNAME/../.." || return
    make --no-print-directory build/sockscope >&2
    SCOPE=$PWD/build/sockscope
}

# holds FOLDER LADDER ERRORS STATUS LINE: whether one line of `expected` is true.
line_holds() {
    local folder=$1 ladder=$2 errors=$3 status=$4 line=$5
    local count text
    case $line in
        "row "*) grep -qF -- "${line#row }" <<<"$ladder" ;;
        "no row "*) ! grep -qF -- "${line#no row }" <<<"$ladder" ;;
        "lines "*)
            read -r _ count text <<<"$line"
            [[ $(grep -cF -- "$text" <<<"$ladder") -eq $count ]]
            ;;
        "says "*) [[ $status -eq 1 ]] && grep -qF -- "${line#says }" <<<"$errors" ;;
        "has "* | "not "*)
            count=0
            # shellcheck disable=SC2086 # the words are words
            "$SCOPE" has "$folder" ${line#* } || count=$?
            [[ $count -eq $([[ $line == has* ]] && echo 0 || echo 1) ]]
            ;;
        *) false ;;
    esac
}

@test "each kept recording shows the rows that it must, and no other claim" {
    local folder line status wrong=0 count=0
    for folder in "$BATS_TEST_DIRNAME"/sockscope/recordings/*; do
        status=0
        ladder=$("$SCOPE" draw --width 130 "$folder" 2>"$BATS_TEST_TMPDIR/errors") || status=$?
        while IFS= read -r line; do
            count=$((count + 1))
            line_holds "$folder" "$ladder" "$(<"$BATS_TEST_TMPDIR/errors")" "$status" "$line" && continue
            echo "${folder##*/}: not so: $line"
            wrong=$((wrong + 1))
        done <"$folder/expected"
        if ! grep -q '^says' "$folder/expected" && [[ $status -ne 0 ]]; then
            echo "${folder##*/}: status $status: $(<"$BATS_TEST_TMPDIR/errors")"
            wrong=$((wrong + 1))
        fi
    done
    [[ $wrong -eq 0 && $count -gt 100 ]]
}

@test "the events of each kept recording are JSON, and every field of them stands in EVENTS.md" {
    local folder field
    for folder in "$BATS_TEST_DIRNAME"/sockscope/recordings/*; do
        "$SCOPE" events "$folder" 2>/dev/null | gojq -c '.. | objects | keys[]' >>"$BATS_TEST_TMPDIR/keys" ||
            { [[ ${PIPESTATUS[1]} -eq 0 ]] || { echo "${folder##*/}" && return 1; }; }
    done
    while read -r field; do
        grep -q "\`${field//\"/}\`" tools/sockscope/EVENTS.md || { echo "not described: $field" && return 1; }
    done < <(sort -u "$BATS_TEST_TMPDIR/keys")
}
