# One server, asked over IPv6 and over IPv4.
terminal server labs/09-two-address-families
terminal client labs/09-two-address-families
run_server server "./udpdualserver"
run client "./udpdualclient ::1 127.0.0.1 <<<g1"
expect client "Hi, g1"
run client "./udpdualclient 127.0.0.1 ::1 <<<g2"
expect client "Hi, g2"
expect server "send bytes: 6"
expect server "send bytes: 6"
press_ctrl_c server
