# Likely causes where the program is a client that sends each line of its input to one server and prints the reply.

def ends_with_nul: . // "" | explode[-1:] == [0];
def unended: .finished == false or .errno == "ERESTARTSYS";

# One client: its calls, those of them on UDP sockets, what it read and complained of, and how it ended.
def client($lane; $tasks):
  [.[] | select(.lane == $lane)] as $mine
  | [$mine[] | select(.kind == "call")] as $calls
  | [$calls[] | select(on_udp)] as $udp
  | { $tasks, $calls, $udp,
      connects: [$udp[] | select(.action == "connect")],
      sends: [$udp[] | select(.action == "send")],
      sockets: [$udp[] | select(.name == "socket")] | length,
      typed: ($calls | typed), complaint: ($calls | written(2)),
      status: ($mine | map(select(.kind == "exit")) | .[0].status) };

# --- the socket and its peer --------------------------------------------------------------------------------------

def wrong_address:
  first(.udp[] | select(.action | IN("send", "connect")) | .to // empty | select(endswith(":43211") | not));

def address_cause:
  wrong_address
  | if . == "AF_UNSPEC" then "the address of the server has no family: sin_family is to be AF_INET" else wrong_port end;

# connect was the last call, and no line was read: the program ended there.
def gave_up_at_connect:
  .connects[-1].t as $t
  | .status != null and (.udp[-1] // {} | .action == "connect" and .result == 0) and all(.calls[]; .t < $t or .name != "read");

def socket_cause($expected):
  if any(.calls[]; .name == "socket" and .socket.type == "TCP") then
    "this is a TCP socket, and the server's is UDP: SOCK_DGRAM makes a UDP socket"
  elif any(.calls | spinning; true) then
    .calls | first(spinning) | "\(.action) reported \(.errno) thousands of times: the program spins, and neither waits nor gives up"
  elif any(.udp[]; .option == "IP_RECVERR") then
    "IP_RECVERR asks for the refusals that an unconnected socket is not told of: without it they are dropped"
  elif any(.udp[]; .action == "bind" and .errno == "EADDRINUSE" and (.to // "" | endswith(":43211") | not)) then
    "another client has this port already. A client needs no fixed port: without bind the kernel chooses a free one"
  elif ($expected | test("calls (socket|connect), once")) and .sockets > 1 then
    "a new socket for each line: one socket can send and receive as often as one likes"
  elif any(.udp[]; .option == "SO_ERROR") and ($expected | contains("ECONNREFUSED")) then
    "getsockopt SO_ERROR took the refusal away: it is reported once, to the call that asks first"
  else empty end;

def peer_cause($expected):
  .sends[0].t as $sent
  | ([.calls[] | select(.name == "read" and .fd == 0)] | first.t) as $read
  | if .connects != [] and ($expected | test("never calls (connect|recv failing)|recvfrom failed: Resource")) then
      "the program calls connect: UDP needs none, and the socket now hears its peer only, and its refusals"
    elif gave_up_at_connect then
      "connect returned 0, which is success, and the program took it for a failure"
    elif .tasks.connect != null and .connects == [] and $sent != null
        and ($expected | test("calls (connect|recv failing)|without an address|does not print")) then
      "the program never calls connect: its socket has no peer, and a refusal is for a socket with a peer only"
    elif .connects != [] and $sent != null and $sent < .connects[0].t then
      "the first datagram left before connect: the peer is to be fixed first, once for all lines"
    elif $sent != null and $read > $sent then
      "a datagram left before the first line was read: it gets a reply (or a refusal) too, and the next recv takes that one"
    elif ($expected | contains("calls connect, once")) and (.connects | length) > 1 then
      "connect is called again for each line: once, before the loop, is enough"
    elif .connects != [] and .sockets > 1 and any(.sends[]; .socket.peer == null and .to != null) then
      "connect fixed the peer of another socket: the one that sends and receives was never connected"
    else empty end;

# --- what it sends ------------------------------------------------------------------------------------------------

# Lines of which exactly the bytes before a NUL byte were sent.
def sent_up_to_nul:
  [.sends[] | select(succeeded) | .payload] as $sent
  | select(all($sent[]; has_nul | not))
  | .typed | split("\n")[] | select(has_nul) | split("\u0000")[0] | select(IN($sent[]));

# The program ended well, and sent fewer datagrams than there were lines, and none of no bytes.
def left_out_empty_line:
  (.typed | test("^\n|\n\n")) and .status == 0 and all(.sends[]; succeeded and .result != 0)
  and (.sends | length) < (.typed | split("\n") | length - 1);

# More datagrams than lines, and some of them alike. (A long line becomes several.)
def sent_again:
  (.typed | length) < 4095 and (.sends | length) > (.typed | split("\n") | length - 1)
  and (.sends | map(.payload) | unique | length) < (.sends | length);

def sending_cause($expected):
  if .complaint != "" and (.udp[-1] // {} | .action == "send" and .result == 0) then
    "a call that returned 0 has not failed: an empty datagram has the length 0, and 0 is no error"
  elif ($expected | test("with(out)? an address")) and any(.sends[]; .to != null) then
    "the peer is fixed by connect, so send needs no address; sendto with one overrides the peer"
  elif any(.sends[]; succeeded and .result >= 4096 and (.payload[:-1] | has_nul)) then
    "the whole buffer was sent, whatever stood in it: the line has only `length` bytes"
  elif any(.sends[]; succeeded and (.payload | ends_with_nul)) and (.typed | split("\n") | all(ends_with_nul | not)) then
    "the datagram ends with a NUL byte that the line does not have: send `length` bytes, not one more"
  elif any(sent_up_to_nul; true) then
    "the line was sent up to its NUL byte only: read_line tells the length, and strlen stops at the first NUL"
  elif left_out_empty_line then
    "nothing was sent for an empty line: read_line returns 0 for it, and -1 at the end of the input"
  elif sent_again then
    "the same datagram was sent more than once: one line is one datagram, and its reply may come late or never"
  elif .status == 0 and (.typed | length) >= 4096 and (.sends | map(.result // 0) | add) < (.typed | gsub("\n"; "") | length) then
    "some bytes of the input were never sent: a long line comes from read_line in pieces, and each is a datagram"
  else empty end;

# --- what it receives ---------------------------------------------------------------------------------------------

# What was printed right after a datagram had been received begins with it, and goes on with the bytes that an earlier
# one left there.
def stale:
  (.calls | map(select(.action == "recv" or .fd == 1))) as $mine
  | range(1; $mine | length) as $i
  | $mine[$i - 1] | select(.action == "recv" and succeeded and .payload != "") | .payload as $got
  | $mine[$i] | select(.fd == 1) | .payload // "" | select(startswith($got)) | .[$got | length:]
  | select(length > 1) | rtrimstr("\n") as $rest
  | select(any($mine[:$i - 1][]; .action == "recv" and (.payload // "" | .[$got | length:] | startswith($rest))));

# A datagram of which only the beginning was received: whatever was sent until then and begins so was longer.
def cut($events):
  .udp[] | select(.action == "recv" and succeeded) | . as $got | .payload // "" | . as $begin
  | [$events[] | select(.kind == "call" and .lane != $got.lane and .action == "send" and .t < $got.t + $got.seconds)
      | select(.payload // "" | startswith($begin)) | .bytes]
  | select(length > 0 and min > $got.result) | {sent: .[-1], room: $got.result};

# A reply that came from where the line had been sent, and was not printed: the program received again.
def passed_over:
  [.sends[] | .to, .socket.peer | strings] as $servers
  | [.calls[] | select(.name | IN("poll", "ppoll", "select", "pselect6", "epoll_wait") | not)] as $calls
  | first(range(1; $calls | length) as $i | select($calls[$i] | .action == "recv")
      | $calls[$i - 1] | select(.action == "recv" and succeeded and (.flags // "" | contains("MSG_PEEK") | not))
      | .from // .socket.peer // empty | select(IN($servers[])));

# A call that waited for the deadline in vain, and was called again.
def asked_again:
  [.udp[] | select(.action | IN("send", "recv"))] as $calls
  | first(range(1; $calls | length) as $i | select($calls[$i] | .action == "recv")
      | $calls[$i - 1] | select(.action == "recv" and .errno == "EAGAIN" and (.flags // "" | contains("MSG_DONTWAIT") | not)));

def receiving_cause($events):
  if any(stale; true) then
    "what is printed goes on with the rest of an earlier message: close the received bytes with a NUL byte"
  elif any(cut($events); true) then
    first(cut($events)) | "the datagram was longer than the room for it: \(.room) of \(.sent) bytes came, the rest is lost"
      + (if .room | IN(7, 8) then ". Was the room the sizeof of a pointer?" else "" end)
  elif any(asked_again; true) then
    "\(asked_again.name) returned -1 (EAGAIN: nothing came in time), and the program called it again: tell the error, and end"
  elif (.complaint | contains("Connection refused")) and all(.udp[]; .errno != "ECONNREFUSED") then
    "the program says Connection refused, and no call reported that: print the errno of recv (EAGAIN: nothing came in time)"
  elif .complaint == "" and .status == 0 and any(.udp[]; .action == "recv" and (.errno | IN("ECONNREFUSED", "EAGAIN"))) then
    .calls | failed_receive(["ECONNREFUSED", "EAGAIN"])
  else empty end;

def believing_cause:
  passed_over
  | "the reply came from \(.), the server, and was passed over: the loop's condition is the wrong way round, or compares something else";

def deadline_cause:
  if (.udp[-1] // {} | .action == "recv" and unended) and all(.udp[]; .option != "SO_RCVTIMEO") then
    "nothing comes, and the program waits without a deadline: set_receive_deadline gives the socket one"
  else empty end;

# Everything went well but the exit status; or an error was told, and the status does not say so.
def status_cause($expected):
  if ($expected | endswith("exits with status 0")) and .status != 0 and .complaint == "" and all(.udp[]; .errno == null) then
    "no call failed, and the exit status is \(.status): what does main return?"
  elif ($expected | endswith("exits with status 1")) and .status == 0 and .complaint != "" then
    "an error was told, and the exit status is 0: the first argument of error is the status"
  else empty end;

# $tasks: the numbers of the handout's tasks, by what they are about: connect, send, receive, believe.
def client_cause($tasks):
  . as $events
  | .[] | select(.kind == "start" and is_answer) | .lane as $lane
  | $events | client($lane; $tasks)
  | first(address_cause, socket_cause($expected),
      (peer_cause($expected) | of_task($tasks.connect)),
      (sending_cause($expected) | of_task($tasks.send)),
      (believing_cause | of_task($tasks.believe)),
      (receiving_cause($events) | of_task($tasks.receive)),
      deadline_cause, status_cause($expected));
