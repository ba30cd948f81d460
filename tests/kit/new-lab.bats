# A lab is three folders of one name. tools/new-lab makes them, and then every command knows the lab, without an edit of
# anything else.
bats_require_minimum_version 1.5.0

load copies

NUMBER=$(printf '%02d' "$(($(labs | tail -n 1 | sed 's/-.*//; s/^0*//') + 1))")
LAB=$NUMBER-a-new-thing
PROGRAM=udpanewthing

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    copy_tree kit
    commit_tree kit
    mkdir kit/build
    tar -C "$TOP/build" --exclude=./docs --exclude=./results --exclude=./fuzz --exclude=./hints -cf - . |
        tar -C kit/build -xf -
    cd kit || return
    tools/new-lab "$LAB" >../said 2>&1 3>&-
}

setup() {
    cd "$BATS_FILE_TMPDIR/kit" || return
}

private_networks() {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
}

@test "it makes three folders of one name, a row of README's table and a link from the lab before, and nothing else" {
    [ "$(git status --porcelain)" = " M README.md
 M labs/$(labs | tail -n 1)/README.md
?? labs/$LAB/
?? solutions/$LAB/
?? tests/$LAB/" ]
    [ "$(git diff --numstat README.md | cut -f2)" -eq 0 ]
    grep -q "^| \[$NUMBER A new thing\](labs/$LAB/README.md) | .* | \`$PROGRAM\` | 1 | 60 | 100 |$" README.md
    run -1 grep -rE 'NN|topic' "labs/$LAB" "solutions/$LAB" "tests/$LAB"
}

@test "the new lab passes each test of its form" {
    run -0 bats -f 'eight tests|lists the tests|in the gaps only|gap is a task|without a warning|to a heading there|three steps|line of a solution|table of labs' \
        tests/kit/labs.bats tests/kit/hint.bats 3>&-
    [ "$(grep -c '^ok ' <<<"$output")" -eq 9 ]
    not_shown skip
}

@test "its check names the missing task, and its solution fails only where a test is not written" {
    run -2 make "check-$NUMBER" 3>&-
    shown "score 0 of 100"
    shown "task 1 is not written yet: send the line to the server"
    run -2 make "check-$NUMBER" ANSWERS=solutions 3>&-
    [ "$(gojq -r '[.tests[] | select(.outcome != "passed") | .saw] | unique[]' \
        "build/results/other/$LAB.json")" = "this test is not written yet" ]
    gojq -e '.score + .unchecked == 40' "build/results/other/$LAB.json"
}

@test "help, hint, progress, watch and reset know it" {
    run -2 make check-99 3>&-
    shown "  $LAB"
    run -0 make "hint-$NUMBER" 3>&-
    shown "Lab $NUMBER, task 1: send the line"
    run -0 make progress 3>&-
    shown "  $LAB "
    run -0 make -n "watch-$NUMBER" 3>&-
    shown "tools/watch $LAB"
    run -2 make -C "labs/$LAB" check 3>&-
    shown "score 0 of 100"
}

@test "demo and scope play it" {
    private_networks
    run -0 make "demo-$NUMBER" 3>&-
    shown "What the scene shows, in one sentence."
    shown "Hi, g1"
    cp "solutions/$LAB"/*.c "labs/$LAB/"
    run -0 make -s "scope-$NUMBER" <<<hello 3>&-
    shown "with udpserver at 127.0.0.1 beside it"
    shown "Hi, hello"
}

@test "once it is committed, the handout has it, and reset gives its starter back" {
    cp -a . "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit"
    cp "tools/template/labs/udptopic.c" "labs/$LAB/$PROGRAM.c"
    commit_tree .
    echo "/* mine */" >>"labs/$LAB/$PROGRAM.c"
    run -0 make "reset-$NUMBER" 3>&-
    shown "labs/$LAB/$PROGRAM.c is the starter again"
    run -0 make handout 3>&-
    tar -tzf build/udplab-handout.tar.gz >archived
    grep -qx "udplab/labs/$LAB/$PROGRAM.c" archived
    grep -qx "udplab/tests/$LAB/checks.bats" archived
    run -1 grep -E "solutions|template|new-lab" archived
}

@test "the site has a page for it" {
    mkdir "$BATS_TEST_TMPDIR/site"
    docs/tree "$BATS_TEST_TMPDIR/site" README.md "labs/$LAB/README.md"
    grep -q "@subpage labs-$LAB$" "$BATS_TEST_TMPDIR/site/labs.dox"
}

@test "what is there already, or is not a name, is not made" {
    local name
    for name in "$LAB" "$NUMBER-other" "$(labs | head -n 1)"; do
        run -2 tools/new-lab "$name" 3>&-
        shown "there is a lab ${name%%-*} already"
    done
    for name in new 6-x 98 98- 98-A '98-a b' ../98-a; do
        run -2 tools/new-lab "$name" 3>&-
        shown "'$name' is not a lab's name"
    done
    run -2 tools/new-lab 98-other "$PROGRAM" 3>&-
    shown "there is a program $PROGRAM already"
    [ ! -e labs/98-other ]
}

# Mistakes of one word only are words of the language, too.
@test "no shared file names a lab, its programs or its mistakes" {
    cd "$TOP"
    { labs; basename -s .c labs/*/*.c; find tests/[0-9]*/{wrong,right} -name '*-*.*' -printf '%f\n' |
        sed -E 's/\.(c|patch)$//'; } | sort -u >"$BATS_TEST_TMPDIR/names"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/names")" -gt 100 ]
    run -1 grep -rnwFf "$BATS_TEST_TMPDIR/names" --exclude-dir=template --exclude='*.md' --exclude='*.svg' \
        --exclude-dir=build --exclude-dir=kernels \
        Makefile kit.mk labs/Makefile labs/lab.mk lib tools tests/bench docs .ci .github .devcontainer Containerfile \
        Vagrantfile
}
