# Two threads sleep in recv: close in another thread wakes nobody, and shutdown says ENOTCONN and wakes its sleeper.
start closer talk udp bind:127.0.0.1:43211 thread line close join
await_call closer 'recvfrom(3' "its thread sleeps in recv"
start shutter talk udp bind:127.0.0.1:43212 thread line shutdown join
await_call shutter 'recvfrom(3' "its thread sleeps in recv"
type closer ""
await_call closer 'close(3' "it closes the socket"
type shutter ""
wait_for shutter
stop closer
