// 6.38 Written is not received
// verdict  True
// text     WriteTo a dead port: <nil>
//          Read with a deadline: i/o timeout
//          a second Read, the deadline not renewed: i/o timeout, at once: yes
//          one buffer for two datagrams, the first kept without a copy: other
//          copied: first
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
	_, err := socket.WriteTo([]byte("x"), &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7009})
	fmt.Println("WriteTo a dead port:", err)

	buffer := make([]byte, 65536)
	socket.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, err = socket.Read(buffer)
	fmt.Println("Read with a deadline:", timeout(err))
	begin := time.Now()
	_, err = socket.Read(buffer)
	fmt.Printf("a second Read, the deadline not renewed: %v, at once: %s\n",
		timeout(err), yes(time.Since(begin) < 40*time.Millisecond))

	// Two datagrams for a worker that looks at them later.
	socket.SetReadDeadline(time.Time{})
	var kept, copied []byte
	for i, text := range []string{"first", "other"} {
		socket.WriteTo([]byte(text), socket.LocalAddr())
		n, _ := socket.Read(buffer)
		if i == 0 {
			kept, copied = buffer[:n], append([]byte(nil), buffer[:n]...)
		}
	}
	fmt.Printf("one buffer for two datagrams, the first kept without a copy: %s\n", kept)
	fmt.Printf("copied: %s\n", copied)
}

func timeout(err error) string {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "i/o timeout"
	}
	return fmt.Sprint(err)
}

func yes(itIs bool) string {
	if itIs {
		return "yes"
	}
	return "no"
}
