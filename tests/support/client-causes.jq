# Likely causes where the program is a client that sends each line of its input to one server and prints the reply.
include "recording";

def is_client: (.program // "") | endswith("/udpclient") or endswith("/udpconnectclient");

# What came from standard input, and what went to standard output (1) or error (2).
def typed: map(select(.name == "read" and .fd == 0) | .payload // "") | add // "";
def written($fd): map(select(.name == "write" and .fd == $fd) | .payload // "") | add // "";

# (contains stops at a NUL byte.)
def has_nul: . // "" | explode | index(0) != null;
def succeeded: .result != null and .result >= 0;
def unended: .finished == false or .errno == "ERESTARTSYS";

# One error that comes back hundreds of times, though a call was asked to wait.
def spinning:
  map(select(.socket != null and .errno != null)) | group_by([.name, .errno])[] | select(length > 200) | .[0];

# What was printed right after a datagram had been received begins with it, and goes on with older bytes.
def stale($calls):
  ($calls | map(select(action == "recv" or .fd == 1))) as $mine
  | range(1; $mine | length) as $i
  | $mine[$i - 1] | select(action == "recv" and succeeded and .payload != "") | .payload as $got
  | $mine[$i] | select(.fd == 1) | .payload // "" | select(startswith($got)) | .[$got | length:]
  | select(length > 1) | rtrimstr("\n") as $rest
  | select(any($mine[:$i - 1][]; action == "recv" and (.payload // "" | endswith($rest))));

# A datagram of which only the beginning was received.
def cut($events; $calls):
  $calls[] | select(action == "recv" and succeeded and .result > 100) | . as $got
  | $events[] | select(.kind == "call" and .lane != $got.lane and action == "send" and .result > $got.result)
  | select(.payload // "" | startswith($got.payload)) | {sent: .result, got: $got.result};

# Of one client: all its events ($mine), its calls, those of them on UDP sockets, and how it ended.
def client_story($events; $mine; $calls; $udp; $status; $expected):
  ($udp | map(select(action == "connect"))) as $connects
  | ($udp | map(select(action == "send"))) as $sends
  | ($calls | typed) as $typed
  | ($calls | written(2)) as $complaint
  | ([$calls[] | select(.name == "read" and .fd == 0)] | first) as $first_read
  | if any($udp[]; .to // "" | endswith(":52136")) then
      "port 52136 is 43211 with its two bytes exchanged: the port goes into an address as htons(SERV_PORT)"
    elif any($calls[]; .name == "socket" and .socket.type == "TCP") then
      "this is a TCP socket, and the server's is UDP: SOCK_DGRAM makes a UDP socket"
    elif any($calls | spinning; true) then
      ($calls | first(spinning)) | "\(action) reported \(.errno) thousands of times: the program spins, and neither waits nor gives up"
    elif any($udp[]; .option == "IP_RECVERR") then
      "IP_RECVERR asks for the refusals that an unconnected socket is not told of: without it they are dropped"
    elif $connects != [] and ($expected | contains("never calls connect")) then
      "the program calls connect: UDP needs none, and the socket now hears its peer only, and its refusals"
    elif $connects == [] and $sends != [] and ($expected | test("calls (connect|recv failing with ECONNREFUSED)|without an address")) then
      "the program never calls connect: its socket has no peer, and a refusal is for a socket with a peer only"
    elif $connects != [] and $sends != [] and $sends[0].t < $connects[0].t then
      "the first datagram left before connect: the peer is to be fixed first, once for all lines"
    elif $sends != [] and $first_read.t > $sends[0].t then
      "a datagram left before the first line was read: it gets a reply (or a refusal) too, and the next recv takes that one"
    elif any($udp[]; action == "bind" and .errno == "EADDRINUSE" and (.to // "" | endswith(":43211") | not)) then
      "another client has this port already. A client needs no fixed port: without bind the kernel chooses a free one"
    elif ($expected | test("calls (socket|connect), once")) and ($udp | map(select(.name == "socket")) | length) > 1 then
      "a new socket for each line: one socket can send and receive as often as one likes"
    elif $connects != [] and ($udp | map(select(.name == "socket")) | length) > 1 and any($sends[]; .socket.peer == null and .to != null) then
      "connect fixed the peer of another socket: the one that sends and receives was never connected"
    elif ($expected | test("with(out)? an address")) and any($sends[]; .to != null) then
      "the peer is fixed by connect, so send needs no address; sendto with one overrides the peer"
    elif any($udp[]; .option == "SO_ERROR") and ($expected | contains("ECONNREFUSED")) then
      "getsockopt SO_ERROR took the refusal away: it is reported once, to the call that asks first"
    elif $complaint != "" and ($udp[-1] // {} | action == "send" and .result == 0) then
      "a call that returned 0 has not failed: an empty datagram has the length 0, and 0 is no error"
    elif any($sends[]; .errno == null and (.payload | has_nul)) and ($typed | has_nul | not) then
      if any($sends[]; .result >= 4096) then
        "the whole buffer was sent, whatever stood in it: the line has only `length` bytes"
      else "the datagram ends with a NUL byte that the line does not have: send `length` bytes, not one more" end
    elif ($typed | has_nul) and $sends != [] and all($sends[]; .payload | has_nul | not) then
      "the line was sent up to its NUL byte only: read_line tells the length, and strlen stops at the first NUL"
    elif ($typed | test("^\n|\n\n")) and all($sends[]; .result != 0) then
      "nothing was sent for an empty line: read_line returns 0 for it, and -1 at the end of the input"
    elif any(stale($calls); true) then
      "what is printed goes on with the rest of an earlier message: close the received bytes with a NUL byte"
    elif any(cut($events; $udp); true) then
      first(cut($events; $udp)) | "the datagram was longer than the room for it: \(.got) of \(.sent) bytes came, the rest is lost"
    elif ($complaint | contains("Connection refused")) and all($udp[]; .errno != "ECONNREFUSED") then
      "the program says Connection refused, and no call reported that: print the errno of recv (EAGAIN: nothing came in time)"
    elif $complaint == "" and $status == 0 and any($udp[]; action == "recv" and .errno == "ECONNREFUSED") then
      "the refusal was reported once, and the program went on: can its length be negative (ssize_t, not size_t)?"
    elif $complaint == "" and $status == 0 and any($udp[]; action == "recv" and .errno == "EAGAIN") then
      "no reply came in time (EAGAIN), and the program went on: can its length be negative (ssize_t, not size_t)?"
    elif ($udp[-1] // {} | action == "recv" and unended) and all($udp[]; .option != "SO_RCVTIMEO") then
      "nothing comes, and the program waits without a deadline: set_receive_deadline gives the socket one"
    elif ($expected | startswith("on the wire: UDP")) and ($sends | map(.payload) | unique | length) < ($sends | length) then
      "the same datagram was sent more than once: one line is one datagram, and its reply may come late or never"
    elif $status == 0 and ($typed | length) >= 4096 and ($sends | map(.result // 0) | add) < ($typed | gsub("\n"; "") | length) then
      "some bytes of the input were never sent: a long line comes from read_line in pieces, and each is a datagram"
    else empty end;

def client_cause($expected):
  . as $events
  | $events[] | select(.kind == "start" and is_client) | .lane as $lane
  | [$events[] | select(.lane == $lane)] as $mine
  | [$mine[] | select(.kind == "call")] as $calls
  | [$calls[] | select(on_udp)] as $udp
  | ($mine | map(select(.kind == "exit")) | .[0].status) as $status
  | select($expected != "no memory error and no leak")
  | client_story($events; $mine; $calls; $udp; $status; $expected);
