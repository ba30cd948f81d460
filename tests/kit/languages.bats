# The page "In your language": its programs are the files, and they call what the page says.
bats_require_minimum_version 1.5.0

load copies

setup() {
    cd "$TOP" || return
}

# block KIND FILE <PAGE: what stands in the page's block of that comment.
block() {
    awk -v comment="<!-- $1 $2 -->" '$0 == comment { here = 1; next } here && /^```/ { if (inside) exit; inside = 1; next } inside' docs/languages.md
}

# check FILE COMMAND: runs that program again, and compares the page with it.
check() {
    diff <(block program "$1") "docs/languages/$1"
    command -v "$2" >/dev/null || skip "$2 is not installed"
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    printf '<!-- calls %s -->\n```\n```\n' "$1" >"$BATS_TEST_TMPDIR/page"
    docs/languages/page <"$BATS_TEST_TMPDIR/page" >"$BATS_TEST_TMPDIR/now"
    diff <(block calls "$1") <(sed '1,2d; $d' "$BATS_TEST_TMPDIR/now")
}

@test "C: the client is refused as the page shows" {
    check client.c gcc
}

@test "Go: the client is refused as the page shows" {
    check client.go go
}

@test "Python: the client is refused as the page shows" {
    check client.py python3
}

@test "Node: the client is refused as the page shows" {
    check client.js node
}

@test "Java: the client is refused as the page shows" {
    check Client.java javac
}

@test "Rust: the client is refused as the page shows" {
    check client.rs rustc
}

@test "Perl: the client is refused as the page shows" {
    check client.pl perl
}

@test "each client prints the server's reply when there is one" {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
    command -v python3 >/dev/null || skip "python3 is not installed"
    # shellcheck disable=SC2016  # the inner shell expands it
    run -0 unshare -Urnmpf --kill-child --mount-proc bash -c '
        ip link set lo up
        coproc { exec python3 -c "
import socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((\"127.0.0.1\", 43211))
print(\"ready\", flush=True)
while True:
    text, who = server.recvfrom(4096)
    server.sendto(b\"Hi, \" + text, who)"; }
        read -r -u "${COPROC[0]}"
        gcc -o "$1/c" docs/languages/client.c && "$1/c"
        for client in "python3 docs/languages/client.py" "node docs/languages/client.js" \
            "perl docs/languages/client.pl"; do
            ! command -v "${client%% *}" >/dev/null || $client
        done
        ! command -v go >/dev/null ||
            { GOCACHE=$PWD/build/facts/go go build -o "$1/go" docs/languages/client.go && "$1/go"; }
        ! command -v javac >/dev/null ||
            { javac -d "$1" docs/languages/Client.java && java -cp "$1" Client; }' bash "$BATS_TEST_TMPDIR"
    [ "$(grep -cx 'Hi, hello' <<<"$output")" -ge 2 ]
    [ "$(sort -u <<<"$output")" = "Hi, hello" ]
}

@test "the times of dialling can be measured again, in C and where it is installed in Go" {
    local languages='c: first +[0-9.]+, middle +[0-9.]+'
    ! command -v go >/dev/null || languages="go: first +[0-9.]+, middle +[0-9.]+   $languages"
    run -0 docs/languages/dial
    [ "$(grep -cE "^(udp|unixgram|tcp|unix) +$languages\$" <<<"$output")" -eq 4 ]
}
