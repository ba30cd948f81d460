# An IPv4 server has the port, so a socket for both families cannot have it.
start_server old udpserver
start new udpdualserver
wait_for new
stop old
