# A connected client without a server is refused at once.
start client udpconnectclient 127.0.0.1
type client "g1"
wait_for client
