# Every member of a group answers a question to the group.
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on alice terminal alice .
on bob terminal bob .
on carol terminal carol .
run_server bob "labs/05-broadcast/udpgroupserver 239.1.2.3"
run_server carol "labs/05-broadcast/udpgroupserver 239.1.2.3"
run alice "labs/05-broadcast/udpmulticast 239.1.2.3"
type alice "hello"
finish alice
expect bob "send bytes: 9"
expect carol "send bytes: 9"

press_ctrl_c bob
press_ctrl_c carol
