# shellcheck shell=bash
# A scene's network: namespaces of its own where the machine allows them, else the loopback that everybody shares.

declare -gA CAPTURE=() CAPTURE_SAYS=() # of each host: the two ends of the talk with its capture
CAPTURE_DEADLINE=60                    # seconds: no answer is checked by it, and a busy kernel takes its time for networks

# Whether this machine lets us make private networks; if not, NO_NETWORK_BECAUSE says why.
private_networks_allowed() {
    if [[ -z ${UDPLAB_NAMESPACES-} ]]; then
        UDPLAB_NAMESPACES=yes
        NO_NETWORK_BECAUSE=$("${UNSHARE[@]}" true 2>&1) || UDPLAB_NAMESPACES=no
        # The kernel's word for a limit that is reached makes one think of the disk.
        [[ $NO_NETWORK_BECAUSE != *"No space left on device"* ]] ||
            NO_NETWORK_BECAUSE="user.max_user_namespaces is $(</proc/sys/user/max_user_namespaces)"
        export UDPLAB_NAMESPACES NO_NETWORK_BECAUSE
    fi
    [[ $UDPLAB_NAMESPACES == yes ]]
}

UNSHARE=(unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc)

network_begin() {
    KEEPER=
    if private_networks_allowed; then
        private_network_begin
    else
        exec {LOOPBACK}</tmp # one loopback for everybody: one scene at a time
        flock --timeout 300 "$LOOPBACK"
    fi
}

network_end() {
    local name
    for name in "${!CAPTURE[@]}"; do
        [[ $name == "$HERE" ]] || capture_end "$name"
    done
    if [[ -n $KEEPER ]]; then
        capture_end "$HERE" # and with it the namespaces
    else
        exec {LOOPBACK}<&-
    fi
}

# The keeper is the first process of the scene's namespaces. It ends when the pipe to it is closed, at the latest by the
# death of the process that holds the pipe, and with it the kernel ends every process of the scene. The servers' port is kept
# from being chosen for a client, which would then hear itself.
private_network_begin() {
    # shellcheck disable=SC2016  # the keeper's own shell expands these
    local keep='echo 43211 >/proc/sys/net/ipv4/ip_local_reserved_ports; ip link set lo up && "$@" || { echo ready; exec cat >/dev/null; }'
    capture_begin "$HERE" "${UNSHARE[@]}" bash -c "$keep" keeper
    KEEPER=$CAPTURE_PID
}

# Puts the packets of a network into the recording from here on. The words after its name lead into that network.
capture_begin() {
    local name=$1 fd ready only=()
    shift
    [[ $name != "$HERE" ]] || only=(--interface lo) # the LAN's bridge is here, too: a switch, and no host
    mkfifo "$SCENE/$name.until" "$SCENE/$name.ready"
    (
        close_inherited
        exec "$@" "$SCOPE" capture "${only[@]}" "$RECORDING" "$name"
    ) <"$SCENE/$name.until" >"$SCENE/$name.ready" 2>"$SCENE/$name.capture.err" &
    CAPTURE_PID=$!
    disown "$CAPTURE_PID" # bash need not tell how it ended
    exec {fd}>"$SCENE/$name.until"
    CAPTURE[$name]=$fd
    exec {fd}<"$SCENE/$name.ready"
    CAPTURE_SAYS[$name]=$fd
    read -r -t "$CAPTURE_DEADLINE" -u "$fd" ready || ready=
    [[ -n $ready ]] || fail "could not be checked" "a private network" "$(<"$SCENE/$name.capture.err")"
}

capture_end() {
    local fd=${CAPTURE[$1]} said=${CAPTURE_SAYS[$1]}
    exec {fd}>&-
    read -r -t "$CAPTURE_DEADLINE" -u "$said" || true # "done", or the end
    exec {said}<&-
    unset "CAPTURE[$1]" "CAPTURE_SAYS[$1]"
}

# Waits until the recording holds all packets that were on the wire so far.
packets_written() {
    local name
    for name in "${!CAPTURE[@]}"; do
        echo >&"${CAPTURE[$name]}"
        read -r -t "$CAPTURE_DEADLINE" -u "${CAPTURE_SAYS[$name]}" || return
    done
}

# A host on the scene's LAN, with an address of its own.
host() {
    enter "$HERE"
    "${ENTER[@]}" "$TOP/tools/lan" host "$1" "$2" || return
    enter "$1"
    capture_begin "$1" "${ENTER[@]}"
}

# Sets ENTER to the words that lead into a host's network.
enter() {
    ENTER=()
    [[ -n $KEEPER ]] || return 0
    ENTER=(nsenter --target "$KEEPER" --preserve-credentials --user --mount --net
        --pid="/proc/$KEEPER/ns/pid_for_children" --)
    [[ $1 == "$HERE" ]] || ENTER+=(nsenter --net="/run/netns/$1" --)
}

on() {
    # shellcheck disable=SC2034  # launch reads it
    local ON_HOST=$1
    shift
    "$@"
}

# A child must not hold a descriptor of the test, of bats or of a parallel run, or they would wait for it.
close_inherited() {
    local fd
    for fd in "/proc/$BASHPID/fd"/*; do
        fd=${fd##*/}
        if ((fd > 2)); then
            exec {fd}>&-
        fi
    done
}
