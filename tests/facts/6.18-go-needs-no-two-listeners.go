// 6.18 Two families need no two listeners
// verdict  False
// text     ListenPacket("udp4", ":7001"): <nil>
//          ListenPacket("udp6", ":7001"), the same port, without SO_REUSEPORT: <nil>
//          ListenPacket("udp", ":7002"), one for both: <nil>
// needs    loopback, IPv6, go
package main

import (
	"fmt"
	"net"
)

func main() {
	_, err := net.ListenPacket("udp4", ":7001")
	fmt.Println(`ListenPacket("udp4", ":7001"):`, err)
	_, err = net.ListenPacket("udp6", ":7001")
	fmt.Println(`ListenPacket("udp6", ":7001"), the same port, without SO_REUSEPORT:`, err)
	_, err = net.ListenPacket("udp", ":7002")
	fmt.Println(`ListenPacket("udp", ":7002"), one for both:`, err)
}
