# Five sizes: one is cut by the collector's buffer, one is empty, one cannot be sent.
terminal collector labs/08-datagram-boundaries
terminal sizes labs/08-datagram-boundaries
run_server collector "./udpcollector | grep --line-buffered -oE '^.{1,50}'"
run sizes "./udpsizes 127.0.0.1"
type sizes "5"
expect sizes "5 bytes: 1 packet, *"
type sizes "2000"
expect sizes "2000 bytes: 1 packet, *"
type sizes "0"
expect sizes "0 bytes: 1 packet, *"
type sizes "65508"
expect sizes "65508 bytes: Message too long (90)"
type sizes "2"
expect sizes "2 bytes: 1 packet, *"
finish sizes
expect collector "received 2 bytes: xx"
press_ctrl_c collector
