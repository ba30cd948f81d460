# Nobody listens for the first line; then a server starts, and the second line arrives.
terminal server labs/06-pending-errors
terminal reporter labs/06-pending-errors
run reporter "UDPLAB_TIMEOUT_MS=500 ./udpreporter 127.0.0.1"
type reporter "m1"
expect reporter "a line up to 1 did not arrive: Connection refused (111)"

new_block reporter
run_server server "../01-unconnected-client/udpserver"
type reporter "m2"
expect reporter "send bytes: 2"
type reporter "m3"
expect reporter "send bytes: 2"
finish reporter
expect server "send bytes: 6"
expect server "send bytes: 6"
press_ctrl_c server
