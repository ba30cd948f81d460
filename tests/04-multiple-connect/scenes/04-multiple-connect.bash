# One socket visits two servers, each from another port, and is nobody's at the end.
start_server server1 udpserver 127.0.0.1
start_server server2 udpserver 127.0.0.2
start client udpreconnect 127.0.0.1 127.0.0.2
type client "g1"
expect client "Hi, g1"
type client "g2"
expect client "Hi, g2"
finish client
