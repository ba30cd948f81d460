# Likely causes in the calls on UDP sockets, whichever lab it is, and the order in which all rules are asked.

def udp_calls: map(select(.kind == "call" and on_udp));

# Whether the handler of a signal that asks a program to end has written to standard output or error itself.
def handler_wrote:
  . as $events
  | any($events[] | select(.kind == "signal" and (.name | IN("SIGINT", "SIGTERM"))); . as $signal
      | first($events[] | select(.lane == $signal.lane and .t > $signal.t and .action == "rt_sigreturn") | .t) // infinite | . as $over
      | any($events[]; .lane == $signal.lane and .action == "write" and .t > $signal.t and .t < $over));

# Each datagram received and the greeting that was sent next, as the servers do. A scripted peer says what it is told.
def answers:
  map(select(.lane | IN("peer", "stranger") | not)) | group_by(.lane)[] | map(select(.result >= 0 and (.action | IN("send", "recv"))))
  | range(1; length) as $i | {got: .[$i - 1], sent: .[$i]}
  | select(.got.action == "recv" and .sent.action == "send" and (.sent.payload // "" | startswith("Hi, ")));

# Whether a peer got the answer to what only others had sent.
def answered_to_the_wrong($calls):
  ($calls | map(select(.action == "send")) | unique_by([.payload, .socket.local, .socket.peer])) as $sent
  | any($sent[] | select(.to == null and .socket.peer != null and (.payload // "" | startswith("Hi, ")));
      . as $answer | [$sent[] | select(.payload == $answer.payload[4:]) | .socket.local]
      | length > 0 and index($answer.socket.peer) == null);

# A socket that got nothing, though something came to its port: from whom, who its peer was, whether it let the peer go.
def deaf:
  . as $events | udp_calls as $calls
  | [ $events[] | select(.kind == "packet" and .name == "port unreachable") | .about ] as $refused
  | [ [$calls[] | select(.socket.peer != null) | {lane, socket}] | unique[] | .lane as $lane | .socket as $socket
      | $refused[] | select(.dst == $socket.local and .src != $socket.peer)
      | select(any($calls[]; .lane == $lane and .action == "recv" and .errno == null and .finished) | not)
      | {src, dst, peer: $socket.peer, dissolved: any($calls[]; .lane == $lane and .to == "AF_UNSPEC")} ] | first;

def received: map(select(.action == "recv" and .result >= 0));

# A stranger's datagram that somebody who is not connected took for the reply, or for an error: it was printed, or
# nothing was received after it.
def from_a_stranger:
  . as $events
  | [.[] | select(.kind == "call" and .lane == "stranger" and .action == "send") | .payload] as $written
  | first(udp_calls | received[] | select(.socket.peer == null and .from != null and .lane != "stranger" and (.payload | IN($written[])))
      | . as $got | [$events[] | select(.lane == $got.lane and .t > $got.t)]
      | select(any(.[]; .fd == 1 and (.payload // "" | contains($got.payload)))
          or (map(select(.fd != 1 and .fd != 2)) | first | .kind == "exit" or .fd == 0 or .kind == "call" and .action == "send"))
      | $got);

# What a program did after a refusal that was not the last of its calls on a socket.
def went_on:
  map(select(.kind == "call" and (.lane | IN("peer", "stranger") | not))) | group_by(.lane)[]
  | select(map(select(on_udp)) | (map(select(.action == "connect")) | length < 2) and .[-1].errno != "ECONNREFUSED")
  | failed_receive(["ECONNREFUSED"]);

# Whether the program that was to succeed ended with a call that reported a refusal.
def refused_late($expected):
  ($expected | split(" ")[0]) as $lane
  | ($expected | test("^[^ ]+ (prints: |exits with status 0$)")) and (map(select(.lane == $lane and (.action | IN("send", "recv")))) | last.errno == "ECONNREFUSED");

# What the calls on UDP sockets tell, whichever lab it is.
def network_cause($expected; $saw):
  . as $events
  | udp_calls as $calls
  | first(
      (if handler_wrote then
        "a signal handler wrote something: the program may be in the middle of printf then. Note the signal, print later"
       else empty end),
      (if any($calls[]; .option == "SO_REUSEADDR") then
        "SO_REUSEADDR lets several UDP sockets have the same port: the last one gets all the datagrams"
       else empty end),
      (if any($calls[]; .action == "bind" and .errno == "EADDRINUSE") then
        "bind failed, another socket has the port: what did the program do about it?"
       else empty end),
      (if answered_to_the_wrong($calls) then
        "the peer got the answer to another sender's datagram, which had been in the queue before connect"
       else empty end),
      (if any([visits($calls)] | received[]; .socket.peer == null and .from == null and (.freed | not)) then
        "a datagram was taken without asking who sent it: the call gives the sender only where it finds room for it"
       else empty end),
      (from_a_stranger |
        "the datagram from \(.from) is a stranger's: it is neither the reply nor an error. Compare address and port"),
      (if any(visits($calls); .action == "recv" and .errno == "EAGAIN" and (.freed | not) and (.flags // "" | contains("MSG_DONTWAIT"))) then
        "with MSG_DONTWAIT a call does not wait for a datagram"
       else empty end),
      (if any($calls[]; (.action | IN("send", "connect")) and .errno == "EINVAL") then
        "the address, its size or its port does not suit: is the size that of the whole struct sockaddr_in?"
       else empty end),
      (if any($calls | answers; .sent.bytes > .got.bytes + 4) then
        "the answer is longer than \"Hi, \" and the message: is the whole buffer sent, or do bytes of an earlier message follow it?"
       else empty end),
      (if any($calls | answers; .sent.bytes < .got.bytes + 4) then
        "the answer is shorter than \"Hi, \" and the message: is the buffer large enough, and the length counted in bytes?"
       else empty end),
      ($events | went_on),
      (if $calls | refused_late($expected) then
        "port unreachable came back for an earlier datagram, and this call reported it (the error waits in the socket)"
       else empty end),
      (deaf | if . == null then empty elif .dissolved then
        "the port that the kernel had chosen was taken back when the association was dissolved: what came to it was refused"
       else
        "the socket is connected to \(.peer) and takes nothing from \(.src): what came from there was refused"
       end),
      (if any($calls[]; .action == "send" and .errno == "EDESTADDRREQ") then
        "send needs a peer: the socket is not connected"
       else empty end),
      (if $saw | contains("has started other processes") then
        "no task needs another process: what are those for, and who ends them?"
       elif $saw | contains("it has made no call on a socket") then
        "the program waits or loops before it comes to its socket"
       else empty end)
    );

# The likely cause of a failure: the first rule that fits speaks. A lab has rules of its own, and may know more of a crash.
def first_cause(lab_rules; crash_rules):
  if $expected == "no memory error and no leak" then
    memory_cause($saw)
  elif crashed($saw) then
    first(crash_rules, crash_cause($saw))
  else
    first(endless_cause($saw), descriptor_cause($saw), words_cause($expected), lab_rules, pipe_cause, network_cause($expected; $saw)) // ""
  end;
def first_cause(lab_rules): first_cause(lab_rules; empty);
