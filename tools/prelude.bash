# shellcheck shell=bash
# What the kit's scripts share. A script begins with a comment that is also its help:
#
#   #!/usr/bin/env bash
#   # usage: tools/greet LAB [NAME]
#   #
#   # Greets somebody from a lab.
#   set -euo pipefail
#   source "$(dirname "$0")/prelude.bash"     # answers --help; sets the colours
#   cd "$(dirname "$0")/.."
#   takes 1 2 "$@"                            # one argument or two, else wrong usage
#   lab=$(find_lab "$1")
#
# Exit status: 2 for wrong usage, and where something else kept the script from doing its work.

# shellcheck disable=SC2034  # the scripts use these
BOLD='' DIM='' RED='' GREEN='' YELLOW='' PLAIN=''
# shellcheck disable=SC2034
if [[ -t 1 && -z ${NO_COLOR-} && ${TERM-dumb} != dumb ]]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
fi

SELF=$0
[[ $SELF == /* ]] || SELF=$PWD/$SELF

# die MESSAGE...: one line each, on standard error.
die() {
    printf '%s: %s\n' "${SELF##*/}" "$1" >&2
    (($# == 1)) || printf '%s\n' "${@:2}" >&2
    exit 2
}

# The comment at the head of the script.
show_help() {
    awk 'NR == 1 || /^# shellcheck / { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$SELF"
}

# wrong_usage MESSAGE: the message, and the lines of the help that say how to call the script.
wrong_usage() {
    die "$1" "$(show_help | sed -n '/^usage: /,/^$/p')"
}

# takes LEAST MOST ARGUMENT...: whether there are so many arguments. An empty MOST is no limit.
takes() {
    local least=$1 most=$2
    shift 2
    [[ ${1-} != -?* ]] || wrong_usage "there is no option $1"
    (($# >= least)) || wrong_usage "an argument is missing"
    (($# <= ${most:-$#})) || wrong_usage "too many arguments: ${*:most+1}"
}

# Sets WIDTH to the columns of the terminal that the script writes to, and to nothing where it writes to none: lines may
# then be as long as they are.
measure_terminal() {
    WIDTH=${COLUMNS-}
    [[ -z $WIDTH && -t 1 ]] || return 0
    { WIDTH=$(stty size <&3 2>/dev/null) || true; } 3>&1
    WIDTH=${WIDTH#* }
    [[ $WIDTH != 0 ]] || WIDTH='' # a terminal that does not know
}

# Sets LOOK to the options with which `sockscope draw` draws for the terminal that the script writes to, although a
# pager stands between them.
look_for_terminal() {
    LOOK=()
    [[ -t 1 ]] || return 0
    measure_terminal
    LOOK=(--width "${WIDTH:-80}" --colour "$([[ -n $PLAIN ]] && echo always || echo never)")
}

# Shows its input; what is longer than the terminal, page by page. PAGER=cat has none of that.
show_paged() {
    local pager
    read -r -a pager <<<"${PAGER:-less}"
    if [[ -t 1 ]] && command -v "${pager[0]}" >/dev/null; then
        LESS=${LESS:-FRX} "${pager[@]}" # it ends at once where all fits; a reader who leaves early is no error
    else
        cat
    fi
}

# wrap WIDTH INDENT: wraps each line of its input between words; what is wrapped continues after so many spaces, or
# below the beginning of a line that begins farther right. A WIDTH that is empty or 0 wraps nothing.
wrap() {
    LC_ALL=C.UTF-8 awk -v width="${1:-0}" -v indent="$2" '
        width == 0 || length <= width { print; next }
        {
            match($0, /^ */)
            line = substr($0, 1, RLENGTH)
            spaces = RLENGTH > indent ? RLENGTH : indent
            count = split(substr($0, RLENGTH + 1), words, / +/)
            for (i = 1; i <= count; i++) {
                if (i > 1 && length(line) + 1 + length(words[i]) > width) {
                    print line
                    line = sprintf("%" spaces "s", "") words[i]
                } else {
                    line = line (i > 1 ? " " : "") words[i]
                }
            }
            print line
        }'
}

# The names of all labs, one per line. The listing of labs/ is the only list of them.
labs() {
    local folder
    for folder in labs/[0-9]*; do
        [[ ! -d $folder ]] || echo "${folder##*/}"
    done
}

# find_lab TEXT: the name of the lab with this number or name. The folder is taken, too: a shell completes it.
find_lab() {
    local lab text=${1#labs/} number=none likely=()
    text=${text%/}
    [[ ! $text =~ ^0*([0-9]+)$ ]] || printf -v number '%02d' "${BASH_REMATCH[1]:0:9}"
    for lab in $(labs); do
        if [[ $lab == "$text" || ${lab%%-*} == "$number" ]]; then
            echo "$lab"
            return
        fi
        [[ $lab != *"${text,,}"* ]] || likely+=("$lab")
    done
    [[ $number != none || ${#likely[@]} -eq 0 ]] || die "there is no lab $text. Did you mean:" "${likely[@]/#/  }"
    mapfile -t likely < <(labs)
    die "there is no lab $text. The labs are:" "${likely[@]/#/  }"
}

# is_finished LAB: whether its last check gave all points that could be checked on this machine.
is_finished() {
    gojq -e '.points > 0 and .score + .unchecked >= .points and .score > 0' "build/results/$1.json" >/dev/null 2>&1
}

# next_lab [LAB]: the first unfinished lab after this one, or else the first of all that are unfinished.
next_lab() {
    local lab seen='' unfinished=()
    for lab in $(labs); do
        is_finished "$lab" || unfinished+=("$lab")
    done
    for lab in "${unfinished[@]}"; do
        [[ ! $lab > ${1-} ]] || { echo "$lab"; return; }
    done
    printf '%s\n' "${unfinished[@]:0:1}"
}

if [[ ${1-} == @(-h|--help) ]]; then
    show_help
    exit 0
fi
