# shellcheck shell=bash
# How a scene starts a program: which file it is, on which host, with its calls recorded and its output bounded.

# shellcheck disable=SC2034  # the verbs of scene.bash read what is noted here

# Of each program, by the name that the scene gave it: the descriptor that leads to its standard input, how many lines
# came, its exit status once it has ended, the file it is.
declare -gA IN=() LINE_COUNT=() STATUS=() PROGRAM=()

start() {
    local path
    find_program "$2"
    path=$FOUND
    if [[ ! -x $path ]] || { is_answer "$2" && [[ ! -e $path.c ]]; }; then # a program without its source is yesterday's
        missing_program "$2" "$path"
        return 1
    fi
    narrate "$1" command "./$2 ${*:3}"
    launch "$1" "$path" "${@:3}"
}

start_server() {
    start "$@"
    await_call "$1" 'bind(* = 0' "$2 binds its socket"
}

# The programs that students complete: they come from the submission, as it was taken and built, or where nothing is
# under test from $ANSWERS. Everything else comes from the kit, whatever a submission holds.
answers() {
    ANSWER_PROGRAMS=" $* "
}

is_answer() {
    [[ ${ANSWER_PROGRAMS-} == *" $1 "* ]]
}

answers_folder() {
    find_answers
    echo "$ANSWERS_FOLDER"
}

find_answers() {
    ANSWERS_FOLDER=${UDPLAB_TAKEN:-${ANSWERS:-labs}}/$LAB
    [[ $ANSWERS_FOLDER == /* ]] || ANSWERS_FOLDER=$TOP/$ANSWERS_FOLDER
}

program_path() {
    find_program "$1"
    echo "$FOUND"
}

# Sets FOUND.
find_program() {
    if [[ $1 == @(peer|talk) ]]; then
        FOUND=$TOP/build/$1
    elif is_answer "$1"; then
        find_answers
        FOUND=$ANSWERS_FOLDER/$1
    else
        for FOUND in "$TOP"/solutions/*/"$1".c "$TOP"/labs/*/"$1".c; do
            [[ ! -e $FOUND ]] || break
        done
        FOUND=${FOUND%.c}
    fi
}

# launch NAME PROGRAM ARGUMENT...: the only place that starts a program under test. The stage ends it with everything
# that it has started when the scene has lasted too long.
launch() {
    local name=$1 fd variable variables=() how=given
    shift
    ! is_answer "${1##*/}" || how=${START_ANSWERS:-answer}
    for variable in UDPLAB_TIMEOUT_MS ASAN_OPTIONS UBSAN_OPTIONS; do
        [[ ! -v $variable ]] || variables+=("$variable=${!variable}")
    done
    LIFETIME=$((DEADLINE * 4))
    stage start "$name" "${ON_HOST:-$HERE}" "$how" "$LIFETIME" "${variables[@]}" -- "$@" || return
    exec {fd}<>"$SCENE/$name.in"
    IN[$name]=$fd LINE_COUNT[$name]=0 PROGRAM[$name]=$1 STATUS[$name]=
}

# Whether the program itself has begun: its recording then has a head, and the execve that made it this program.
has_begun() {
    stage begun "$1"
}
