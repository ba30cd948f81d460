# Asked at 127.0.0.5, the server connects and answers from 127.0.0.1: the client's kernel refuses the answer.
start_server server udpconnectserver
UDPLAB_TIMEOUT_MS=500 start client udpconnectclient 127.0.0.5
type client "g1"
wait_for server
wait_for client
