# What labs rely on in the given server: it answers whoever asks, whatever the message holds, one after the other.

load ../bench/bench

SERVER=127.0.0.1:43211

a_server() {
    start_server server udpserver "$@"
}

# ask NAME TEXT: a peer of that name sends TEXT, and the server's answer comes back to it.
ask() {
    [[ -v PROGRAM[$1] ]] || start "$1" peer
    type "$1" "send $SERVER $2"
    expect "$1" "sent ${#2} bytes"
    type "$1" "receive"
    expect "$1" "received Hi, $2 from $SERVER"
}

repeat() {
    printf "$1%.0s" $(seq "$2")
}

@test "it answers, and prints what it received and sent" {
    a_server
    ask client "g1"
    expect server "received 2 bytes: g1"
    expect server "send bytes: 6"
    interrupt server

    expect_status server 130
    expect_no_error server
}

@test "a shorter message follows a longer one, and nothing of that one is left" {
    a_server
    ask client "hello world"
    ask client "hi"
    expect server "received 2 bytes: hi"
    expect server "send bytes: 6"
}

@test "two clients are answered in turn, each its own message" {
    a_server
    ask alice "g1"
    ask bob "h1"
    ask alice "g2"
}

@test "a datagram of 4096 bytes is answered whole, a longer one is cut there" {
    a_server
    ask client "$(repeat x 4096)"
    expect server "send bytes: 4100"
    type client "send $SERVER $(repeat y 5000)"
    type client "receive"
    expect client "received Hi, $(repeat y 4096) from $SERVER"
    ask client "g1"
}

@test "NUL bytes are answered as they came" {
    a_server
    start client peer
    printf 'send %s a\0b\n' "$SERVER" >&"${IN[client]}"
    expect client "sent 3 bytes"
    expect server "received 3 bytes: a"
    expect server "send bytes: 7"
}

@test "an empty datagram is answered, and is not the end" {
    a_server
    start client peer
    type client "send $SERVER "
    type client "receive"
    expect client "received Hi,  from $SERVER"
    expect server "received 0 bytes:"
    expect server "send bytes: 4"
    ask client "g1"
}

@test "a client that is gone before the answer does not stop it" {
    a_server
    pause server
    start client peer
    type client "send $SERVER g1"
    type client "close"
    expect client "closed"
    resume server
    expect server "send bytes: 6"
    ask client "g2"
}

@test "with an address it listens there only" {
    needs_private_network
    a_server 127.0.0.5
    SERVER=127.0.0.5:43211
    ask client "g1"
    start another peer
    type another "bind 127.0.0.1:43211"
    expect another "bound 127.0.0.1:43211"
}

@test "a second one says that the address is in use" {
    a_server
    start second udpserver
    wait_for second

    expect_error second "bind failed: Address already in use (98)"
    expect_status second 1
}

@test "an address of another machine cannot be bound" {
    start server udpserver 192.0.2.1
    wait_for server

    expect_error server "bind failed: Cannot assign requested address (99)"
    expect_status server 1
}

@test "what is not an address is named, and too many arguments get the usage" {
    start server udpserver 999.1.1.1
    wait_for server
    expect_error server "'999.1.1.1' is not an IPv4 address (four numbers from 0 to 255, such as 127.0.0.1)"
    expect_status server 2

    start other udpserver 127.0.0.1 127.0.0.2
    wait_for other
    expect_error other "usage: $(program_path udpserver) [IPaddress]"
    expect_status other 2
}
