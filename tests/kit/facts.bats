# The facts that run: what the page says is what the probes expect, and the runner tells the truth about a kernel.
bats_require_minimum_version 1.5.0

load copies

setup() {
    cd "$TOP" || return
}

# A copy of the kit with probes of the test's own: fake NAME TEXT NEEDS COMMANDS makes one in bash.
own_probes() {
    mkdir -p "$BATS_TEST_TMPDIR/kit/tools" "$BATS_TEST_TMPDIR/kit/tests/facts"
    cp tools/facts tools/prelude.bash "$BATS_TEST_TMPDIR/kit/tools/"
    cp tests/facts/lan tests/facts/head.awk tests/facts/results.jq "$BATS_TEST_TMPDIR/kit/tests/facts/"
    cd "$BATS_TEST_TMPDIR/kit" || return
}

fake() {
    printf '# %s A title\n# verdict  True\n# text     %s\n# needs    %s\n%s\n' "${1%%-*}" "$2" "$3" "$4" >"tests/facts/$1.bash"
}

heads() {
    awk -f tests/facts/head.awk tests/facts/[0-9]*
}

# The page's facts, as "fact TAB title TAB verdict". The verdict is the first that stands in bold.
page_facts() {
    awk '
        function tell() { if (fact) print fact "\t" title "\t" verdict }
        /^### [0-9]+\.[0-9]+ / { tell(); fact = $2; title = $0; sub(/^### [^ ]+ /, "", title); verdict = "" }
        /^## / { tell(); fact = "" }
        verdict == "" && match($0, /\*\*(True, but|True|False|Worth knowing|Mistake|Not run)/) {
            verdict = substr($0, RSTART + 2, RLENGTH - 2)
        }
        END { tell() }' docs/facts.md
}

@test "the page says what the probes expect: tests/facts/page puts it there" {
    tests/facts/page <docs/facts.md >"$BATS_TEST_TMPDIR/page"
    diff docs/facts.md "$BATS_TEST_TMPDIR/page" || { echo "tests/facts/page <docs/facts.md" && return 1; }
}

@test "titles and verdicts of the probes are those of the page" {
    heads | awk -F '\t' '$2 == "title" { title[$1] = $3 } $2 == "verdict" { print $1 "\t" title[$1] "\t" $3 }' |
        sort >"$BATS_TEST_TMPDIR/probes"
    page_facts | sort >"$BATS_TEST_TMPDIR/page"
    run comm -23 "$BATS_TEST_TMPDIR/probes" "$BATS_TEST_TMPDIR/page"
    [ -z "$output" ] || { echo "$output" && return 1; }
}

@test "each fact of the page has a verdict, and at least 130 of the 143 have a probe" {
    [ "$(page_facts | wc -l)" -eq 143 ]
    run -1 grep -P '\t$' <(page_facts)
    [ "$(heads | grep -c -P '\tfile\t')" -ge 130 ]
    # The page names those that have none.
    local fact
    for fact in $(comm -23 <(page_facts | cut -f 1 | sort) <(heads | cut -f 1 | sort -u)); do
        sed -n '/^## 10/,$p' docs/facts.md | grep -qF "[$fact](" || { echo "$fact is not named" && return 1; }
    done
}

@test "each probe has a complete head, and no two try the same fact" {
    local count
    count=$(find tests/facts -name '[0-9]*' | wc -l)
    for key in file title verdict needs; do
        [ "$(heads | awk -F '\t' -v key="$key" '$2 == key { print $1 }' | sort -u | wc -l)" -eq "$count" ]
    done
    [ "$(heads | awk -F '\t' '$2 == "text" { print $1 }' | sort -u | wc -l)" -eq "$count" ]
    # Its file is named after its fact.
    [ -z "$(heads | awk -F '\t' '$2 == "file" && index($3, "tests/facts/" $1 "-") != 1')" ]
}

@test "a fact that the page has right is the same here, and shown in full" {
    own_probes
    fake 1.1-right "send: ok" loopback 'echo "send: ok"; echo "note: in 3 us"'
    run -0 tools/facts 1.1
    shown "1.1   same      A title"
    shown "text and kernel   send: ok"
    shown "besides           in 3 us"
    shown "1 same, 0 OTHER, 0 not here, of 1 facts"
}

@test "a kernel that answers otherwise is shown beside the text, and is no failure" {
    own_probes
    fake 1.1-right "send: ok" loopback 'echo "send: ok"'
    fake 1.2-other "send: ok" loopback 'echo "send: EPERM"'
    run -0 tools/facts
    shown "1.1   same      A title"
    shown "1.2   OTHER     A title"
    shown "the text says     send: ok"
    shown "this kernel does  send: EPERM"
    shown "1 same, 1 OTHER, 0 not here, of 2 facts"
}

@test "what a machine lacks is named, and nothing is said about the fact" {
    own_probes
    fake 1.1-command "ok" "loopback, no-such-command" 'echo ok'
    fake 1.2-kernel "ok" "loopback, Linux 99.1" 'echo ok'
    fake 1.3-cannot "ok" loopback 'echo "bind: Address already in use" >&2; exit 77'
    run -0 tools/facts 1
    shown "1.1   not here  A title (no-such-command is not installed)"
    shown "1.2   not here  A title (Linux 99.1 or newer is needed)"
    shown "1.3   not here  A title (bind: Address already in use)"
    shown "0 same, 0 OTHER, 3 not here"
}

@test "a probe that breaks is not called the same" {
    own_probes
    fake 1.1-broken "ok" loopback 'echo ok; echo "out of luck" >&2; exit 3'
    fake 1.2-mute "ok" loopback 'true'
    run -0 tools/facts 1
    shown "1.1   OTHER"
    shown "(it ended with status 3) out of luck"
    shown "1.2   OTHER"
}

@test "a probe that does not end is ended, and nothing is said about the fact" {
    own_probes
    fake 1.1-endless "ok" loopback 'echo ok; sleep 1000'
    LONGEST=1 run -0 tools/facts
    shown "1.1   not here  A title (it had not ended after 1 s)"
}

@test "facts are told in their order, two at a time" {
    own_probes
    fake 1.2-slow "ok" loopback 'read -t 0.5 </dev/zero || true; sleep 0.3; echo ok'
    fake 1.10-fast "ok" loopback 'echo ok'
    fake 2.1-fast "ok" loopback 'echo ok'
    run -0 tools/facts
    [ "$(grep -o '^[0-9]*\.[0-9]* *same' <<<"$output" | tr -s ' \n' ' ')" = "1.2 same 1.10 same 2.1 same " ]
}

@test "a chapter and a fact are chosen by their numbers; what cannot be tried is an error" {
    own_probes
    fake 1.1-one "ok" loopback 'echo ok'
    fake 1.10-ten "ok" loopback 'echo ok'
    fake 11.1-eleven "ok" loopback 'echo ok'
    run -0 tools/facts 1
    shown "of 2 facts"
    run -0 tools/facts 1.1
    shown "of 1 facts"
    run -2 tools/facts 9.9
    shown "no probe tries 9.9"
    run -2 tools/facts 'x*'
    shown "'x*' is neither a fact"
}

@test "the result is JSON, as tests/facts/README.md describes it" {
    own_probes
    fake 1.1-same "send: ok" loopback 'echo "send: ok"; echo "note: fast"'
    fake 1.2-other "ok" loopback 'printf "\"quoted\"\tand more\n"'
    fake 1.3-absent "ok" "loopback, no-such-command" 'echo ok'
    run -0 tools/facts
    gojq -e '.version == 1 and .kernel != "" and (.seconds | type) == "number" and .same == 1 and .other == 1 and .not_here == 1' build/facts.json
    gojq -e '.facts | map(.fact) == ["1.1", "1.2", "1.3"]' build/facts.json
    gojq -e '.facts[0] | .result == "same" and .text == ["send: ok"] and .seen == ["send: ok"] and .notes == ["fast"] and .because == null' build/facts.json
    gojq -e '.facts[1] | .result == "OTHER" and .seen == ["\"quoted\"\tand more"]' build/facts.json
    gojq -e '.facts[2] | .result == "not here" and .seen == [] and .because == "no-such-command is not installed"' build/facts.json
    # Each field is explained, and each explained field is there.
    local field
    for field in $(gojq -r 'keys[], (.facts[0] | keys[])' build/facts.json); do
        grep -qF "\`$field\`" "$TOP/tests/facts/README.md" || { echo "$field is not explained" && return 1; }
    done
}

@test "make facts tries this kernel: a fact on loopback, one on a LAN" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    run -0 make facts FACT="1.8 2.1 5.3" 3>&-
    [ "$(grep -c '^[0-9]*\.[0-9]* *\(same\|OTHER\)' <<<"$output")" -eq 3 ]
    shown "datagrams that left:"
    shown "replies that arrived:"
}

@test "tools/kernel-path shows where a refusal comes from, function by function" {
    ((EUID == 0)) || skip "only root may look at tracepoints"
    [[ -d /sys/kernel/tracing/instances ]] ||
        unshare -nm mount -t tracefs none /sys/kernel/tracing 2>/dev/null || skip "this kernel has no tracefs"
    run -0 tools/kernel-path bash -c 'echo hello >/dev/udp/127.0.0.1/7009'
    shown "icmp_send: type=3, code=3"
    shown "udp_sendmsg >"
    shown "reason: NO_SOCKET"
    shown "__udp4_lib_err"
}

@test "what the tools say of three set-ups that do not work is what the page of questions shows" {
    ((EUID == 0)) || skip "tcpdump wants root"
    local tool name
    for tool in tcpdump nc nft ss nstat python3; do
        command -v $tool >/dev/null || skip "$tool is not installed"
    done
    for name in address firewall source; do
        awk -v comment="<!-- docs/whats-wrong $name -->" '$0 == comment { here = 1; next } here && /^```/ { if (inside) exit; inside = 1; next } inside' docs/questions.md >"$BATS_TEST_TMPDIR/page"
        docs/whats-wrong $name >"$BATS_TEST_TMPDIR/now"
        # The width of columns differs from version to version.
        diff -b "$BATS_TEST_TMPDIR/page" "$BATS_TEST_TMPDIR/now"
    done
}

@test "the page of other kernels has what their results say" {
    sed -n '/^<!-- results/,/^<!-- end/p' docs/kernels.md | sed '1,2d; $d' | sed '$d' >"$BATS_TEST_TMPDIR/page"
    tests/facts/kernels docs/kernels/*.json | diff "$BATS_TEST_TMPDIR/page" -
    [ "$(find docs/kernels -name '*.json' | wc -l)" -ge 2 ]
    # The results are of the facts as they are now.
    heads | awk -F '\t' '$2 == "text" { print $1 "\t" $3 }' | sort >"$BATS_TEST_TMPDIR/heads"
    local result
    for result in docs/kernels/*.json; do
        run comm -13 "$BATS_TEST_TMPDIR/heads" <(gojq -r '.facts[] | .fact as $fact | .text[] | "\($fact)\t\(.)"' \
            "$result" | sort)
        [ -z "$output" ] || { echo "$result is of other probes: $output" && return 1; }
    done
}
