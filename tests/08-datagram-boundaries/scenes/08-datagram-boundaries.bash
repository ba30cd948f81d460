# Four sizes, four datagrams: one is cut by a buffer of 1024 bytes, and an empty one is not the end.
start_server collector udpcollector
start sizes udpsizes 127.0.0.1
type sizes "5"
expect collector "received 5 bytes: xxxxx"
type sizes "2000"
expect collector "received 1024 of 2000 bytes: *"
type sizes "0"
expect collector "received 0 bytes:"
type sizes "2"
expect collector "received 2 bytes: xx"
finish sizes
stop collector
