# 6.37 What Go calls
# verdict  True
# text     socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP)
#          setsockopt(SO_BROADCAST)
#          connect(127.0.0.1:7009)
#          getsockname
#          getpeername
#          write
#          recvfrom
# needs    loopback, go, strace

# shellcheck shell=bash
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/client.go" <<'END'
package main

import "net"

func main() {
	client, _ := net.DialUDP("udp", nil, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7009})
	client.Write([]byte("x"))
	client.ReadFromUDP(make([]byte, 1))
}
END
go build -o "$folder/client" "$folder/client.go"
strace -qq -f -e trace=network,write -o "$folder/calls" "$folder/client" || { tail -n 1 "$folder/calls" >&2; exit 77; }

# From the first call on a socket for UDP: those before ask which families there are.
sed -E 's/^[0-9]+ +//' "$folder/calls" | sed -nE '
    /^socket\(AF_INET, SOCK_DGRAM/,$ {
        /^socket/ { s/ = .*//; p }
        s/^setsockopt.*(SO_BROADCAST).*/setsockopt(\1)/p
        s/^connect.*htons\(([0-9]+)\).*inet_addr\("([^"]*)"\).*/connect(\2:\1)/p
        s/^(getsockname|getpeername|write|recvfrom)\(.*/\1/p
    }'
