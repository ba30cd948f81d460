# A server that connects has one client: a second one is refused by a server that lives.
start_server server udpconnectserver
UDPLAB_TIMEOUT_MS=500 start client1 udpconnectclient 127.0.0.1
type client1 "g1"
expect server "send bytes: 6"
expect client1 "Hi, g1"
start client2 udpconnectclient 127.0.0.1
type client2 "g2"
wait_for client2
type client1 "g3"
expect server "send bytes: 6"
expect client1 "Hi, g3"
type client1 "goodbye"
wait_for server
wait_for client1
