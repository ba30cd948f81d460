# The first client has the server for itself, until it says goodbye.
terminal server labs/03-connect-on-first-packet-server
terminal client1 labs/02-connected-client
terminal client2 labs/02-connected-client
run_server server "./udpconnectserver"
run client1 "./udpconnectclient 127.0.0.1"
type client1 "g1"
expect client1 "Hi, g1"

run client2 "./udpconnectclient 127.0.0.1"
type client2 "g2"
finish client2

new_block client1
type client1 "g3"
expect client1 "Hi, g3"
type client1 "goodbye"
