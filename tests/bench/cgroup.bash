# shellcheck shell=bash
# One limit for all processes of a check together, where this machine lets us set one: each process in a box is limited,
# but many of them, and files in memory, would still add up.

readonly MOST_MEMORY=2147483648 MOST_TASKS=1024
CGROUPS=() # folders of those that we made: of version 1, one for each controller

# enter_cgroup COMMAND...: this shell and all that it starts are limited from here on. With systemd the command, which
# is this script's own, begins anew in a scope. Does nothing where neither can be had.
enter_cgroup() {
    if [[ -n ${UDPLAB_CGROUP-} ]]; then
        return 0
    elif [[ -w /sys/fs/cgroup/memory && -w /sys/fs/cgroup/pids ]]; then
        make_cgroup memory memory.limit_in_bytes "$MOST_MEMORY" && make_cgroup pids pids.max "$MOST_TASKS" &&
            export UDPLAB_CGROUP=yes
    elif scope_works; then
        UDPLAB_CGROUP=yes exec "${SCOPE_WORDS[@]}" "$@"
    fi || leave_cgroup
}

# make_cgroup CONTROLLER FILE LIMIT, below the one in which we are.
make_cgroup() {
    local above
    above=/sys/fs/cgroup/$1$(sed -nE "s/^[0-9]+:([^:]*,)?$1(,[^:]*)?://p" /proc/self/cgroup)
    mkdir "$above/udplab-$$" 2>/dev/null || return
    CGROUPS+=("$above/udplab-$$")
    { echo "$3" >"$above/udplab-$$/$2" && echo "$$" >"$above/udplab-$$/cgroup.procs"; } 2>/dev/null
}

scope_works() {
    SCOPE_WORDS=(systemd-run --scope --quiet
        -p MemoryMax="$MOST_MEMORY" -p MemorySwapMax=0 -p TasksMax="$MOST_TASKS" --)
    ((EUID == 0)) || SCOPE_WORDS=("${SCOPE_WORDS[0]}" --user "${SCOPE_WORDS[@]:1}")
    "${SCOPE_WORDS[@]}" true >/dev/null 2>&1
}

# What is still in it is nobody's any more.
leave_cgroup() {
    local folder pid
    for folder in "${CGROUPS[@]}"; do
        echo "$$" >"${folder%/*}/cgroup.procs"
        while read -r pid; do
            kill -KILL "$pid" 2>/dev/null || true
        done <"$folder/cgroup.procs"
        rmdir "$folder" 2>/dev/null || true # a process that is just ending keeps it; the next one has another name
    done
    CGROUPS=()
}
