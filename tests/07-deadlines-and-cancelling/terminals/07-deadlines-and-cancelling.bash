# The server is stopped with Ctrl-Z while three questions are asked, and goes on for the fourth.
terminal server labs/01-unconnected-client
terminal client labs/07-deadlines-and-cancelling
run_server server "./udpserver"
run client "UDPLAB_TIMEOUT_MS=4000 ./udpecho 127.0.0.1"
type client "g1"
expect client "Hi, g1"
expect server "send bytes: 6"
pause server
type client "g2"
expect client "no answer within 4000 ms"
type client "g3"
expect client "send bytes: 2"
type client "."
expect client "cancelled"
resume server
type client "g4"
expect client "Hi, g4"
finish client
for _ in {2..6}; do
    expect server "send bytes: 6"
done
press_ctrl_c server
