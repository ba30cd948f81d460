# connect() puts three packets on the wire for TCP, and none for UDP.
start server talk tcp bind:127.0.0.1:43211 listen accept recv
await_call server 'listen(* = 0' "the server listens"
start TCP talk tcp connect:127.0.0.1:43211
wait_for TCP
wait_for server
start UDP talk udp connect:127.0.0.1:43211
wait_for UDP
