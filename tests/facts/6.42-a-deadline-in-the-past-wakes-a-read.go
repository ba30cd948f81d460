// 6.42 A deadline in the past wakes a Read in Go
// verdict  Worth knowing
// text     a Read that sleeps, then a deadline that is over: i/o timeout
//          the next Read, with that deadline: i/o timeout
//          without a deadline again: late
// needs    loopback, go
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

func main() {
	socket, _ := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7001})
	said := make(chan string)
	go func() {
		said <- read(socket)
	}()
	time.Sleep(50 * time.Millisecond) // if Read has not begun yet, it will not sleep: the outcome is the same
	socket.SetReadDeadline(time.Now())
	fmt.Println("a Read that sleeps, then a deadline that is over:", <-said)
	socket.WriteTo([]byte("late"), socket.LocalAddr())
	fmt.Println("the next Read, with that deadline:", read(socket))
	socket.SetReadDeadline(time.Time{})
	fmt.Println("without a deadline again:", read(socket))
}

func read(socket *net.UDPConn) string {
	buffer := make([]byte, 10)
	n, err := socket.Read(buffer)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "i/o timeout"
	}
	return string(buffer[:n])
}
