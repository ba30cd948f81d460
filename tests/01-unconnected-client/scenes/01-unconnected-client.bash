# An unconnected client is served; then the server goes, and of the refusal that comes back it learns nothing.
start_server server udpserver
UDPLAB_TIMEOUT_MS=500 start client udpclient 127.0.0.1
type client "g1"
expect client "Hi, g1"
stop server
type client "g2"
wait_for client
