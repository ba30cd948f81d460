// 6.32 Go's error text
// verdict  True
// text     ReadFromUDP: read udp 127.0.0.1:7002->127.0.0.1:7009: recvfrom: connection refused
//          Read: read udp 127.0.0.1:7002->127.0.0.1:7009: read: connection refused
//          second Write: write udp 127.0.0.1:7002->127.0.0.1:7009: write: connection refused
// needs    loopback, go
package main

import (
	"fmt"
	"net"
)

func main() {
	there := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7009}
	here := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7002}
	client, err := net.DialUDP("udp", here, there)
	if err != nil {
		panic(err)
	}
	buffer := make([]byte, 1)

	client.Write([]byte("x"))
	_, _, err = client.ReadFromUDP(buffer)
	fmt.Println("ReadFromUDP:", err)
	client.Write([]byte("x"))
	_, err = client.Read(buffer)
	fmt.Println("Read:", err)
	client.Write([]byte("x"))
	_, err = client.Write([]byte("x"))
	fmt.Println("second Write:", err)
}
