# The site: built from what is here, without a warning, without a link that leads nowhere, fit for a phone.
bats_require_minimum_version 1.5.0

load copies

SITE=build/docs/html

setup_file() {
    local tool
    for tool in doxygen dot; do
        command -v "$tool" >/dev/null || skip "$tool is not installed: tools/provision all"
    done
    [ -d /usr/share/doxygen-awesome-css ] || skip "doxygen-awesome-css is not installed: tools/provision all"
    cd "$BATS_FILE_TMPDIR" || return
    copy_tree kit
    mkdir kit/build
    tar -C "$TOP/build" --exclude=./docs --exclude=./results --exclude=./fuzz -cf - . | tar -C kit/build -xf -
    make -C kit docs >said 2>&1 3>&- || { cat said && return 1; }
}

setup() {
    cd "$BATS_FILE_TMPDIR/kit" || return
}

# A copy in which a test may change the sources, with the site as it was built.
copy_kit() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit" || return
}

@test "make docs builds the site without a warning" {
    run -1 grep -i -e warning -e error ../said
    [ -s $SITE/index.html ]
}

@test "there is nothing to do when nothing has changed" {
    touch before
    run -0 make docs 3>&-
    not_shown DOCS
    [ -z "$(find build/docs -newer before)" ]
}

@test "a changed page makes the site new" {
    copy_kit
    echo "A new sentence." >>docs/student.md
    run -0 make -f docs/site.mk 3>&-
    shown DOCS
    grep -q "A new sentence" $SITE/student.html
}

@test "so does a changed source that is shown" {
    copy_kit
    echo "# A new comment." >>tests/bench/recording.bash
    run -0 make -f docs/site.mk 3>&-
    shown DOCS
    grep -q "A new comment" $SITE/source-tests-bench-recording-bash.html
    run -0 make -f docs/site.mk 3>&-
    not_shown DOCS
}

@test "whatever Doxygen warns of is an error, and the site from before stays" {
    copy_kit
    echo "void without_a_word(int number);" >>lib/common.h
    echo "void nor_here(int number);" >>tools/sockscope/base/text.h
    echo "[nowhere](student.md#nowhere)" >>docs/instructor.md
    run -2 make -f docs/site.mk 3>&-
    shown "without_a_word"
    shown "nor_here"
    shown "student--nowhere"
    cmp $SITE/index.html "$BATS_FILE_TMPDIR/kit/$SITE/index.html"
    run -2 make -f docs/site.mk 3>&-
}

@test "a link to a file that does not exist is an error" {
    copy_kit
    echo "[gone](../lib/gone.c)" >>docs/student.md
    run -2 make -f docs/site.mk 3>&-
    shown "docs/student.md links to lib/gone.c, and there is no such file"
}

@test "every link and every anchor of the site leads somewhere" {
    docs/check-links $SITE/*.html
}

@test "the link check finds what leads nowhere" {
    mkdir "$BATS_TEST_TMPDIR/site"
    cd "$BATS_TEST_TMPDIR/site"
    echo '<a href="b.html#here">x</a><a href="https://example.org">x</a><p id="top">' >a.html
    echo '<h1 id="here"><a href="#here">x</a> <a href="a.html">href="no.html"</a>' >b.html
    run -0 "$BATS_FILE_TMPDIR/kit/docs/check-links" a.html b.html
    echo '<a href="b.html#gone">x</a><img src="no.png"/><script src="no.js"></script>' >>a.html
    run -1 "$BATS_FILE_TMPDIR/kit/docs/check-links" a.html b.html
    shown "a.html: b.html#gone"
    shown "a.html: no.png"
    shown "a.html: no.js"
    shown "3 broken"
}

@test "every page of Markdown is on the site, and in its tree" {
    local page file
    for page in C*.md docs/*.md labs/*/README.md tests/bench/*.md \
        $(find tools -path tools/template -prune -o -name '*.md' -print); do
        file=$(docs/md-filter "$page" | sed -n 's/^# .*{#\(.*\)}$/\1.html/p')
        [ -s "$SITE/$file" ]
        cat $SITE/navtreedata.js $SITE/*.js | grep -qF "\"$file\"" || { echo "$page is not in the tree" && return 1; }
    done
}

@test "the labs stand in the tree in their order, each with its question" {
    local lab ids=''
    for lab in $(labs); do
        ids+="labs-$lab.html "
        grep -q "href=\"labs-$lab.html\"" $SITE/labs.html
    done
    # Doxygen 1.9.4 has a file for each branch of the tree, 1.9.8 one for the whole.
    [ "$(cat $SITE/navtreedata.js $SITE/labs.js 2>/dev/null | grep -oE '"labs-[^"#]*\.html"' | awk '!seen[$0]++' | tr -d '"' | tr '\n' ' ')" = "$ids" ]
}

@test "every function of the library's header is explained" {
    local name count=0
    while IFS= read -r name; do
        grep -q "memname.*[ ;]$name *</td>" $SITE/common_8h.html || { echo "$name is not" && return 1; }
        count=$((count + 1))
    done < <(sed -nE 's/^[a-z][^(]*[ *]([a-z_0-9]+)\(.*/\1/p' lib/common.h)
    [ "$count" -ge 7 ]
}

@test "every function of sockscope's headers is explained, and its overview leads to them" {
    local header page name count=0
    for header in tools/sockscope/*/*.h; do
        page=$(basename "$header" .h)
        page=${page//_/__}_8h.html
        while IFS= read -r name; do
            grep -q "memname.*[ ;*]$name *</td>" "$SITE/$page" || { echo "$name is not" && return 1; }
            count=$((count + 1))
        done < <(sed -nE '/^typedef/d; s/^[a-z_A-Z][^(]*[ *]([a-z_0-9]+)\(.*/\1/p' "$header")
    done
    [ "$count" -ge 100 ]
    count=0
    while IFS= read -r page; do
        [ -s "$SITE/$page" ] || { echo "the overview leads to $page" && return 1; }
        count=$((count + 1))
    done < <(grep -ohE 'xlink:href="[^"#]*' $SITE/dot_inline_dotgraph_*.svg | sed 's/.*"//' | sort -u)
    [ "$count" -ge 10 ]
    grep -q 'dot_inline_dotgraph_' $SITE/sockscope.html
}

@test "each ladder on a page is its picture, and the same as text" {
    local page file
    for page in README.md labs/*/README.md; do
        file=$SITE/$(docs/md-filter -v headings=1 "$page" | cut -f 1).html
        grep -q '<!-- ladder ' "$page" || continue
        [ "$(grep -c '<figure class="ladder"' "$file")" -eq "$(grep -c '^<!-- ladder ' "$page")" ]
        [ "$(grep -c 'wide scrolls' "$file")" -eq "$(grep -c '^<!-- ladder ' "$page")" ]
        grep -q '├─' "$file"
    done
    grep -q '>ICMP port unreachable' $SITE/index.html
    grep -q '>recv = -1 ECONNREFUSED' $SITE/index.html
    run -1 grep -l '<!-- ladder' $SITE/*.html
}

@test "what the students' guide shows of a check is what that check says" {
    copy_kit
    local line compared=0
    make check-01 >said 2>&1 3>&- || true
    while IFS= read -r line; do
        grep -qxF -- "$line" said || { echo "not said: $line" && return 1; }
        compared=$((compared + 1))
    done < <(sed -n '/said by make check-01/,/^```$/p' docs/student.md | grep -v -e '^```' -e '^<!--')
    [ "$compared" -ge 5 ]
}

@test "a machine without the tools is told how to get them" {
    copy_kit
    run -2 make docs AWESOME=/nowhere 3>&-
    shown "The site needs doxygen-awesome-css: tools/provision all"
}

@test "make docs-serve prints the address, and serves the site there" {
    command -v python3 >/dev/null || command -v busybox >/dev/null ||
        skip "neither python3 nor busybox is here to serve it"
    local port=$((20000 + RANDOM % 10000)) server address=''
    coproc SERVER { exec docs/serve $SITE $port 2>&1 3>&-; }
    server=$SERVER_PID
    IFS= read -r -t 60 address <&"${SERVER[0]}" || true
    # The address comes just before the server listens.
    local answer='' tries=0
    until [[ -n $answer || $((tries += 1)) -gt 1000 ]]; do
        answer=$( (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET / HTTP/1.0\r\n\r\n' >&3 && cat <&3) 2>/dev/null |
            head -n 1) || true
    done
    kill "$server"
    wait "$server" || true
    [[ $address == "http://localhost:$port/"* ]]
    [[ $answer == *200* ]]
}

# in_browser SCRIPT ARGUMENT...: lets a script of tests/kit/site look at the built site in Chromium.
in_browser() {
    command -v chromium >/dev/null || skip "chromium is not installed: tools/provision all"
    [ -e "$BATS_TEST_TMPDIR/kit" ] || copy_kit
    run docs/in-browser "${FOLDER-$SITE}" "$TOP/tests/kit/site/$1" "${@:2}"
    echo "$output"
}

# The pages that people read, and one of each kind that Doxygen writes.
READ=(index.html labs.html labs-02-connected-client.html labs-05-broadcast.html facts.html questions.html glossary.html
    guides.html student.html instructor.html api.html sockscope.html common_8h.html structladder.html
    tools-sockscope-events.html source-tests-05-broadcast-checks-bats.html)

@test "in Chromium no page is wider than a screen or a phone, and no script fails" {
    in_browser widths.js "${READ[@]}"
    [ "$status" -eq 0 ]
    shown "all looked at: ${#READ[@]} pages, 5 widths"
}

@test "the look at the pages in Chromium finds what is wide and what fails" {
    mkdir "$BATS_TEST_TMPDIR/site"
    echo '<p style="width:600px">wide for a phone' >"$BATS_TEST_TMPDIR/site/wide.html"
    echo '<script>no.such.thing()</script>' >"$BATS_TEST_TMPDIR/site/fails.html"
    echo '<p>well' >"$BATS_TEST_TMPDIR/site/good.html"
    copy_kit
    FOLDER=$BATS_TEST_TMPDIR/site in_browser widths.js wide.html fails.html good.html
    [ "$status" -eq 1 ]
    shown "wrong: wide.html is 608 wide where there is room for 390"
    shown "Uncaught ReferenceError"
    not_shown "good.html"
    not_shown "room for 768"
    FOLDER=$BATS_TEST_TMPDIR/site in_browser widths.js good.html
    [ "$status" -eq 0 ]
}

@test "the search finds the right section first" {
    in_browser search.js refused ECONNREFUSED AF_UNSPEC IP_RECVERR multicast "rate limit" 2.14 \
        "why does send" 广播 ECONNREF
    [ "$status" -eq 0 ]
    shown "refused: Refused | glossary.html"
    shown "ECONNREFUSED: Refused | glossary.html"
    [[ $output =~ "AF_UNSPEC: 3.6 "[^$'\n']*"| facts.html" ]]
    [[ $output =~ "IP_RECVERR: 1.14 "[^$'\n']*"| facts.html" ]]
    shown "multicast: Multicast | glossary.html"
    shown "rate limit: Rate limit | glossary.html"
    [[ $output =~ "2.14: 2.14 "[^$'\n']*"| facts.html" ]]
    [[ $output =~ "why does send: "[^$'\n']*"Why does send "[^$'\n']*"| questions.html" ]]
    shown "广播: Broadcast | glossary.html"
    shown "ECONNREF: Refused | glossary.html" # while it is being typed
}

@test "the search says when it finds nothing, and that is an error of the test above" {
    in_browser search.js xyzzy
    [ "$status" -eq 1 ]
    shown "wrong: xyzzy: nothing is found"
}

@test "search, colours and what scrolls work by keyboard" {
    in_browser keys.js labs-05-broadcast.html
    [ "$status" -eq 0 ]
    shown "tried"
}

@test "the contents of the facts are folded, follow the reader, and unfold" {
    local name
    name=$(grep -o 'id="facts--214-[^"]*' $SITE/facts.html)
    in_browser contents.js facts.html "${name#id=\"}"
    [ "$status" -eq 0 ]
    shown "follows: 2.14 "
}

@test "a picture is stepped through by keyboard, and tells of each socket what has changed" {
    in_browser steps.js labs-02-connected-client.html 1280
    [ "$status" -eq 0 ]
    shown "shown: .wide"
    [[ $output =~ "client: connect 127.0.0.1:43211 = 0 "[^$'\n']*"[client, peer: 127.0.0.1:43211]" ]]
    [[ $output =~ "ICMP port unreachable \"g1\" [client, pending error: ECONNREFUSED]"$'\n'"client: recv = -1 ECONNREFUSED "[^$'\n']*"[client, pending error: –]" ]]
    in_browser steps.js labs-02-connected-client.html 360
    [ "$status" -eq 0 ]
    shown "shown: .narrow"
}

@test "axe-core finds no barrier on any of these pages, in light and dark colours" {
    local axe
    axe=$(npm root --global 2>/dev/null)/axe-core/axe.min.js
    [ -e "$axe" ] || skip "axe-core is not installed: tools/provision all, with npm"
    in_browser access.js "$axe" "${READ[@]}"
    [ "$status" -eq 0 ]
    shown "${#READ[@]} pages looked at"
}

@test "the tabs, which are the menu of a phone, too, are the six ways into the site, and lead to each lab and chapter" {
    local lab
    [ "$(sed -n 's/^{text:"\([^"]*\)".*children:\[$/\1/p' $SITE/menudata.js | tr '\n' ',')" = \
        "Labs,Facts,Questions,Glossary,Guides,Programming interface," ]
    for lab in $(labs); do
        grep -q "url:\"labs-$lab.html\"" $SITE/menudata.js
    done
    [ "$(grep -c 'url:"facts.html#facts--[0-9]*-' $SITE/menudata.js)" -eq "$(grep -c '^## ' docs/facts.md)" ]
}

@test "without a script a page is whole: one title, landmarks, a language, a way around the menu" {
    local page
    for page in "${READ[@]}"; do
        [ "$(grep -c '<h1' "$SITE/$page")" -eq 1 ]
        grep -q '<html lang="en">' "$SITE/$page"
        grep -q 'role="main"' "$SITE/$page"
        grep -q 'class="skip" href="#doc-content"' "$SITE/$page"
        grep -q '<link rel="icon"' "$SITE/$page"
    done
}

@test "each handout leads to the labs before and after it" {
    copy_kit
    cp -r labs labs-before
    docs/way
    diff -r labs-before labs || { echo "docs/way" && false; }
    local lab last=''
    for lab in $(labs); do
        [ -z "$last" ] || grep -q "href=\"labs-$lab.html\">.*→" "$SITE/labs-$last.html"
        [ -z "$last" ] || grep -q "href=\"labs-$last.html\">.*←" "$SITE/labs-$lab.html"
        grep -q '<a class="el" href="labs.html">Labs</a>' "$SITE/labs-$lab.html"
        last=$lab
    done
}

@test "the page of labs shows of each a picture, its question, how long it takes, and what one knows then" {
    [ "$(grep -c '<div class="card"><img src="[^"]*\.svg"' $SITE/labs.html)" -eq "$(labs | wc -w)" ]
    [ "$(grep -c 'About [0-9]* minutes. You will know ' $SITE/labs.html)" -eq "$(labs | wc -w)" ]
    [ "$(grep -c '<b>.*?</b>' $SITE/labs.html)" -eq "$(labs | wc -w)" ]
}

@test "the moving picture of make watch shows what a terminal shows today" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    copy_kit
    docs/record-watch --words docs/watch.svg >shown
    [ "$(wc -l <shown)" -ge 6 ]
    docs/record-watch --words >today 3>&-
    diff shown today || { echo "if what is said today is right: docs/record-watch" && false; }
}

@test "the front page's first screen has a failing check with its cause, the moving picture, and what is needed" {
    sed '/^## Begin/q' README.md >first
    grep -q '^      cause     ' first
    grep -q '^!\[.*\](docs/watch.svg)$' first
    grep -q '^\*\*Requirements:\*\*' first
    grep -q 'No root' first
    grep -q 'open in Wireshark' first
    [ "$(wc -l <first)" -le 45 ]
    grep -q 'watch.svg' $SITE/index.html
    [ -s $SITE/watch.svg ]
}
