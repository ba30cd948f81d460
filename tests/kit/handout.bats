# The students' archive: it holds no answers, and a student can work with what it holds.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    copy_tree kit
    commit_tree kit
    make -C kit handout >said 2>&1 3>&-
    mkdir student
    tar -xzf kit/build/udplab-handout.tar.gz -C student
    make -C student/udplab -s build/sockscope build/peer 3>&-
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

# An archive of one's own, where a test may write.
unpack() {
    cp -a "$BATS_FILE_TMPDIR/student/udplab" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
}

# The files of the archive.
archived() {
    (cd "$BATS_FILE_TMPDIR" && tar -tzf kit/build/udplab-handout.tar.gz)
}

# result LAB FILTER: fails unless the result of the check fulfils it.
result() {
    gojq -e "$2" "build/results/$1.json" >/dev/null || {
        gojq '.tests[] | select(.outcome != "passed")' "build/results/$1.json"
        echo "$1, not so: $2"
        return 1
    }
}

@test "it says what it made, and everything is in one folder" {
    grep -qxF "build/udplab-handout.tar.gz: the last commit, without solutions" said
    [ "$(archived | cut -d/ -f1 | sort -u)" = udplab ]
}

@test "it holds what a student needs, and neither answers nor the kit's own tests" {
    local lab
    for lab in $(labs); do
        archived | grep -qx "udplab/labs/$lab/.*\.c"
        archived | grep -qx "udplab/labs/$lab/README\.md"
        archived | grep -qx "udplab/tests/$lab/checks\.bats"
    done
    run archived
    shown udplab/.clang-format
    shown udplab/LICENSE
    run -1 grep -E '^udplab/(solutions|tests/[^/]*/(wrong|right|terminals|feedback.txt)|tests/kit|tests/fuzz|kit\.mk|\.ci|\.git|build)(/|$)' <<<"$output"
}

@test "it holds no guide, no target and no tool that is not for students" {
    run archived
    not_shown instructor
    not_shown contributor
    not_shown CONTRIBUTING
    not_shown Doxyfile
    not_shown docs/theme
    run -1 grep -rlE '^(test|docs|handout):' student --include=Makefile --include='*.mk'
}

@test "a new file stays out of it until a pattern names it" {
    cp -a kit "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit"
    local folder lab
    lab=$(labs | head -n 1)
    for folder in . docs lib tests tests/bench tools "labs/$lab" "labs/$lab/pictures" \
        "tests/$lab" "tests/$lab/scenes"; do
        echo "not for students" >"$folder/an-answer"
        echo "not for students" >"$folder/an-answer.txt"
        echo "not for students" >"$folder/an-answer.mk"
    done
    mkdir -p "labs/$lab/more" "tests/$lab/more"
    echo "not for students" | tee "labs/$lab/more/an-answer.c" "tests/$lab/more/checks.bats" >docs/an-answer.md
    commit_tree .
    run -0 make handout 3>&-
    mkdir out
    tar -xzf build/udplab-handout.tar.gz -C out
    run -1 grep -rl "not for students" out
}

# Each line with a call in it that fills a gap, and that students do not see in another file anyway.
@test "no line that fills a gap of a starter is in it" {
    local solution
    for solution in kit/solutions/*/*.c; do
        diff "kit/labs/${solution#kit/solutions/}" "$solution" | sed -nE 's/^> +//p' || true
    done | grep -E '[a-z_]\(.{20}' | grep -v 'error(' | sort -u >gaps
    [ "$(wc -l <gaps)" -ge "$(labs | wc -l)" ]
    sed 's/^ *//' kit/labs/*/*.c | sort -u >seen
    grep -vxFf seen gaps >secret
    [ "$(wc -l <secret)" -ge "$(labs | wc -l)" ]
    run -1 grep -rnFf secret student --exclude-dir=build
}

@test "no file in it equals a solution, except programs that are given" {
    find student -type f -exec sha256sum {} + | cut -d' ' -f1 | sort >sums
    local solution sum compared=0
    for solution in kit/solutions/*/*.c; do
        ! grep -q '^ \* .*, given:' "$solution" || continue
        sum=$(sha256sum "$solution" | cut -d' ' -f1)
        ! grep -qx "$sum" sums || { echo "$solution is in the archive" && return 1; }
        compared=$((compared + 1))
    done
    [ "$compared" -ge "$(labs | wc -l)" ]
}

@test "every program to be written still has its gaps" {
    local source
    for source in kit/labs/*/*.c; do
        cmp "$source" "student/udplab/${source#kit/}"
        grep -q -e '^ \* .*, given:' -e 'todo("[0-9]' "$source" || { echo "$source has no gap" && return 1; }
    done
}

@test "an answer that somebody wrote in labs/, and did not commit, is not handed out" {
    cp -a kit "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit"
    cp -r solutions/* labs/
    cp solutions/*/*.c tests/
    run -0 make handout 3>&-
    mkdir out
    tar -xzf build/udplab-handout.tar.gz -C out
    diff -r -x build -x udpserver out/udplab/labs "$BATS_FILE_TMPDIR/kit/labs"
    [ -z "$(find out/udplab/tests -maxdepth 1 -name '*.c')" ]
}

@test "its README is the students' guide, and each link of each page in it leads somewhere" {
    local page link count=0
    cd student/udplab
    grep -qx "make check-01 .*" README.md
    for page in README.md docs/*.md labs/*/*.md tests/bench/*.md; do
        while IFS= read -r link; do
            [[ $link == http*:* || -e ${page%/*}/$link || $page == README.md && -e $link ]] ||
                { echo "$page links to $link" && return 1; }
            count=$((count + 1))
        done < <(grep -oE '\]\([^)#]+' "$page" | sed 's/^](//')
    done
    [ "$count" -ge 40 ]
}

@test "what is typed in its README works here" {
    unpack
    local target count=0
    while IFS= read -r target; do
        make -n "$target" </dev/null >said 2>&1 3>&- || { cat said && return 1; }
        count=$((count + 1))
    done < <(grep -oE '(`|^)make [a-z]+(-[0-9]+)?' README.md | sed 's/.*make //' | sort -u)
    [ "$count" -ge 6 ]
}

@test "make shows the help of the kit, without what is for work on the kit itself" {
    run -0 make -C student/udplab --no-print-directory 3>&-
    shown "make check"
    diff <(echo "$output") <(make -C kit --no-print-directory 3>&- |
        grep -vE '^  make (grade|gradescope|autolab|test|answers|lint|handout|bench|docs|docs-serve|hooks) ')
}

@test "make NN builds a lab's programs, and they say which task is missing" {
    unpack
    local lab source
    for lab in $(labs); do
        run -0 make "${lab%%-*}" 3>&-
        not_shown warning
        for source in "labs/$lab"/*.c; do
            [ -x "${source%.c}" ]
        done
    done
}

@test "the check of each lab fails with 0 points, and names the missing task" {
    unpack
    local lab
    for lab in $(labs); do
        run -2 make "check-${lab%%-*}" 3>&-
        shown "score 0 of 100"
        shown "cause     task 1 is not written yet"
        result "$lab" '.score == 0 and .points == 100 and (.tests | length) >= 8'
        result "$lab" 'all(.tests[]; .outcome | IN("failed", "could not be checked"))'
    done
}

@test "with the solutions put in, each lab gets all the points that can be checked here" {
    unpack
    cp -r "$BATS_FILE_TMPDIR/kit/solutions"/* labs/
    local lab
    for lab in $(labs); do
        run make "check-${lab%%-*}" 3>&-
        result "$lab" '.score + .unchecked == 100 and .score > 0'
        if unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null; then
            result "$lab" '.score == 100'
            [ "$status" -eq 0 ]
        fi
    done
}

@test "make and make check work in a lab's folder" {
    unpack
    local lab
    lab=$(labs | head -n 1)
    run -0 make -C "labs/$lab" 3>&-
    run -2 make -C "labs/$lab" check 3>&-
    shown "score 0 of 100"
    result "$lab" '.score == 0'
}

@test "what is for work on the kit itself says that it is" {
    unpack
    local target
    for target in grade gradescope autolab test answers lint handout bench fuzz docs docs-serve hooks; do
        run -2 make "$target" 3>&-
        [ "${lines[0]}" = "make $target is for work on the kit itself: the students' archive does not have the files for it." ]
        [ "${#lines[@]}" -eq 2 ] # that, and make's own
    done
}

@test "make demo plays each scene up to the task that is not written" {
    unpack
    run make demo 3>&-
    shown "The scenes are played with your own programs"
    local scene
    for scene in tests/*/scenes/*.bash; do
        shown "$(sed -n '1s/^# //p' "$scene")"
    done
    shown "The scene ends here: task 1"
    not_shown "not found"
    not_shown "timed out"
    not_shown $'\e'
}

@test "make format does not stumble over what is not there" {
    unpack
    command -v clang-format >/dev/null || skip "clang-format is not installed"
    run -0 make format 3>&-
    [ -z "$output" ]
}

@test "make clean removes what was built, and nothing else" {
    unpack
    make -s "$(labs | sed 's/-.*//;1q')" 3>&-
    run -0 make clean 3>&-
    [ "$(find . -type f | sort)" = "$(archived | sed -n 's|^udplab/|./|; /[^/]$/p' | sort)" ]
}
