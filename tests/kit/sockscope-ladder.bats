# sockscope's pictures, drawn from recordings with fixed times, and what it says of recordings that are broken.
# bats runs each test in a shell of its own, and `run` sets the variables that nobody else does.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
bats_require_minimum_version 1.5.0

setup_file() {
    load sockscope/helpers
    build_talk
}

setup() {
    load sockscope/helpers
    DIR=$BATS_TEST_TMPDIR/recording
    mkdir "$DIR"
}

# A client that connects, waits 300 ms and hears nothing; no packets were recorded.
waiting_client() {
    cat >"$DIR/${1:-client}.calls" <<'END'
7 1700000000.000000000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<UDP:[5]> <0.000010000>
7 1700000000.000100000 connect(3<UDP:[5]>, {sa_family=AF_INET, sin_port=htons(43211), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.000010000>
7 1700000000.000200000 sendto(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, "\345\215\201\351\235\242", 6, 0, NULL, 0) = 6 <0.000010000>
7 1700000000.000300000 recvfrom(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, 0x7ff, 100, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable) <0.300000000>
7 1700000000.301000000 +++ exited with 1 +++
END
}

@test "draw: calls, results and waiting, in UTF-8" {
    waiting_client
    run "$SCOPE" draw --width 60 "$DIR"

    [ "$status" -eq 0 ]
    diff - <(printf '%s\n' "$output") <<'END'
      ms  client
   0.000  ● socket UDP = 3
   0.100  ● connect 127.0.0.1:43211 = 0
          │ from 127.0.0.1:40000
   0.200  ● send "十面" = 6
   0.300  ○ recv …
       ⋮  ┆ 300 ms
 300.300  ✗ recv = -1 EAGAIN after 300 ms
 301.000  ■ exit 1
END
}

@test "draw: the same in plain characters" {
    waiting_client
    run "$SCOPE" draw --ascii "$DIR"

    [[ $output == *"* connect 127.0.0.1:43211 = 0"* && $output == *"o recv ..."* && $output == *"x recv = -1 EAGAIN"* ]]
    [[ $output == *'send "\xe5\x8d\x81\xe9\x9d\xa2" = 6'* ]]
    ! grep -P '[^\x00-\x7f]' <<<"$output" || false
}

@test "draw: three programs fit into 80 columns, wide characters are aligned" {
    waiting_client a
    waiting_client b
    waiting_client c
    run "$SCOPE" draw --width 80 "$DIR"

    python3 - "$output" <<'END'
import sys, unicodedata
cells = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = sys.argv[1].split("\n")
assert max(map(cells, lines)) <= 80, max(lines, key=cells)
row = next(l for l in lines if "十面" in l)
assert cells(row[:row.index("│")]) in (10, 33, 34), row
END
}

@test "draw: no line is wider than asked, also with many programs, wide characters and long names" {
    for name in a b c d e f g "$(printf 'l%.0s' {1..150})"; do
        waiting_client "$name"
    done
    for width in 40 57 80 200; do
        run "$SCOPE" draw --width "$width" "$DIR"
        [[ $status -eq 0 && $(tr -d ' \n│┊┆●○' <<<"$output" | grep -o 'send"十面"=6' | wc -l) -eq 8 ]]
        python3 - "$width" "$output" <<'END'
import sys, unicodedata
for line in sys.argv[2].split("\n"):
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) <= int(sys.argv[1]), line
END
    done
    rm "$DIR"/*.calls
    : >"$DIR/$(printf 'l%.0s' {1..150}).calls"
    run "$SCOPE" draw --width 40 "$DIR"
    for line in "${lines[@]}"; do
        [ "${#line}" -le 40 ]
    done
}

@test "draw: no colours outside a terminal, colours when asked for, never with NO_COLOR on a terminal" {
    waiting_client
    run "$SCOPE" draw "$DIR"
    [[ $output != *$'\e['* ]]
    run "$SCOPE" draw --colour always "$DIR"
    [[ $output == *$'\e[31m'* ]]
    NO_COLOR=1 TERM=xterm run script -qec "'$SCOPE' draw '$DIR'" /dev/null </dev/null
    [[ $output != *$'\e[31m'* && $output == *EAGAIN* ]]
    TERM=xterm run script -qec "'$SCOPE' draw '$DIR'" /dev/null </dev/null
    [[ $output == *$'\e[31m'* ]]
}

@test "draw: the refusal points at its ICMP, connect says that nothing was on the wire" {
    needs_private_network
    run_talk udp connect:127.0.0.1:43211 send:g1 recv
    run "$SCOPE" draw "$DIR"

    [[ $output == *"nothing on the wire; from 127.0.0.1:"* ]]
    [[ $output == *'UDP "g1"'*'▶✗'* ]]
    [[ $output =~ ([0-9.]+)\ +│◀╌+\ ICMP\ port\ unreachable ]]
    [[ $output == *"because of the ICMP at ${BASH_REMATCH[1]}"* ]]
}

@test "draw: an ICMP that an unconnected socket does not hear of" {
    needs_private_network
    run_talk udp deadline:20 to:127.0.0.1:43211:g1 recv
    run "$SCOPE" draw "$DIR"

    [[ $output == *"not passed on: the socket has no peer"* && $output == *EAGAIN* ]]
}

@test "draw: a deadline, as both old and new releases of strace print it" {
    cat >"$DIR/x.calls" <<'END'
7 1700000000.000000000 setsockopt(3<UDP:[5]>, SOL_SOCKET, SO_RCVTIMEO_OLD, "\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16) = 0 <0.000010000>
7 1700000000.001000000 setsockopt(3<UDP:[5]>, SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=0, tv_usec=500000}, 16) = 0 <0.000010000>
END
    run "$SCOPE" draw "$DIR"
    [[ $output == *"setsockopt SO_RCVTIMEO 2.00 s"*"setsockopt SO_RCVTIMEO 500 ms"* ]]
}

@test "draw --around: only what is near" {
    waiting_client
    run "$SCOPE" draw --around EAGAIN --near 1 "$DIR"
    [[ $output == *EAGAIN* && $output == *"exit 1"* && $output != *socket* ]]
}

@test "draw --lanes: only these, in this order; one that is not there is named" {
    waiting_client a
    waiting_client b
    run "$SCOPE" draw --lanes b,a "$DIR"
    [[ ${lines[0]} =~ ms\ +b\ +a ]]
    run "$SCOPE" draw --lanes a,zoe "$DIR"
    [ "$status" -eq 1 ]
    [[ $output == *"no lane 'zoe'"* ]]
}

@test "draw: what is not drawn is counted in one closing line, which names the options" {
    cp -r "$BATS_TEST_DIRNAME/sockscope/recordings/passed-on/." "$DIR"
    run "$SCOPE" draw --width 120 "$DIR"
    [[ ${lines[-1]} == "  5 calls on UNIX sockets not drawn: --unix" && $output != *UNIX*socketpair* ]]
    run "$SCOPE" draw --width 120 --unix "$DIR"
    [[ $output != *"not drawn"* && $output == *"UNIX socketpair fd 3 fd 4 = 0"* && $output == *"SCM_RIGHTS fd 4"* ]]
    run "$SCOPE" draw "$BATS_TEST_DIRNAME/sockscope/recordings/kinds-of-sockets"
    [[ ${lines[-1]} == *"1 packet not drawn: --all"* ]]
    run "$SCOPE" draw --all "$BATS_TEST_DIRNAME/sockscope/recordings/kinds-of-sockets"
    [[ $output != *"not drawn: --all"* ]]
}

@test "draw: an arrow that is too short for its words has them below" {
    cp "$BATS_TEST_DIRNAME/sockscope/recordings/errors-told-once/"* "$DIR"
    run "$SCOPE" draw --width 58 "$DIR"
    [[ $output == *"◀╌╌╌╌╌"*"ICMP"*"fragmentation"* ]]
}

@test "lanes: a program's name means all its processes" {
    cp "$BATS_TEST_DIRNAME/sockscope/recordings/forking-server/"* "$DIR"
    run "$SCOPE" draw --width 160 --lanes forktcp "$DIR"
    [[ ${lines[0]} =~ ms\ +forktcp\ +forktcp/2\ +forktcp/3\ +forktcp/4$ ]]
    run "$SCOPE" draw --width 100 --lanes forktcp/2,forktcp "$DIR"
    [[ ${lines[0]} =~ ms\ +forktcp/2\ +forktcp\ +forktcp/3 ]]
    [ "$(query '.[0].lanes')" = '["forktcp"]' ] || [ "$(query '.[0].lanes | tojson')" = '["forktcp"]' ]
    holds 'map(select(.kind == "packet" and .payload == "q0")) | .[0].to_process == "forktcp/3" and .[0].to_lane == "forktcp"'
}

@test "svg: sound XML with title, description, selectable text, both colour schemes and no script" {
    waiting_client '<b>&"x'
    run "$SCOPE" draw --svg --title 'A < B & "C"' "$DIR"

    [ "$status" -eq 0 ]
    python3 - "$output" <<'END'
import sys, xml.dom.minidom
d = xml.dom.minidom.parseString(sys.argv[1]).documentElement
text = lambda name: [e.firstChild.data for e in d.getElementsByTagName(name)]
assert text("title") == ['A < B & "C"'], text("title")
assert 'send "十面" = 6' in text("desc")[0]
assert 'send "十面" = 6' in text("text"), text("text")
assert '<b>&"x' in text("text")
assert "prefers-color-scheme:dark" in text("style")[0]
assert not d.getElementsByTagName("script") and d.getAttribute("role") == "img"
END
}

# says_payload BYTES SHOWN: a datagram with these bytes, as strace writes them, is shown so.
says_payload() {
    printf '7 1700000000.0 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<UDP:[5]> <0.0001>\n7 1700000000.1 sendto(3<UDP:[5]>, "%s", 9, 0, {sa_family=AF_INET, sin_port=htons(5300), sin_addr=inet_addr("127.0.0.1")}, 16) = 9 <0.0001>\n' "$1" >"$DIR/a.calls"
    run "$SCOPE" draw --width 120 "$DIR"
    [[ $output == *"$2"* ]] || { printf 'not %s but\n%s\n' "$2" "$output" && return 1; }
    "$SCOPE" draw --svg "$DIR" | python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.stdin.buffer)'
    [[ -z $("$SCOPE" draw --ascii "$DIR" | tr -d '\0-\177') ]]
}

@test "payloads: text stays text, other bytes are hex, and what looks like Chinese by chance is not shown as Chinese" {
    says_payload 'gr\303\274n\0' '"grün\x00"'
    says_payload '\345\215\201\351\235\242\0\0\0' '"十面\x00\x00\x00"'
    says_payload '\345\215\201\351\235' '"十\xe9\x9d"'
    says_payload '\1hello' '"\x01hello"'
    says_payload '\345\215\201\1\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0\1' ' hex e5 8d 81 01 00 00 01…'
    says_payload '\0\0\0' ' hex 00 00 00 '
    says_payload '' ' "" '
    says_payload 'b\357\277\277\357\273\277' '"b\xef\xbf\xbf…"'
    says_payload 'a\342\201\246b' '"a\xe2\x81\xa6b"'
}

@test "svg: viewers without custom properties show it in the same colours" {
    command -v rsvg-convert >/dev/null || skip "rsvg-convert is not installed"
    waiting_client
    for narrow in "" --narrow; do
        # The converter writes the colours that it has understood.
        "$SCOPE" draw --svg $narrow "$DIR" | rsvg-convert --format=svg | grep -o 'rgb([^)]*)' |
            sort -u >"$BATS_TEST_TMPDIR/colours"
        for colour in 'rgb(100%, *100%, *100%)' 'rgb(12.15[0-9]*%, *13.72[0-9]*%, *15.68[0-9]*%)' \
            'rgb(76.07[0-9]*%, *10.19[0-9]*%, *16.86[0-9]*%)'; do
            grep "$colour" "$BATS_TEST_TMPDIR/colours" || { cat "$BATS_TEST_TMPDIR/colours" && return 1; }
        done
        ! grep 'rgb(0%, *0%, *0%)' "$BATS_TEST_TMPDIR/colours" || return 1
    done
}

@test "png and pdf: rsvg-convert makes them, and its absence is told" {
    waiting_client
    PATH=/nonexistent run "$SCOPE" draw --png "$DIR"
    [[ $status -eq 1 && $output == *"rsvg-convert"*"librsvg2-bin"* ]]
    command -v rsvg-convert >/dev/null || skip "rsvg-convert is not installed"
    [[ $("$SCOPE" draw --png "$DIR" | head -c 4 | tail -c 3) == PNG ]]
    [[ $("$SCOPE" draw --pdf --narrow "$DIR" | head -c 4) == %PDF ]]
}

# steps JQ: of the picture's steps.
steps() {
    "$SCOPE" draw --svg "$DIR" | sed -n 's,^<metadata>\(.*\)</metadata>$,\1,p' |
        sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | gojq -r "$1"
}

@test "svg: each step tells what a socket has: addresses, then a pending error, until a call reports it" {
    needs_private_network
    run_talk udp connect:127.0.0.1:43211 send:g1 recv
    run steps '.steps[] | select(.lanes["0"]) | "\(.says): \(.lanes["0"] | map("\(.type) \(.local) \(.peer) \(.error)") | join(","))"'
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == "talk: socket UDP = 3: UDP null null null" ]]
    [[ ${lines[1]} =~ ^"talk: connect 127.0.0.1:43211 = 0 ".*": UDP 127.0.0.1:"[0-9]+" 127.0.0.1:43211 null"$ ]]
    [[ ${lines[2]} =~ "ICMP port unreachable".*" 127.0.0.1:43211 ECONNREFUSED"$ ]]
    [[ ${lines[3]} =~ "recv = -1 ECONNREFUSED".*" 127.0.0.1:43211 null"$ ]]
    [[ ${lines[4]} =~ "exit "[0-9]+": "$ ]]
    [ "${#lines[@]}" -eq 5 ]
}

@test "svg: an unconnected socket has no pending error, and its queue holds what was not received yet" {
    needs_private_network
    run_talk udp deadline:20 to:127.0.0.1:43211:g1 recv
    [ "$(steps '[.steps[].lanes["0"][]? | .error] | unique | tojson')" = '[null]' ]
    run_talk udp bind:127.0.0.1:43211 to:127.0.0.1:43211:one to:127.0.0.1:43211:two recv recv
    [ "$(steps '[.steps[].lanes["0"][]? | .queue | join(" ")] | unique | sort | .[]' | tr '\n' ';')" = ';"one";"one" "two";"two";' ]
}

@test "svg --narrow: sound XML, 360 wide, and no text beyond its edge" {
    waiting_client '<b>&"x'
    waiting_client a-second-client-with-a-long-name
    run "$SCOPE" draw --svg --narrow --title 'A < B' "$DIR"
    [ "$status" -eq 0 ]
    [[ $output == *'viewBox="0 0 360 '* ]]
    python3 - "$output" <<'END'
import sys, xml.dom.minidom, unicodedata
d = xml.dom.minidom.parseString(sys.argv[1]).documentElement
texts = [(int(t.getAttribute("x")), t.getAttribute("class"), t.firstChild.data) for t in d.getElementsByTagName("text")]
assert any('"十面"' in text for _, _, text in texts), texts
for x, style, text in texts:
    cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    assert x + cells * {"small": 6.7, "title": 8.5}.get(style, 7.82) <= 360, (x, text)
END
}

@test "wrong usage: every command tells how it is used, and exits with 2" {
    for command in calls capture events has draw run; do
        run "$SCOPE" "$command"
        [ "$status" -eq 2 ]
        [[ $output == "usage: sockscope $command"* ]]
        run "$SCOPE" "$command" --help
        [ "$status" -eq 0 ]
        [[ $output == "usage: sockscope $command"* ]]
    done
    run "$SCOPE" dance
    [ "$status" -eq 2 ]
    [[ $output == *"'dance' is not a command"* ]]
    run "$SCOPE" draw --width many "$DIR"
    [ "$status" -eq 2 ]
    [[ $output == *"'many' is not a width"* ]]
}

@test "a folder that is not there, that is none, that is empty" {
    run "$SCOPE" events "$DIR/no"
    [ "$status" -eq 1 ]
    [[ $output == *"cannot open recording '$DIR/no': No such file or directory"* ]]
    run "$SCOPE" events /etc/passwd
    [ "$status" -eq 1 ]
    [[ $output == *"'/etc/passwd' is not a recording"* ]]
    run "$SCOPE" draw "$DIR"
    [ "$status" -eq 1 ]
    [[ $output == *"nothing was recorded in '$DIR'"* ]]
}

@test "a foreign line among the calls is named, and the rest is kept" {
    waiting_client
    echo 'this is no call' >>"$DIR/client.calls"
    run --separate-stderr "$SCOPE" events "$DIR"

    [ "$status" -eq 1 ]
    [[ $stderr == *"client.calls: line 6 is not one that strace writes with times: 'this is no call'"* ]]
    [ "${#lines[@]}" -eq 6 ]
}

@test "a call that nobody knows is kept as it stands, on a socket" {
    echo '7 1700000000.000000000 frobnicate(3<UDP:[5]>, {weird=[1, 2]}, "a) = b") = 0 <0.000010000>' >"$DIR/x.calls"
    holds '.[1] | .name == "frobnicate" and .fd == 3 and .result == 0 and .socket.type == "UDP"'
}

@test "calls cut at any byte: nothing crashes, and what was whole is kept" {
    waiting_client
    local size before=0
    cp "$DIR/client.calls" "$BATS_TEST_TMPDIR/whole"
    size=$(stat -c %s "$BATS_TEST_TMPDIR/whole")
    for ((n = 1; n < size; n += 7)); do
        head -c "$n" "$BATS_TEST_TMPDIR/whole" >"$DIR/client.calls"
        run --separate-stderr "$SCOPE" events "$DIR"
        ((status <= 1))
        ((${#lines[@]} >= before))
        before=${#lines[@]}
    done
    cp "$BATS_TEST_TMPDIR/whole" "$DIR/client.calls"
    run --separate-stderr "$SCOPE" events "$DIR"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 6 ]
}

@test "a capture cut at any byte, and one that is none: named, and what was whole is kept" {
    needs_private_network
    run_talk udp connect:127.0.0.1:43211 send:g1 recv send:g2 recv
    local size
    cp "$DIR/talk.pcapng" "$BATS_TEST_TMPDIR/whole"
    size=$(stat -c %s "$BATS_TEST_TMPDIR/whole")
    for ((n = 4; n < size; n += 13)); do
        head -c "$n" "$BATS_TEST_TMPDIR/whole" >"$DIR/talk.pcapng"
        run --separate-stderr "$SCOPE" draw "$DIR"
        ((status <= 1))
        [[ $output == *ECONNREFUSED* ]]
    done
    head -c $((size - 60)) "$BATS_TEST_TMPDIR/whole" >"$DIR/talk.pcapng"
    run --separate-stderr "$SCOPE" events "$DIR"
    [ "$status" -eq 1 ]
    [[ $stderr == *"talk.pcapng: it was cut; "[1-4]" packets were read"* && $output == *'"proto":"UDP"'* ]]
    echo "no capture at all" >"$DIR/talk.pcapng"
    run --separate-stderr "$SCOPE" events "$DIR"
    [ "$status" -eq 1 ]
    [[ $stderr == *"it is neither a pcapng nor a pcap file"* ]]
}

@test "standard output that is full is told" {
    waiting_client
    run bash -c '"$SCOPE" events "$0" >/dev/full' "$DIR"
    [ "$status" -eq 1 ]
    [[ $output == *"No space left on device"* ]]
}

@test "the two parsers survive what a fuzzer makes of the seeds" {
    echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long s) { return d && s > 9 ? 0 : 0; }' >"$BATS_TEST_TMPDIR/t.c"
    clang -fsanitize=fuzzer,address -o "$BATS_TEST_TMPDIR/t" "$BATS_TEST_TMPDIR/t.c" 2>/dev/null ||
        skip "clang's libFuzzer is not installed (libclang-rt-dev)"
    run make --no-print-directory fuzz FUZZ_SECONDS=3 3>&-
    printf '%s\n' "$output" | tail -15
    [ "$status" -eq 0 ]
}

@test "every field of the event stream stands in EVENTS.md, and the version is the same" {
    needs_private_network
    run_talk udp deadline:10 connect:127.0.0.1:43211 send:$'\xff' recv dissolve to:127.0.0.1:9:x recv tcp \
        connect:127.0.0.1:9
    "$SCOPE" events "$DIR" | gojq -r '.. | objects | keys[]' | sort -u >"$BATS_TEST_TMPDIR/fields"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/fields")" -gt 35 ]
    while read -r field; do
        grep -q "\`$field\`" "$BATS_TEST_DIRNAME/../../tools/sockscope/EVENTS.md" ||
            { echo "not described: $field" && false; }
    done <"$BATS_TEST_TMPDIR/fields"
    grep -q "^# .*\`$(query '.[0].schema')\`" "$BATS_TEST_DIRNAME/../../tools/sockscope/EVENTS.md"
}

@test "the manual page is sound" {
    command -v man >/dev/null || skip "man is not installed"
    run man --warnings -l "$BATS_TEST_DIRNAME/../../tools/sockscope/sockscope.1"
    [ "$status" -eq 0 ]
    [[ $output != *warning* && $output == *"sockscope draw"* ]]
}

@test "the scene of TCP's and UDP's connect: the handshake stands before connect's return, FIN after it" {
    needs_private_network
    run "$BATS_TEST_DIRNAME/../bench/play" --ladder "$BATS_TEST_DIRNAME"/../02-*/scenes/02-tcp-beside-udp.bash
    printf '%s\n' "$output"

    order=$(printf '%s\n' "$output" |
        grep -oE 'TCP SYN |TCP SYN,ACK|TCP ACK|connect 127.0.0.1:43211 = 0|TCP FIN,ACK|nothing on the wire' | head -5 |
            paste -sd'|')
    [ "$order" = 'TCP SYN |TCP SYN,ACK|TCP ACK|connect 127.0.0.1:43211 = 0|TCP FIN,ACK' ]
    [[ $output == *"nothing on the wire"* ]]
}
