# shellcheck shell=bash
# Copies of the kit for the tests that change, build or pack one, so that none of them disturbs the tree.

TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# What a make or a check around this run says is not meant for those inside it.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES ANSWERS BUILD CC CFLAGS CPPFLAGS LAB V
unset UDPLAB_LOOKED UDPLAB_RESULTS UDPLAB_RESULT_FILE UDPLAB_RESULTS_FOLDER UDPLAB_TIMEOUT_MS UDPLAB_DEADLINE NO_COLOR

# Nobody turns the pages here.
export PAGER=cat

# bats puts its own parts before everybody's commands. A bats inside begins with the command, as on any other day.
PATH=${PATH#"$BATS_LIBEXEC:"}

# copy_tree FOLDER: the kit's sources as they are now, without history and without anything built.
copy_tree() {
    mkdir -p "$1"
    tar -C "$TOP" --exclude=./.git --exclude=./build --exclude=./.vagrant -cf - . | tar -C "$1" -xf -
    find "$1/labs" "$1/solutions" "$1"/tests/[0-9]* -type f ! -name '*.*' ! -name Makefile -delete 2>/dev/null || true
}

# commit_tree FOLDER: makes it a repository whose last commit holds all of it.
commit_tree() {
    git -C "$1" init -q
    git -C "$1" add -A
    git -C "$1" -c user.name=kit -c user.email=kit@localhost -c commit.gpgsign=false commit -q -m "the kit"
}

# labs: their names, in order.
labs() {
    local folder
    for folder in "$TOP"/labs/[0-9]*; do
        echo "${folder##*/}"
    done
}

# shown TEXT, not_shown TEXT: whether the text is a part of $output.
# shellcheck disable=SC2154  # run sets it
shown() {
    [[ $output == *"$1"* ]] || { printf 'not shown: %s\n--- but:\n%s\n' "$1" "$output" && return 1; }
}

not_shown() {
    [[ $output != *"$1"* ]] || { printf 'shown: %s\n--- in:\n%s\n' "$1" "$output" && return 1; }
}
