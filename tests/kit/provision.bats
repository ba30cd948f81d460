# tools/provision: what it does to a machine. apt-get and its friends are replaced by fakes that keep a diary, so that
# nothing is installed here.
bats_require_minimum_version 1.5.0

setup() {
    PROVISION=$BATS_TEST_DIRNAME/../../tools/provision
    FAKES=$BATS_TEST_TMPDIR/fakes DIARY=$BATS_TEST_TMPDIR/diary ABSENT=$BATS_TEST_TMPDIR/absent
    export DIARY ABSENT
    mkdir "$FAKES"
    : >"$DIARY"
    absent # nothing
    # shellcheck disable=SC2016
    {
        fake dpkg-query 'for name; do
            [[ $name = -* || $name = *\{* ]] || grep -qx "$name" "$ABSENT" || echo "installed $name"
        done'
        fake apt-get 'echo "$DEBIAN_FRONTEND apt-get $*" >>"$DIARY"
            [[ $* != *install* ]] || : >"$ABSENT"'
        fake sudo 'exec "$@"'
        fake bats 'echo "Bats 1.8.2"'
    }
    PATH=$FAKES:$PATH
}

# fake NAME SCRIPT: puts a command before the real one of that name.
fake() {
    printf '#!/bin/bash\n%s\n' "$2" >"$FAKES/$1"
    chmod +x "$FAKES/$1"
}

# absent PACKAGE...: the packages that are not installed.
absent() {
    printf '%s\n' "$@" >"$ABSENT"
}

# A root without power over the machine, with mounts of its own.
as_private_root() {
    unshare -rm true 2>/dev/null || skip "this system does not permit private namespaces"
    run unshare -rm bash -c "$1" bash "$PROVISION"
}

# An ordinary user, even if the tests are run by root.
as_ordinary_user() {
    local prefix=()
    if ((EUID == 0)); then
        unshare -U true 2>/dev/null || skip "this system does not permit private namespaces"
        prefix=(unshare -U)
    fi
    run "${prefix[@]}" "$@"
}

@test "apt is not called when nothing is missing" {
    run "$PROVISION"
    [ "$status" -eq 0 ]
    [[ $output = *"everything is installed already"* ]]
    [ ! -s "$DIARY" ]
}

@test "exactly what is missing is installed, with fresh lists and without a question, and only once" {
    absent strace gojq
    run "$PROVISION"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output = *"missing here: strace gojq"* && $output = *"2 packages installed"* ]]
    mapfile -t calls <"$DIARY"
    [ "${#calls[@]}" -eq 2 ]
    [[ ${calls[0]} = "noninteractive apt-get "*" update" ]]
    [[ ${calls[1]} = "noninteractive apt-get "*" install -y --no-install-recommends strace gojq" ]]

    run "$PROVISION"
    [ "$status" -eq 0 ]
    [ "$(wc -l <"$DIARY")" -eq 2 ]
}

@test "what grading needs comes with 'grading' and 'all'" {
    absent libarchive-tools
    run "$PROVISION"
    [ ! -s "$DIARY" ]
    run "$PROVISION" grading
    [ "$status" -eq 0 ]
    [[ $output = *"missing here: libarchive-tools"* ]]
}

@test "the tools of the kit's makers come with 'all' only" {
    absent shellcheck
    run "$PROVISION"
    [ "$status" -eq 0 ]
    [ ! -s "$DIARY" ]
    run "$PROVISION" all
    [ "$status" -eq 0 ]
    grep -q 'install .* shellcheck$' "$DIARY"
}

@test "a failing apt is quoted" {
    absent gojq
    fake apt-get 'echo "E: Unable to locate package gojq"; exit 100'
    run "$PROVISION"
    [ "$status" -eq 1 ]
    [[ $output = *"could not install that"*"E: Unable to locate package gojq"* ]]
}

@test "another apt-get update is waited for" {
    absent gojq
    # shellcheck disable=SC2016
    fake apt-get 'echo "apt-get $*" >>"$DIARY"
        (($(wc -l <"$DIARY") > 1)) || { echo "E: Could not get lock /var/lib/apt/lists/lock" >&2; exit 100; }
        [[ $* != *install* ]] || : >"$ABSENT"'
    run "$PROVISION"
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(grep -c 'update$' "$DIARY")" -eq 2 ]
    [ "$(grep -c 'install' "$DIARY")" -eq 1 ]
}

@test "a list that cannot be read is mentioned, and the rest is installed" {
    absent gojq
    # shellcheck disable=SC2016
    fake apt-get 'echo "apt-get $*" >>"$DIARY"
        [[ $* = *install* ]] || { echo "E: The repository of another program is gone" >&2; exit 100; }'
    run "$PROVISION"
    [ "$status" -eq 0 ]
    [[ $output = *"continuing without them"*"The repository of another program is gone"* ]]
    grep -q 'install .* gojq$' "$DIARY"
}

@test "another system is told what it needs, and left alone" {
    printf 'ID=fedora\nPRETTY_NAME="Fedora Linux 40"\n' >"$BATS_TEST_TMPDIR/os-release"
    absent gojq
    as_private_root "mount --bind '$BATS_TEST_TMPDIR/os-release' /etc/os-release && exec \"\$1\""
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output = *"this is Fedora Linux 40"*"gcc libc6-dev make"* ]]
    [ ! -s "$DIARY" ]
}

@test "a derivative of Ubuntu will do" {
    printf 'ID=linuxmint\nID_LIKE="ubuntu debian"\nPRETTY_NAME="Linux Mint 22"\n' >"$BATS_TEST_TMPDIR/os-release"
    as_private_root "mount --bind '$BATS_TEST_TMPDIR/os-release' /etc/os-release && exec \"\$1\""
    [ "$status" -eq 0 ]
}

@test "without root and without sudo it says which command root should run" {
    absent gojq
    local tool
    rm "$FAKES/sudo"
    for tool in bash cat grep sed tr head tail uname sort unshare; do
        [ -e "$FAKES/$tool" ] || ln -s "$(command -v "$tool")" "$FAKES/$tool"
    done
    as_ordinary_user env PATH="$FAKES" bash "$PROVISION"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output = *"this needs root, and there is no sudo here"*"apt-get install gojq"* ]]
    [ ! -s "$DIARY" ]
}

@test "a sudo that says no is an end with words" {
    absent gojq
    fake sudo 'echo "sudo: a password is required" >&2; exit 1'
    as_ordinary_user "$PROVISION"
    [ "$status" -eq 1 ]
    [[ $output = *"sudo does not let you in"* ]]
    [ ! -s "$DIARY" ]
}

@test "a bats that is too old for the checks is named" {
    fake bats 'echo "Bats 1.2.1"'
    run "$PROVISION"
    [ "$status" -eq 1 ]
    [[ $output = *"bats here is 1.2.1"*"1.8 or newer"* ]]
}

@test "an unknown argument is answered with the usage" {
    run --separate-stderr "$PROVISION" everything
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    # shellcheck disable=SC2154
    [[ $stderr = "provision: "*"usage: tools/provision "* ]]
    [ ! -s "$DIARY" ]
}

@test "--help names every package and why it is there" {
    run "$PROVISION" --help
    [ "$status" -eq 0 ]
    [[ $output = usage:* ]]
    [ "$(grep -cE '^(labs|all ) \| [a-z0-9-]+ +\| .+ \| .+' <<<"$output")" -ge 15 ]
}

@test "Windows line ends do no harm" {
    sed 's/$/\r/' "$PROVISION" >"$BATS_TEST_TMPDIR/provision"
    run bash "$BATS_TEST_TMPDIR/provision"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output = *"everything is installed already"* ]]
}

@test "forbidden namespaces are explained, and permitted on request only" {
    local forbid='echo 0 >/proc/sys/user/max_user_namespaces && mount -t tmpfs none /etc/sysctl.d'
    # shellcheck disable=SC2016
    as_private_root "$forbid"' && "$1" && cat /proc/sys/user/max_user_namespaces && ls /etc/sysctl.d'
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output = *"provision --allow-namespaces"*"user.max_user_namespaces=15000"* ]]
    [ "${lines[-1]}" = 0 ]

    # shellcheck disable=SC2016
    as_private_root "$forbid"' && "$1" --allow-namespaces && cat /proc/sys/user/max_user_namespaces /etc/sysctl.d/*'
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[-2]}" = 15000 ]
    [ "${lines[-1]}" = user.max_user_namespaces=15000 ]
}

@test "what apt does not have and only a test wants is left out, and said" {
    absent chromium shellcheck
    fake apt-cache 'exit 1'
    fake npm 'exit 1'
    run "$PROVISION" all
    [[ $output = *"there is no chromium for this system"* ]]
    grep -q 'apt-get.* install .*shellcheck' "$DIARY"
    run grep -q 'install .*chromium' "$DIARY"
    [ "$status" -ne 0 ]
}
