# Everybody on the LAN answers a question to everybody.
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on alice terminal alice .
on bob terminal bob .
on carol terminal carol .
run_server bob "labs/01-unconnected-client/udpserver"
run_server carol "labs/01-unconnected-client/udpserver"
run alice "labs/05-broadcast/udpbroadcast 10.0.0.255"
type alice "hello"
expect_all alice "10.0.0.2:43211: Hi, hello" "10.0.0.3:43211: Hi, hello"
run alice "labs/05-broadcast/udpbroadcast 255.255.255.255"
type alice "hello"
finish alice
expect bob "send bytes: 9"
expect carol "send bytes: 9"

press_ctrl_c bob
press_ctrl_c carol
