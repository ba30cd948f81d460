// 6.35 Connecting a listening socket in Go
// verdict  True, but
// text     Write before: destination address required
//          connect by SyscallConn: <nil>
//          Write after: <nil>, the server hears: x
//          RemoteAddr: <nil>
//          WriteTo on a dialled socket: use of WriteTo with pre-connected connection
// needs    loopback, go
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// reason is an error without the addresses that Go puts before it.
func reason(err error) error {
	var operation *net.OpError
	var call *os.SyscallError
	if errors.As(err, &operation) {
		err = operation.Err
	}
	if errors.As(err, &call) {
		err = call.Err
	}
	return err
}

func main() {
	server, _ := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7001})
	listener, _ := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	_, err := listener.Write([]byte("x"))
	fmt.Println("Write before:", reason(err))

	raw, _ := listener.SyscallConn()
	raw.Control(func(fd uintptr) {
		err = syscall.Connect(int(fd), &syscall.SockaddrInet4{Port: 7001, Addr: [4]byte{127, 0, 0, 1}})
	})
	fmt.Println("connect by SyscallConn:", err)

	_, err = listener.Write([]byte("x"))
	buffer := make([]byte, 10)
	n, _, _ := server.ReadFromUDP(buffer)
	fmt.Printf("Write after: %v, the server hears: %s\n", err, buffer[:n])
	fmt.Println("RemoteAddr:", listener.RemoteAddr())

	dialled, _ := net.DialUDP("udp4", nil, server.LocalAddr().(*net.UDPAddr))
	_, err = dialled.WriteTo([]byte("x"), server.LocalAddr())
	fmt.Println("WriteTo on a dialled socket:", reason(err))
}
