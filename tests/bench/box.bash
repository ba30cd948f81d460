# shellcheck shell=bash
# How far this machine lets the kit shut in what it did not write: the compiler at work on a submission, and its
# program.
#
#   full box with cgroup   own namespaces, system call filter, limits for each process, and for the whole check
#   full box               the same without a limit for the whole check
#   separate user          root without namespaces (a container): the program runs as a user that owns nothing
#   none                   an ordinary user without namespaces: limits for each process only

BOX_USER=60001 # nobody's: no file of the machine belongs to it

# Sets UDPLAB_BOX to the level, UDPLAB_BOX_USER to the user that root becomes, and BOX_AS to the words that do it.
find_box_level() {
    local as=(setpriv --reuid "$BOX_USER" --regid "$BOX_USER" --clear-groups --inh-caps=-all --no-new-privs --)
    if [[ ! -v UDPLAB_BOX_USER ]]; then
        export UDPLAB_BOX_USER=
        # The root of a namespace may know no other user.
        ((EUID != 0)) || ! "${as[@]}" true 2>/dev/null || UDPLAB_BOX_USER=$BOX_USER
    fi
    BOX_AS=()
    [[ -z $UDPLAB_BOX_USER ]] || BOX_AS=("${as[@]}")
    [[ -z ${UDPLAB_BOX-} ]] || return 0
    if in_box --proc /proc -- /usr/bin/true 2>/dev/null; then
        UDPLAB_BOX="full box${UDPLAB_CGROUP:+ with cgroup}"
    elif ((${#BOX_AS[@]} > 0)); then
        UDPLAB_BOX="separate user"
    else
        UDPLAB_BOX=none
    fi
    export UDPLAB_BOX
}

# in_box WORD... -- COMMAND...: a command of the system in a box of its own, where the level is a full box. It sees
# /usr, harmless devices, and what the words of bwrap(1) add: nothing of this machine's users, processes and networks.
in_box() {
    env -i PATH=/usr/bin "${BOX_AS[@]}" bwrap --unshare-user --disable-userns --unshare-all --die-with-parent \
        --new-session --clearenv --setenv PATH /usr/bin --uid 1000 --gid 1000 --cap-drop ALL --ro-bind /usr /usr \
        --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --dev /dev --remount-ro /dev "$@"
}
