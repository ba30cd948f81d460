# Likely causes where one program asks everybody on a LAN, or a group, and waits for replies.
include "recording";
include "shared";
include "program";
include "words";
include "network";

def to_group: . // "" | test("^(22[4-9]|23[0-9])\\.");
def to_everybody: . // "" | test("\\.255:") or to_group;

# The tasks of the handout that the calls belong to: in the program for groups, allowing and waiting are none.
def tasks_of_asker($calls):
  if (.program | endswith("/udpmulticast")) or under_valgrind and any($calls[]; .to | to_group) then {send: 5, receive: 6}
  else {allow: 1, send: 2, wait: 3, receive: 4} end;

# The starts of the programs that ask.
def askers:
  . as $events
  | .[] | select(.kind == "start") | select(.lane as $lane | (.program // "" | test("/udp(broadcast|multicast)$"))
      or under_valgrind and any($events[]; .lane == $lane and (.to | to_everybody)));

def waits: .name | IN("poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait");
def time_out($pattern): waits and (.arguments // "" | test($pattern));

# What was received and, if that is a text that can be looked for, the same text.
def short: select(.payload != null and (.payload | length) > 0 and (.payload | length) < 100);

# The receiving calls that brought a datagram, each with what was written to standard output next.
def taken_and_said:
  map(select(.kind == "call" and .result != null and .result >= 0 and (.fd == 1 or .action == "recv")))
  | range(1; length) as $i | select(.[$i - 1].action == "recv" and .[$i].fd == 1)
  | {got: .[$i - 1], said: (.[$i].payload // "")};

# --- the address, and what is allowed -----------------------------------------------------------------------------

def asked_port_cause:
  [.replies[].from] as $heard
  | first((.sent[], .connects[]) | .to // empty | select(IN($heard[]) | not) | select(test(":(43211|0)$|^AF_UNSPEC$|^other$") | not) | wrong_port);

def option_failed:
  if .errno == "EINVAL" then
    "setsockopt failed (EINVAL): the value is an int, so the size is that of an int"
  elif .errno == "EFAULT" then
    "setsockopt failed (EFAULT): it takes a pointer to the value, and then the value's size"
  else
    "setsockopt failed (\(.errno)): SO_BROADCAST is an option of the level SOL_SOCKET"
  end;

# What was done about the permission by the time that it was denied.
def allowing_cause:
  .options as $options
  | (first(.calls[] | select(.errno == "EACCES")) // null) as $denied
  | ($options | map(select(.option == "SO_BROADCAST"))) as $set
  | if any($options[]; .errno != null) then
      first($options[] | select(.errno != null)) | option_failed
    elif $denied == null then empty
    elif any($set[]; .t < $denied.t and (.value // "" | startswith("[0]"))) then
      "SO_BROADCAST was set to 0, which forbids it: the int is to be 1"
    elif $set != [] and $set[0].t > $denied.t then
      "SO_BROADCAST was set when the datagram had been denied: it is to be set before anything is sent"
    elif $set == [] and $options != [] then
      "\($options[-1].option) was set. What allows to send to everybody is SO_BROADCAST, at the level SOL_SOCKET"
    else
      "the address means everybody, and a socket may not send there before SO_BROADCAST is set (level SOL_SOCKET)"
    end;

# --- sending ------------------------------------------------------------------------------------------------------

# Who is refused because the socket has a peer, or has no port any more.
def refused_here:
  .calls as $calls
  | [$calls[] | .socket.local // empty] as $own
  | first(.packets[] | select(.name == "port unreachable") | .about | select(.dst | IN($own[])));

def connecting_to_everybody_cause:
  . as $all
  | first(.connects[] | select(.to != "AF_UNSPEC")) as $connect
  | first(refused_here, null) as $refused
  | if $connect.to | IN($all.replies[].from) then empty
    elif $connect.errno == null and any(.connects[]; .to == "AF_UNSPEC") then
      "the port that the kernel had chosen was taken back when the association was dissolved: what came to it was refused"
    elif $refused != null then
      "the socket is connected to \($connect.to) and takes nothing from \($refused.src): what came from there was refused"
    else
      "connect makes \($connect.to) the peer, and no reply comes from there: sendto needs no connect"
    end;

def sending_to_everybody_cause:
  . as $all
  | if any(.calls[]; .action == "bind" and (.to // "" | startswith("127.")))
      and any(.sent[]; .errno == "EINVAL" or (.to // "" | startswith("255.255.255.255:"))) then
    "the socket is bound to 127.0.0.1, and from there no way leads off this host: who asks needs no bind"
  elif .tasks.wait != null and any(.calls[]; .action == "bind" and (.to // "" | endswith(":43211"))) then
    "the socket was bound to the servers' port, and what is sent to everybody comes back to it: who asks needs no bind"
  elif (.sent | map(.payload) | length > 1 and (unique | length) == 1) then
    "\(.sent | length) datagrams were sent: to the broadcast address, one datagram reaches them all"
  elif any(.sent[]; succeeded and .result >= 4096 and (.payload[:-1] | has_nul)) then
    "the whole buffer was sent, whatever stood in it: the line has only `length` bytes"
  elif any(.sent[]; .payload // "" | endswith("\u0000")) then
    "the NUL behind the line was sent, too: the length of a line does not count it"
  elif (.typed | split("\n")[0] | has_nul) and any($all.sent[]; .payload | has_nul | not) then
    "the line was sent up to its NUL byte only: read_line tells the length, and strlen stops at the first NUL"
  elif any(.sent[]; .errno == "EINVAL") then
    "the address, its size or its port does not suit: is the size that of the whole struct sockaddr_in?"
  elif any(.sent[]; .errno == "EDESTADDRREQ") then
    "the datagram has no address to go to: sendto takes it, and its size"
  else
    (first(.sent[] | select(.errno == "ENETUNREACH")) | select(any($all.calls[]; waits or .action == "recv"))
      | "\(.name) failed (\(.errno)), and the program went on: does it look at what \(.name) returned?"),
    (first(.replies[] | select(.payload == $all.sent[0].payload) | select(any($all.calls[]; .action == "bind")))
      | "it heard its own datagram: who asks a group need not be in it, and has a port of its own")
  end;

# --- waiting ------------------------------------------------------------------------------------------------------

# The bytes that strace writes as "\2\0\n@", and the number that they are on this machine.
def octal: reduce (explode[] - 48) as $digit (0; . * 8 + $digit);
def strace_bytes:
  [ltrimstr("\"") | rtrimstr("\"") | scan("\\\\[0-7]{1,3}|\\\\.|[^\\\\]")
    | if test("^\\\\[0-7]") then .[1:] | octal
      elif startswith("\\") then {n: 10, t: 9, r: 13, f: 12, v: 11}[.[1:]] // (.[1:] | explode[0])
      else explode[0] end];
def number: reduce reverse[] as $byte (0; . * 256 + $byte);

# The socket's deadline, in milliseconds.
def deadline:
  first(.calls[] | select(.name == "setsockopt" and (.option // "" | startswith("SO_RCVTIMEO")) and .result == 0) | .value // empty)
  | if startswith("\"") then strace_bytes | select(length == 16) | (.[:8] | number) * 1000 + (.[8:] | number) / 1000
    else capture("tv_sec=(?<s>[0-9]+), tv_usec=(?<u>[0-9]+)") | (.s | tonumber) * 1000 + (.u | tonumber) / 1000 end;

# How many milliseconds a call was asked to wait, if it was to end at all.
def asked_to_wait:
  .arguments // ""
  | (capture("tv_sec=(?<s>[0-9]+), tv_usec=(?<u>[0-9]+)") | (.s | tonumber) * 1000 + (.u | tonumber) / 1000)
    // (capture("tv_sec=(?<s>[0-9]+), tv_nsec=(?<n>[0-9]+)") | (.s | tonumber) * 1000 + (.n | tonumber) / 1000000)
    // (capture(", (?<ms>[0-9]+)$").ms | tonumber);

# The first wait of each kind that was too long, or far too short: what is left then is nearly all of the deadline.
def milliseconds_cause($expected):
  deadline as $deadline
  | ([.waits[] | . + {asked: asked_to_wait}] | map(select(.asked > 0))) as $waits
  | (first($waits[] | select(.asked > $deadline + 50))
      // first($waits[0] // empty | select(.asked * 100 <= $deadline))
      // first($waits[] | select(.result == 0 and .asked * 2 < $deadline * 2 - 100) | select($expected | contains(" waits "))))
  | "\(.name) was asked to wait \(.asked | floor) ms, and the deadline is \($deadline) ms: `left` is what is left of it, in milliseconds";

# A call that received although the wait before it had not said that something was there.
def received_all_the_same:
  [.calls[] | select(waits or .action == "recv")] as $calls
  | first(range(1; $calls | length) as $i | $calls[$i] | select(.action == "recv" and .errno == "EAGAIN" and (.flags // "" | contains("MSG_DONTWAIT") | not))
      | $calls[$i - 1] | select(waits and (.result == 0 or .flags != null and (.flags | contains("POLLIN") | not))));

def waiting_cause($expected):
  . as $all
  | if any(.waits[]; .name | IN("poll", "ppoll") | not) then empty
    elif any(.waits[]; .arguments // "" | test("\\], 0, |, 0, -?[0-9]+$|, 0, [{]")) then
      "\(.waits[0].name) was given 0 descriptors to watch: `waiting` is an array of one"
    else
      first(.waits[] | .arguments // "" | capture("\\], (?<n>[0-9]+), ").n | select(tonumber > 1))
      | "\($all.waits[0].name) was told of \(.) descriptors, and `waiting` is an array of one"
    end,
    milliseconds_cause($expected),
    (received_all_the_same
      | if .result == 0 then "\(.name) returned 0, which is the end of the time, and the program received all the same: true is for `ready > 0`"
        else "\(.name) said \(.flags), and the program received: wait for POLLIN only, which says that something is there" end),
    (if any(.waits[]; .result == 0 and time_out(", 0$|tv_sec=0, tv_(u|n)sec=0[^0-9]")) then
      "with a time-out of 0 a call looks, and does not wait"
     else empty end),
    (if any(.waits[]; (.finished | not) and time_out(", -1$|NULL$")) then
      "with a time-out of -1 a call waits for ever: give it the milliseconds that are left"
     else empty end),
    (if ($expected | contains("replies keep coming")) and (.replies | length > 2) then
      "each reply began the waiting anew: one deadline is for all of them, and less and less time is left"
     else empty end),
    (if any(.calls[]; .action == "recv" and .errno == "EAGAIN") and any(.said[]; contains("temporarily unavailable")) then
      "EAGAIN is how a receive deadline ends the waiting: no failure, but the time to count the replies"
     else empty end),
    (if .exit.status != null and any(.sent[]; .errno == null) and all(.calls[]; (waits or .action == "recv") | not) then
      "the \(.lane) ended without a call that waits or receives: was the deadline over when the waiting began?"
     else empty end),
    (if .exit.status == 0 and .replies != [] and all(.calls[]; .errno != "EAGAIN") and all(.waits[]; .result != 0) then
      "the \(.lane) ended after \(.replies | length | if . == 1 then "1 reply" else "\(.) replies" end), "
        + "and more may be coming: only the deadline ends the waiting"
     else empty end);

# --- receiving ----------------------------------------------------------------------------------------------------

def port_exchanged: capture("^(?<host>.*):(?<port>[0-9]+)$") | (.port | tonumber) as $port | "\(.host):\($port % 256 * 256 + ($port / 256 | floor))";

# What was printed as a sender, and is none.
def no_sender:
  . as $all | .said[] | capture("^(?<address>[0-9.]+:[0-9]+): ").address
  | select(IN($all.replies[].from) | not) | select(all($all.replies[]; .from != null));

def receiving_from_all_cause($events):
  . as $all
  | (if .peeks != [] and .replies == [] then
      "MSG_PEEK only looks at a datagram, which is still in the queue then: receive without it"
     else empty end),
    (first(.calls[] | select(.action == "recv" and (.errno | IN("EFAULT", "EINVAL")))) |
      "\(.name) failed (\(.errno)): it takes a pointer to the sender, and a pointer to the size of that"),
    (.sent[0].fd as $asked | first(.calls[] | select((.action == "recv" or .name == "poll") and .fd != null and .fd != $asked)) |
      "the program waits at another socket than the one that asked: the replies come to that one's port"),
    (if any(.replies[]; .from == null and .socket.peer == null) then
      "a datagram was taken without asking who sent it: the call gives the sender only where it finds room for it"
     else empty end),
    (first(.connects[] | .to // empty | select(IN($all.replies[].from))) |
      "the socket was connected to \(.), which answered first: from then on it takes nothing from the others"),
    # (No greeting is longer than 4099 bytes. What is, comes from a test that looks how a buffer ends.)
    (first(.replies[] | . as $reply | $events[]
        | select(.kind == "packet" and .src == $reply.from and .length > $reply.bytes and .length <= 4099
            and (.payload // "" | startswith($reply.payload // "")))
        | "the reply was longer than the room for it: of \(.length) bytes, \($reply.bytes) were taken")),
    (first(no_sender) |
      if port_exchanged | IN($all.replies[].from) then
        "it printed \(.), whose port has its two bytes exchanged: ntohs makes a port of sin_port"
      else
        "it printed \(.), and nothing came from there: recvfrom says who the reply is from"
      end),
    (first($all.mine | taken_and_said | (.got | short | .payload) as $text | .said
        | select(contains(": " + $text) and (endswith(": " + $text + "\n") | not))) |
      "more is printed than was received: the rest of an earlier datagram follows, because nothing ends the text"),
    (first(.replies[] | short | . as $reply | select(any($all.said[]; contains($reply.payload)) | not)) |
      "the reply from \(.from) was received, but not printed: each host answers from its own address");

def nobody_answered_cause($expected):
  if .exit.status == 0 and .replies == [] and ($expected | endswith("exits with status 1")) then
    "nobody answered, and the exit status is 0: it is the first argument of error that ends a program with 1"
  else empty end;

# --- all of it ----------------------------------------------------------------------------------------------------

# The program's calls on sockets and its waits, what it sent, received, read and said, and how it ended.
def asker($start):
  map(select(.kind == "packet")) as $packets
  | map(select(.lane == $start.lane)) as $mine
  | ($mine | map(select(.kind == "call"))) as $all
  | ($start | tasks_of_asker($all)) as $tasks
  | ($all | map(select(.socket != null or waits))) as $calls
  | ($calls | map(select(.action == "recv" and .errno == null and .finished))) as $got
  | { lane: $start.lane, $tasks, $packets, $mine, $calls,
      options: ($calls | map(select(.name == "setsockopt" and (.option // "" | startswith("SO_RCVTIMEO") | not)))),
      connects: ($calls | map(select(.action == "connect"))),
      sent: ($calls | map(select(.action == "send"))),
      waits: ($calls | map(select(waits))),
      replies: ($got | map(select(looks_only | not))), peeks: ($got | map(select(looks_only))),
      typed: ($all | map(select(.name == "read" and .fd == 0) | .payload // "") | add // ""),
      said: ($all | map(select((.name == "write" or .name == "writev") and (.fd == 1 or .fd == 2)) | .payload // "")),
      exit: ($mine | map(select(.kind == "exit")) | .[0]) };

# There may be two such programs: the one that the test tells of comes first.
def asking($expected):
  . as $events
  | [askers]
  | sort_by(.lane != ($expected | ltrimstr("under Valgrind, ") | split(" ")[0]))
  | first(.[]) as $start
  | ($events | asker($start))
  | . as $asker
  | first(asked_port_cause | of_task($asker.tasks.send)),
    (allowing_cause | of_task($asker.tasks.allow)),
    (connecting_to_everybody_cause | of_task($asker.tasks.send)),
    (sending_to_everybody_cause | of_task($asker.tasks.send)),
    (receiving_from_all_cause($events) | of_task($asker.tasks.receive)),
    (waiting_cause($expected) | of_task($asker.tasks.wait)),
    nobody_answered_cause($expected);

def likely_cause: first_cause(asking($expected));
