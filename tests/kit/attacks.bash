# shellcheck shell=bash
# Hands in the attacks of tests/kit/attacks, each as a student of a class of its own folder, to a copy of the kit.

# Of an attack whose header says nothing else.
ATTACKED=02-connected-client
PROGRAM=udpconnectclient

# The tests that are tried: those that the attacks are about.
FEW='a line becomes|send carries no address'
MEMORY='Valgrind'

header() {
    sed -nE "1,8s/^ \* $2: +//p" "$1"
}

# aim FILE: sets ATTACKED, PROGRAM and PART, the tests that are tried.
aim() {
    ATTACKED=02-connected-client PROGRAM=udpconnectclient PART=$FEW
    [[ -z $(header "$1" Lab) ]] || read -r ATTACKED PROGRAM <<<"$(header "$1" Lab)"
    [[ ${1##*/} != valgrind_* ]] || PART=$MEMORY
    [[ -z $(header "$1" Tests) ]] || PART=$(header "$1" Tests)
}

file_of() {
    local file
    for file in "$TOP/tests/kit/attacks/$1".{c,txt}; do
        [[ ! -e $file ]] || echo "$file"
    done
}

# prepare FOLDER: the kit, built, with an instructor's secret and a neighbour beside it.
prepare() {
    KIT=$1/kit CLASS=$1/class RESULTS=$1/results SECRET=$1/home/secret
    export KIT CLASS RESULTS SECRET
    mkdir -p "$CLASS" "$RESULTS" "${SECRET%/*}"
    copy_tree "$KIT"
    cp -a "$TOP/build" "$KIT/"
    rm -rf "$KIT/build/results"
    make -C "$KIT" -s everything 3>&-
    echo "the-secret-4711" >"$SECRET"
    chmod 600 "$SECRET"
    neighbour alice solutions
    neighbour bob labs
}

neighbour() {
    aim /dev/null
    mkdir -p "$CLASS/$1/$ATTACKED"
    cp "$KIT/$2/$ATTACKED/$PROGRAM.c" "$CLASS/$1/$ATTACKED/"
}

# submit FILE: an attack becomes a submission: what attacks share, the attack, and its base.
submit() {
    local file=$1 name folder base
    aim "$file"
    name=$(basename "${file%.*}")
    folder=$CLASS/$name/$ATTACKED base=$(header "$file" Base)
    mkdir -p "$folder"
    {
        [[ $file == *.txt ]] || cat tests/kit/attacks/attack.h
        sed '1,/^ \*\/$/d; /#include "attack.h"/d' "$file" |
            sed "s|KIT/|$KIT/|g; s|CLASS/|$CLASS/|g; s|\"SECRET\"|\"$SECRET\"|"
        case $base in
        starter) cat "labs/$ATTACKED/$PROGRAM.c" ;;
        solution) cat "solutions/$ATTACKED/$PROGRAM.c" ;;
        esac
    } >"$folder/$PROGRAM.c"
    ! declare -F "beside_$name" >/dev/null || "beside_$name" "$folder"
}

# --- what else some of them hand in -----------------------------------------------------------------------------------

beside_shadow_header() {
    mkdir "$1/lib"
    echo 'static void stolen(void) { }' >"$1/lib/common.h"
}

beside_link_to_neighbour() {
    ln -sf "$CLASS/alice/$ATTACKED/$PROGRAM.c" "$1/$PROGRAM.c"
}

beside_folder_is_a_link() {
    rm -r "$1"
    ln -s "$CLASS/alice/$ATTACKED" "$1"
}

beside_pipe_as_source() {
    rm "$1/$PROGRAM.c"
    mkfifo "$1/$PROGRAM.c"
}

beside_program_beside() {
    cp "$KIT/solutions/$ATTACKED/$PROGRAM" "$1/"
    touch -d 2038-01-01 "$1/$PROGRAM"
}

beside_makefile_beside() {
    printf '%%:\n\ttouch %s/PWNED\n' "$CLASS" >"$1/Makefile"
}

beside_name_is_a_command() {
    : >"$1/\$(shell touch PWNED).c"
    : >"$1/a\`touch PWNED\`.c"
    echo "-wrapper sh,-c,touch$IFS$CLASS/PWNED" >"$1/@$PROGRAM.c"
}

# --- being checked ----------------------------------------------------------------------------------------------------

# check_one NAME [PART-OF-TITLES]: leaves RESULTS/NAME/{result.json,said,seconds}.
check_one() {
    local name=$1 begun=$SECONDS
    aim "$(file_of "$name")"
    mkdir -p "$RESULTS/$name"
    local words=(env INSTRUCTOR=the-secret-4711 "ANSWERS=$CLASS/$name" "UDPLAB_RESULTS_FOLDER=$RESULTS/$name"
        UDPLAB_DEADLINE=2
        "$KIT/tests/bench/check" -f "${2:-$PART}" "$ATTACKED")
    if [[ $name == terminal ]]; then
        script -qec "${words[*]@Q}" /dev/null </dev/null >"$RESULTS/$name/said" 2>&1 || true
    else
        "${words[@]}" </dev/null >"$RESULTS/$name/said" 2>&1 || true
    fi
    mv "$RESULTS/$name/$ATTACKED.json" "$RESULTS/$name/result.json"
    echo $((SECONDS - begun)) >"$RESULTS/$name/seconds"
}

# field NAME FILTER: of an attack's result.
field() {
    gojq -r "$2" "$RESULTS/$1/result.json"
}

# Everything that an attack could have changed, but the results.
inventory() {
    find "$KIT" "$CLASS" "${SECRET%/*}" -path "$KIT/build/results" -prune -o -type l -printf '%p -> %l\n' | sort
    find "$KIT" "$CLASS" "${SECRET%/*}" -path "$KIT/build/results" -prune -o -type f -print0 | sort -z |
        xargs -0 sha256sum
}
