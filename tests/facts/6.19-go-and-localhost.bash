# 6.19 Which address Go takes for localhost
# verdict  False
# text     hosts: ::1 localhost, 127.0.0.1 localhost
#          ResolveUDPAddr: 127.0.0.1:7001, Dial: [::1]:7001, an IPv4 server: nothing
#          hosts: 127.0.0.1 localhost
#          ResolveUDPAddr: 127.0.0.1:7001, Dial: 127.0.0.1:7001, an IPv4 server: heard
# needs    network, IPv6, go

# shellcheck shell=bash
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/dial.go" <<'END'
package main

import (
	"fmt"
	"net"
	"time"
)

func main() {
	server, _ := net.ListenPacket("udp4", "127.0.0.1:7001")
	resolved, _ := net.ResolveUDPAddr("udp", "localhost:7001")
	client, err := net.Dial("udp", "localhost:7001")
	if err != nil {
		panic(err)
	}
	fmt.Fprint(client, "x")
	heard := "heard"
	server.SetReadDeadline(time.Now().Add(400 * time.Millisecond))
	if _, _, err := server.ReadFrom(make([]byte, 1)); err != nil {
		heard = "nothing"
	}
	fmt.Printf("ResolveUDPAddr: %v, Dial: %v, an IPv4 server: %s\n", resolved, client.RemoteAddr(), heard)
}
END
go build -o "$folder/dial" "$folder/dial.go"

# A hosts file of our own, for this probe alone.
with_hosts() {
    printf '%s\n' "$@" >"$folder/hosts"
    mount --bind "$folder/hosts" /etc/hosts
    printf 'hosts: %s\n' "$(paste -sd, /etc/hosts | sed 's/,/, /g')"
    "$folder/dial"
    umount /etc/hosts
}
with_hosts "::1 localhost" "127.0.0.1 localhost"
with_hosts "127.0.0.1 localhost"
