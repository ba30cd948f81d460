# On a LAN, 1472 bytes fit into one packet, and 4000 bytes travel in three fragments, which the receiver's kernel joins.
host alice 10.0.0.1
host bob 10.0.0.2
on bob start_server collector udpcollector
on alice start sizes udpsizes 10.0.0.2
type sizes "1472"
expect collector "received 1024 of 1472 bytes: *"
type sizes "4000"
expect collector "received 1024 of 4000 bytes: *"
finish sizes
stop collector
