# shellcheck shell=bash
# How a scene starts a program: which file it is, on which host, with its calls recorded and its output bounded.

# shellcheck disable=SC2034  # the verbs of scene.bash read what is noted here

# Of each program, by the name that the scene gave it: the process to wait for, the descriptors that are its standard
# input and that its standard output comes from, how many lines came, its exit status once it has ended, the file it is.
declare -gA PID=() IN=() OUT=() LINE_COUNT=() STATUS=() PROGRAM=()

start() {
    local path
    leave_if_asked
    path=$(program_path "$2")
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

# The programs that students complete: they come from $ANSWERS. Everything else comes from the kit, whatever a submission
# holds.
answers() {
    ANSWER_PROGRAMS=" $* "
}

is_answer() {
    [[ ${ANSWER_PROGRAMS-} == *" $1 "* ]]
}

answers_folder() {
    (cd "$TOP" && cd "${ANSWERS:-labs}" && echo "$PWD/$LAB")
}

program_path() {
    local given
    if [[ $1 == @(peer|talk) ]]; then
        echo "$TOP/build/$1"
    elif is_answer "$1"; then
        echo "$(answers_folder)/$1"
    else
        for given in "$TOP"/solutions/*/"$1".c "$TOP"/labs/*/"$1".c; do
            [[ ! -e $given ]] || break
        done
        echo "${given%.c}"
    fi
}

# The only place that starts a program under test: on its host, its calls recorded, its output bounded, and ended with
# everything in its process group when the scene has lasted too long.
launch() {
    local name=$1 fd ENTER RECORDER
    shift
    enter "${ON_HOST:-$HERE}"
    "${RECORD_WITH:-record_calls}" "$name" "$1"
    mkfifo "$SCENE/$name.in" "$SCENE/$name.out"
    : >"$SCENE/$name.printed"
    : >"$RECORDING/$name.calls"
    exec {fd}<>"$SCENE/$name.in"
    IN[$name]=$fd
    LINE_COUNT[$name]=0
    (
        close_inherited
        keep_to_ourselves
        ulimit -c 0 -f 512
        export LC_ALL=C
        exec timeout --kill-after=1 "$((DEADLINE * 4))" "${ENTER[@]}" "${RECORDER[@]}" "$@"
    ) <"$SCENE/$name.in" 2>"$SCENE/$name.err" >"$SCENE/$name.out" & # the last one waits for its reader below: all files exist then
    PID[$name]=$!
    PROGRAM[$name]=$1
    STATUS[$name]=
    exec {fd}<"$SCENE/$name.out"
    OUT[$name]=$fd
}

# When the program itself began, in microseconds since 1970, as BEGIN: its recording then has a head, and the execve that
# made it this program. Fails before.
begin_of() {
    local lines
    mapfile -t -n 2 lines <"$RECORDING/$1.calls"
    read -r _ BEGIN _ <<<"${lines[1]-}" || true
    BEGIN=${BEGIN/./}
    BEGIN=${BEGIN:0:16}
    [[ -n $BEGIN ]]
}

# Where results go is nothing that a program under test should find in its environment.
keep_to_ourselves() {
    local name
    for name in "${!BATS_@}" "${!UDPLAB_@}"; do
        [[ $name == UDPLAB_TIMEOUT_MS ]] || export -n "${name?}"
    done
}

record_calls() {
    RECORDER=("$SCOPE" calls "$RECORDING" "$1" --)
}
