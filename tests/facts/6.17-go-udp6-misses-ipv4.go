// 6.17 Go's "udp6" misses IPv4
// verdict  True
// text     ListenPacket("udp6", ...), asked over IPv4: refused
//          over IPv6: heard
//          with IPV6_V6ONLY cleared in ListenConfig.Control, asked over IPv4: heard
// needs    loopback, IPv6, go
package main

import (
	"context"
	"fmt"
	"net"
	"syscall"
	"time"
)

// ask writes to the server, and says whether it was heard or refused.
func ask(address string, server net.PacketConn) string {
	client, _ := net.Dial("udp", address)
	fmt.Fprint(client, "x")
	client.SetReadDeadline(time.Now().Add(time.Second))
	heard := make(chan string, 2)
	go func() {
		if _, _, err := server.ReadFrom(make([]byte, 1)); err == nil {
			heard <- "heard"
		}
	}()
	go func() {
		if _, err := client.Read(make([]byte, 1)); err != nil && !err.(net.Error).Timeout() {
			heard <- "refused"
		}
	}()
	said := <-heard
	server.SetReadDeadline(time.Now()) // the reader, if any, is called back
	time.Sleep(10 * time.Millisecond)
	server.SetReadDeadline(time.Time{})
	return said
}

func main() {
	six, err := net.ListenPacket("udp6", "[::]:7001")
	if err != nil {
		panic(err)
	}
	fmt.Println(`ListenPacket("udp6", ...), asked over IPv4:`, ask("127.0.0.1:7001", six))
	fmt.Println("over IPv6:", ask("[::1]:7001", six))

	both := net.ListenConfig{Control: func(_, _ string, raw syscall.RawConn) error {
		return raw.Control(func(fd uintptr) {
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_IPV6, syscall.IPV6_V6ONLY, 0)
		})
	}}
	server, err := both.ListenPacket(context.Background(), "udp6", "[::]:7002")
	if err != nil {
		panic(err)
	}
	fmt.Println("with IPV6_V6ONLY cleared in ListenConfig.Control, asked over IPv4:", ask("127.0.0.1:7002", server))
}
