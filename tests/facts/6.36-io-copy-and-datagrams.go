// 6.36 io.Copy and datagrams
// verdict  True, but
// text     100000 bytes of a file: <nil>, datagrams: 32768 32768 32768 1696
//          100000 bytes of a bytes.Reader: message too long, datagrams: none
// needs    loopback, go
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

func main() {
	server, _ := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7001})
	server.SetReadBuffer(1 << 20)
	client, _ := net.Dial("udp4", "127.0.0.1:7001")
	data := make([]byte, 100000)

	file, _ := os.CreateTemp("", "fact")
	defer os.Remove(file.Name())
	file.Write(data)
	file.Seek(0, io.SeekStart)
	copied("a file", client, server, file)
	copied("a bytes.Reader", client, server, bytes.NewReader(data))
}

func copied(what string, client net.Conn, server *net.UDPConn, from io.Reader) {
	_, err := io.Copy(client, from)
	if errors.Is(err, syscall.EMSGSIZE) {
		err = syscall.EMSGSIZE
	}
	var sizes []string
	buffer := make([]byte, 70000)
	server.SetReadDeadline(time.Now().Add(400 * time.Millisecond))
	for {
		n, _, err := server.ReadFromUDP(buffer)
		if err != nil {
			break
		}
		sizes = append(sizes, fmt.Sprint(n))
	}
	if sizes == nil {
		sizes = []string{"none"}
	}
	fmt.Printf("100000 bytes of %s: %v, datagrams: %s\n", what, err, strings.Join(sizes, " "))
}
