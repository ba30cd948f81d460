# A reporter hears each refusal before the next line, loses none that a server could have had, and waits for the last
# one.
UDPLAB_TIMEOUT_MS=100 start reporter udpreporter 127.0.0.1
type reporter "m1"
expect_complaint reporter "a line up to 1 did not arrive: Connection refused (111)"
start_server server udpserver
type reporter "m2"
expect server "received 2 bytes: m2"
finish reporter
stop server
