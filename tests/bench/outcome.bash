# shellcheck shell=bash
# What a failed test reports: its outcome, what was expected, what was seen, a likely cause, and where to read on.

NO_CALL="it has made no call on a socket"

# A program is not where the test wants it: it waits for ever, it crashed, or it ended. A given program that waits does
# so because of an answer, so the report says what the answers are doing, too.
fail_running() {
    local saw
    if [[ -n ${STATUS[$1]} ]]; then
        fail_ended "$1" "$2"
        return 1
    fi
    saw=$(still_running "$1" "$DEADLINE")
    is_answer "${PROGRAM[$1]##*/}" || saw+=$(answers_meanwhile)
    fail "timed out" "$2" "$saw"
}

still_running() {
    echo "$(printed_by "$1")"$'\n'"after $2 s it is still running: $(last_call "$1")$(children_of "$1")"
}

fail_ended() {
    if ! has_begun "$1"; then
        never_began "$1" "$2"
    elif stage outlived "$1"; then
        fail "timed out" "$2" "$(still_running "$1" "$LIFETIME")"
    elif [[ $(deadly_signal "$1") == SIGXCPU ]]; then # the box's limit of processor time
        fail "timed out" "$2" "$(printed_by "$1"; end_of "$1")"
    else
        fail failed "$2" "$(printed_by "$1"; end_of "$1")"
    fi
}

# A program that could not become what it is: for its own sake where all around it was ready, else for the machine's.
never_began() {
    if grep -q 'execve("/box/' "$RECORDING/$1.calls"; then
        fail failed "$2" "$1 cannot be started: $(tail -n 1 "$SCENE/$1.err")" \
            "the system cannot load the program: is a variable too large for memory?"
    else
        fail "could not be checked" "$1's calls are recorded" "$(<"$SCENE/$1.err")"
    fi
}

# How it ended, if it has. A program that a signal ended has no status of its own, and the test may have sent that
# signal.
end_of() {
    local status=${STATUS[$1]} signal
    signal=$(deadly_signal "$1")
    if [[ -z $status ]]; then
        return
    elif ((status == 128 + $(kill -l XFSZ))); then
        echo "stopped: it made calls, or printed errors, without end"
    elif [[ $signal == SIG@(INT|TERM) ]]; then
        echo "ended by $signal, which the test sent"
    elif [[ -n $signal ]]; then
        echo "killed by $signal"
    else
        echo "exit status $status"
    fi
}

# The lines of a program's recording from its own execve on, without those of the box around it.
own_calls() {
    awk 'NR == 1 { before = match($0, / execs=[0-9]+/) ? substr($0, RSTART + 7) + 0 : 0; next }
        !program { around[$1] = 1 }
        !program && /(execve\(|<\.\.\. execve resumed>).*\) = 0/ && before-- == 0 { program = $1; delete around[$1] }
        program && !($1 in around)' "$RECORDING/$1.calls"
}

# What the recording says; without one, what the status means.
deadly_signal() {
    local signal
    if [[ -s $RECORDING/$1.calls ]]; then
        own_calls "$1" | sed -nE '1s/ .*//; 1h; G; s/^([0-9]+) .*\+\+\+ killed by (SIG[A-Z0-9]+).*\n\1$/\2/p'
    elif ((${STATUS[$1]:-0} > 128)) && signal=$(kill -l "${STATUS[$1]}" 2>/dev/null); then
        echo "SIG$signal"
    fi
}

# The answer that crashed, if one has, whatever it was seen by: sets SAW.
answer_crashed() {
    local name signal
    for name in "${!PROGRAM[@]}"; do
        is_answer "${PROGRAM[$name]##*/}" || continue
        signal=$(deadly_signal "$name")
        [[ $signal == SIG@(SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS) ]] || continue
        SAW="$(printed_by "$name")"$'\n'"killed by $signal$(crash_place "$name")"
        return
    done
    return 1
}

printed_by() {
    local lines
    if [[ -s $SCENE/$1.printed ]]; then
        lines=$(tail -n 6 "$SCENE/$1.printed" | LC_ALL=C sed -E 's/^(.{100}).+/\1.../')
        ((LINE_COUNT[$1] <= 6)) || lines=...$'\n'$lines
        printf '%s printed: %s\n' "$1" "${lines//$'\n'/$'\n'$(printf '%*s' $((${#1} + 10)) '')}"
    else
        echo "$1 printed nothing"
    fi
    [[ ! -s $SCENE/$1.err ]] || said_on_standard_error "$SCENE/$1.err"
}

# Its first lines; of a sanitizer's report and the library's crash report only what went wrong, without addresses.
said_on_standard_error() {
    sed -E '/^=+$|^ *#[0-9]|^crashed in:$|\[0x[0-9a-f]+\]$|^Address 0x|^  This frame|^ *$/d
        /^ *\[[0-9]+, [0-9]+\) .*(\)|underflows this variable)$/d
        /^HINT: /,$d; s/^==[0-9]+==ERROR: //; s/ (on|at) (unknown )?(address )?0x.*//' "$1" |
        sed -n '1,3s/^/on standard error: /p'
}

# Where the library's crash report says the program was: the first place in the student's own source.
crash_place() {
    local path=${PROGRAM[$1]} offsets place
    mapfile -t offsets < <(sed -nE "s|.*/${path##*/}\\(\\+(0x[0-9a-f]+)\\).*|\\1|p" "$SCENE/$1.err")
    place=$(addr2line -e "$path" "${offsets[@]}" 2>/dev/null | grep -m 1 -F "/${path##*/}.c:") || return 0
    place=${place##*/}
    echo " in ${place% (*}"
}

last_call() {
    tell "story(\$lane) | last // \"$NO_CALL\"" "$1"
}

answers_meanwhile() {
    local name
    for name in "${!PROGRAM[@]}"; do
        ! is_answer "${PROGRAM[$name]##*/}" ||
            printf '\nmeanwhile %s: %s%s' "$name" "$(last_call "$name")" "$(children_of "$name")"
    done
}

# How many other processes it has started, if any.
children_of() {
    local started
    started=$(own_calls "$1" | grep -E '(clone3?|v?fork)\(.* = [0-9]' | grep -vc CLONE_THREAD) || return 0
    printf '\n%s has started other processes: %s' "$1" "$started"
}

# A program that cannot be started. Of an answer, the reason is what was said when it was taken and compiled.
missing_program() {
    local said=${UDPLAB_TAKEN-}/$LAB/$1.said
    if ! is_answer "$1" && [[ ! -e $2.c ]]; then
        fail "could not be checked" "the given program $1.c" \
            "it is missing: \`make reset-NN\` restores a lab's files" ""
    elif ! is_answer "$1"; then
        fail "could not be checked" "$1 is given" "no program $2" ""
    elif [[ -e $2.c ]]; then
        fail failed "$1.c compiles" \
            "$(grep -m 3 -E "/$1\.c:.* error:|undefined reference" "$said" || tail -n 3 "$said")" \
            "$1.c does not compile, so nothing of it is checked: fix the first compiler error first"
    elif [[ $(<"$said") == "$1.c is missing" ]]; then
        fail failed "a program $1.c" "there is no $1.c" \
            "$1.c is missing: was it renamed? \`make reset-${LAB%%-*}\` restores the starter"
    else
        fail failed "a program $1.c" "$(<"$said")" "$(<"$said")"
    fi
}

# The first thing that goes wrong is a test's outcome: fail OUTCOME EXPECTED SAW [CAUSE]
fail() {
    local raw
    [[ -z $OUTCOME ]] || return 1
    OUTCOME=$1 EXPECTED=$(shorten "$2") SAW=$3
    [[ $OUTCOME != failed || $# -gt 3 ]] || ! answer_crashed || OUTCOME=crashed
    raw=$SAW
    SAW=$("$SCOPE" clean <<<"$raw") # what a program writes may be meant for a terminal, or for a file's separators
    [[ ${SAW//[^?]/} == "${raw//[^?]/}" ]] || SAW+=$'\n(a ? stands for a byte that cannot be printed)'
    [[ $OUTCOME != "timed out" ]] || : >"$BATS_FILE_TMPDIR/timed-out"
    if (($# > 3)); then CAUSE=$4; else IFS=$'\x1f' read -r -d '' ASPECT CAUSE < <(likely_cause) || true; fi
    CAUSE=$("$SCOPE" clean <<<"${CAUSE%$'\n'}")
    [[ ! $CAUSE =~ ^task\ ([0-9]+)\ |\(task\ ([0-9]+)\)$ ]] ||
        READ_ON=$(heading_of "task ${BASH_REMATCH[1]:-${BASH_REMATCH[2]}}")
    printf '%s\n' "$OUTCOME"
    field expected "$EXPECTED"
    field saw "$SAW"
    field cause "$CAUSE"
    field "read on" "labs/$LAB/README.md${READ_ON:+#$READ_ON}"
    [[ $# -gt 3 || $CAUSE == "task "* || $SAW == *"$NO_CALL"* ]] || last_rungs | tee "$SCENE/ladder"
    [[ -z ${UDPLAB_PICTURES-} || ! -s $SCENE/ladder ]] ||
        ladder --svg --title "$BATS_TEST_DESCRIPTION" >"$UDPLAB_PICTURES/$BATS_SUITE_TEST_NUMBER.svg" 2>/dev/null ||
            true
    return 1
}

# What was expected, in a line that is short enough to read.
shorten() {
    if ((${#1} > 120)); then echo "${1:0:117}..."; else echo "$1"; fi
}

# The anchor of a task's heading in the handout: "task 2" -> task-2-send-without-an-address
heading_of() {
    local line
    while IFS= read -r line; do
        [[ $line == "#"*"# ${1^}: "* ]] || continue
        line=${line#*"# "} line=${line,,}
        line=${line//[^[:alnum:] -]/}
        echo "${line// /-}"
    done <"$TOP/labs/$LAB/README.md"
}

# The ladder of the failing scene, down to where it went wrong: its head and the last rows.
last_rungs() {
    ladder --width 78 --colour never 2>/dev/null | awk '
        NR <= 2 { print; next }
        { row[NR] = $0 }
        END {
            first = NR > 32 ? NR - 29 : 3
            if (first > 3) print "    ..."
            for (i = first; i <= NR; i++) print row[i]
        }'
}

field() {
    [[ -z $2 ]] || printf '  %-9s %s\n' "$1" "${2//$'\n'/$'\n'            }"
}

# Prints its aspect and its words, apart by the unit separator; tests/bench/causes/README.md.
likely_cause() {
    local todo
    todo=$(grep -ahm 1 '^TODO ' "$SCENE"/*.err 2>/dev/null) || true
    todo=${todo%%$'\n'*} todo=${todo:0:200}
    if [[ -n $todo ]]; then
        todo=${todo#TODO }
        printf 'unwritten\x1ftask %s is not written yet:%s%s\n' "${todo%%:*}" "${todo#*:}" \
            "$(code_inside_todo "${todo%%:*}")"
    else
        # A program that spins leaves a huge recording; its beginning, its end and all that it read are enough. While it
        # spins, the recording grows, and ends in the middle of something.
        events >"$SCENE/events" 2>/dev/null || true
        awk '/"name":"read","action":"read","fd":0,.*"bytes":[1-9]/ { if (NR > FNR) print; next }
            NR == FNR { count++; next } ++seen <= 800 || seen > count - 200' "$SCENE/events" "$SCENE/events" |
            timeout "$((DEADLINE * 10))" gojq -r -n -L "$TOP/tests/$LAB" -L "$TOP/tests/bench/causes" \
                -L "$TOP/tests/bench" --arg programs "$ANSWER_PROGRAMS" \
                --arg expected "$EXPECTED" --arg saw "$SAW" 'include "causes"; [inputs] | likely_cause' || true
    fi
}

# A call that was written between the parentheses of todo(...) is made, and todo ends the program all the same.
code_inside_todo() {
    ! grep -qszE "todo\\(\"$1: [^\"]*\",[^;]*[a-z_]\\(" "$(answers_folder)"/*.c ||
        echo ". Put your code in the place of the whole todo(...), and not inside its parentheses"
}

# One file a test, for the formatter: its fields, apart by the unit separator.
keep_outcome() {
    local folder=${UDPLAB_RESULTS:-$BATS_FILE_TMPDIR}
    if [[ -z $OUTCOME && -n ${BATS_TEST_COMPLETED-} ]]; then
        OUTCOME=passed
    fi
    printf '%s\x1f' "$BATS_TEST_DESCRIPTION" "$OUTCOME" "${EXPECTED-}" "${SAW-}" "${CAUSE-}" \
        "labs/$LAB/README.md${READ_ON:+#$READ_ON}" "${ASPECT-}" \
        "$(((${EPOCHREALTIME/[.,]/} - BEGUN) / 1000))" >"$folder/$BATS_SUITE_TEST_NUMBER.outcome"
    [[ $OUTCOME == @(passed|"not run"|"could not be checked") || -z ${UDPLAB_RESULTS-} ]] || : >"$UDPLAB_RESULTS/stop"
    [[ ! -s ${SCENE-}/ladder ]] || cp "$SCENE/ladder" "$folder/$BATS_SUITE_TEST_NUMBER.ladder"
}
