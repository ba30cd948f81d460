# A question is answered, one is asked four times and given up, and one is cancelled with a dot while it waits.
start server talk udp bind:127.0.0.1:43211 "reply:Hi, g1" line
await_call server 'bind(* = 0' "the server binds its socket"
UDPLAB_TIMEOUT_MS=4000 start client udpecho 127.0.0.1
type client "g1"
expect client "Hi, g1"
type client "g2"
expect_complaint client "no answer within 4000 ms"
type client "g3"
type client "."
expect client "cancelled"
finish client
finish server
