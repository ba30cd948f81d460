# shellcheck shell=bash
# What `make scope-05` runs beside the student's program: members of the group, or servers that hear a broadcast.
before() {
    if [[ ${1-} =~ ^(22[4-9]|23[0-9])\. ]]; then
        serve_lan udpgroupserver "$1"
    else
        serve_each udpserver "$@"
    fi
}
