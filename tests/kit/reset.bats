# make reset: the starter comes back, from git or from the students' archive, and nothing of the student's is lost.
bats_require_minimum_version 1.5.0

load copies

LAB=$(labs | sed -n 2p)
N=${LAB%%-*}
PROGRAM=$(cd "$TOP/labs/$LAB" && grep -l 'todo(' -- *.c | sed 's/\.c$//;1q')
SOURCE=labs/$LAB/$PROGRAM.c

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    copy_tree kit
    commit_tree kit
    make -C kit -s handout 3>&-
    mkdir student
    tar -xzf kit/build/udplab-handout.tar.gz -C student
}

# A clone, or an archive, of one's own.
work_in_clone() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit" || return
}

work_in_archive() {
    cp -a "$BATS_FILE_TMPDIR/student/udplab" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
}

# write TEXT: what a student made of the program.
write() {
    echo "// $1" | cat "$BATS_FILE_TMPDIR/kit/solutions/$LAB/$PROGRAM.c" - >"$SOURCE"
}

commit() {
    git -c user.name=student -c user.email=student@localhost -c commit.gpgsign=false commit -qam "$1"
}

is_starter() {
    cmp "$SOURCE" "$BATS_FILE_TMPDIR/kit/$SOURCE"
}

reset() {
    run -0 make "reset-$N" 3>&-
}

@test "in a clone the starter comes back, and what was written stands beside it" {
    work_in_clone
    write one
    chmod 600 "$SOURCE"
    cp -p "$SOURCE" "$BATS_TEST_TMPDIR/mine"
    reset
    is_starter
    shown "$SOURCE is the starter again, yours is $SOURCE.mine-1"
    cmp "$SOURCE.mine-1" "$BATS_TEST_TMPDIR/mine"
    [ "$(stat -c '%a %Y' "$SOURCE.mine-1")" = "$(stat -c '%a %Y' "$BATS_TEST_TMPDIR/mine")" ]
    make -s "$N" 3>&-
}

@test "in the students' archive, too" {
    work_in_archive
    write one
    reset
    is_starter
    tail -n 1 "$SOURCE.mine-1" | grep -qx "// one"
}

@test "what was kept before stays, under its own number" {
    work_in_archive
    local number
    for number in 1 2 3; do
        write "$number"
        run -0 make -C "labs/$LAB" reset 3>&-
    done
    for number in 1 2 3; do
        tail -n 1 "$SOURCE.mine-$number" | grep -qx "// $number"
    done
}

@test "an untouched starter is left as it is, and a lost one comes back" {
    work_in_clone
    reset
    shown "$SOURCE is the starter already"
    [ -z "$(find labs -name '*.mine-*')" ]
    rm labs/"$LAB"/*.c
    reset
    is_starter
    shown "$SOURCE is the starter again"
    [ -z "$(find labs -name '*.mine-*')" ]
}

@test "other labs and other files are not touched" {
    work_in_clone
    local other
    other=labs/$(labs | head -n 1)
    echo "// mine" | tee -a "$other"/*.c >"labs/$LAB/notes.txt"
    tar -cf "$BATS_TEST_TMPDIR/before.tar" "$other" "labs/$LAB/notes.txt"
    write one
    reset
    tar -df "$BATS_TEST_TMPDIR/before.tar"
}

@test "what is kept is a program to nobody: not to make, not to git, not to the archive" {
    work_in_clone
    write one
    reset
    [ -z "$(git status --porcelain)" ]
    run -0 make -n everything 3>&-
    not_shown mine-
    git add -A
    make -s handout 3>&-
    run -0 tar -tzf build/udplab-handout.tar.gz
    not_shown mine-
}

@test "answers that a student has committed are not taken for the starter" {
    work_in_clone
    write one
    commit "my answer"
    write two
    commit "a better one"
    reset
    is_starter
    tail -n 1 "$SOURCE.mine-1" | grep -qx "// two"
}

@test "the upstream branch knows the starter best" {
    work_in_clone
    git clone -q . "$BATS_TEST_TMPDIR/clone"
    # The kit goes on, and the student has fetched that and not merged it.
    sed -i '1s|.*|& newer|' "$SOURCE"
    commit "a better starter"
    cp "$SOURCE" "$BATS_TEST_TMPDIR/newer.c"
    cd "$BATS_TEST_TMPDIR/clone"
    write one
    commit "my answer"
    git fetch -q
    reset
    cmp "$SOURCE" "$BATS_TEST_TMPDIR/newer.c"
}

@test "a clone in a folder of a larger repository is one, too" {
    mkdir "$BATS_TEST_TMPDIR/course"
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/course/udplab"
    cd "$BATS_TEST_TMPDIR/course"
    rm -rf udplab/.git
    commit_tree .
    cd udplab
    write one
    reset
    is_starter
}

@test "where nobody knows the starter it says so, and changes nothing" {
    work_in_archive
    rm tools/starters.tar
    write one
    run -2 make "reset-$N" 3>&-
    shown "there is no tools/starters.tar, and git says: fatal: not a git repository"
    tail -n 1 "$SOURCE" | grep -qx "// one"
    [ -z "$(find labs -name '*.mine-*')" ]

    # A history that never had it.
    commit_tree .
    run -2 make "reset-$N" 3>&-
    shown "git has no starter of lab $LAB"
    tail -n 1 "$SOURCE" | grep -qx "// one"
    run -2 make reset-77 3>&-
    shown "there is no lab 77"
}
