// 6.16 Go listens on both by default
// verdict  False
// text     ListenUDP("udp", ...) is at: [::]:7001
//          over IPv4 it hears: over IPv4
//          over IPv6 it hears: over IPv6
// needs    loopback, IPv6, go
package main

import (
	"fmt"
	"net"
)

func main() {
	server, err := net.ListenUDP("udp", &net.UDPAddr{Port: 7001})
	if err != nil {
		panic(err)
	}
	fmt.Println(`ListenUDP("udp", ...) is at:`, server.LocalAddr())
	buffer := make([]byte, 100)
	for _, try := range [][2]string{{"IPv4", "127.0.0.1:7001"}, {"IPv6", "[::1]:7001"}} {
		client, _ := net.Dial("udp", try[1])
		fmt.Fprint(client, "over "+try[0])
		n, _, _ := server.ReadFromUDP(buffer)
		fmt.Printf("over %s it hears: %s\n", try[0], buffer[:n])
	}
}
