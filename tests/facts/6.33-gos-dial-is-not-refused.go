// 6.33 Go's Dial is not refused
// verdict  False
// text     Dial to a dead port: <nil>
//          ListenPacket, three times WriteTo a dead port: <nil> <nil> <nil>
// needs    loopback, go
package main

import (
	"fmt"
	"net"
)

func main() {
	_, err := net.Dial("udp", "127.0.0.1:7009")
	fmt.Println("Dial to a dead port:", err)

	unconnected, _ := net.ListenPacket("udp", "127.0.0.1:0")
	dead := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7009}
	fmt.Print("ListenPacket, three times WriteTo a dead port:")
	for i := 0; i < 3; i++ {
		_, err := unconnected.WriteTo([]byte("x"), dead)
		fmt.Print(" ", err)
	}
	fmt.Println()
}
