# What the server that connects to its first sender did: each datagram, and what came of it.

def is_goodbye: . == "goodbye";
def is_message: .action == "recv" and (.result // -1) >= 0;
def is_wait: .name | IN("poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait");

# Each datagram that was received, with what the program called until it received again.
def fates:
  . as $calls
  | [range(length) as $i | select($calls[$i].action == "recv" and ($calls[$i] | on_udp)) | $i] as $at
  | [ range($at | length) as $k | $calls[$at[$k]] | select(is_message)
      | {got: ., next: $calls[$at[$k] + 1:$at[$k + 1]], is_last: ($k + 1 == ($at | length))}
      | .sent = [.next[] | select(.action == "send" and on_udp)]
      | .said = ([.next[] | select(.fd == 1) | .payload // ""] | add // "") ];

# Each datagram's sender. A call that did not ask for it has another program's send to tell: the first with these bytes.
def with_sender($events):
  if .from == null and .result > 0 then
    . as $got
    | .unasked = true
    | .from = (first($events[] | select(.kind == "call" and .action == "send" and .lane != $got.lane and .payload == $got.payload)
        | .socket.local) // null)
  else . end;

# The server: its calls, those of them on UDP sockets, the datagrams, what Ctrl-C met, how it ended.
def server($lane):
  . as $events
  | [.[] | select(.lane == $lane)] as $mine
  | [$mine[] | select(.kind == "call")] as $calls
  | [$calls[] | select(on_udp)] as $udp
  | ($mine | map(select(.kind == "exit")) | .[0]) as $exit
  | { $calls, $udp, fates: ($calls | fates | map(.got |= with_sender($events))), got: [$udp[] | select(is_message)],
      connects: [$udp[] | select(.action == "connect")],
      sends: [$udp[] | select(.action == "send")],
      complaint: ($calls | written(2)),
      interrupt: ($mine | map(select(.kind == "signal" and .name == "SIGINT")) | .[0]),
      ended: ($exit != null), status: $exit.status, killed: $exit.signal }
  | .peer = (first(.connects[] | select(.errno == null and .to != "AF_UNSPEC") | .to) // null);

# What was received, and neither printed nor sent, now or later. (A long line is written in pieces.)
def is_lost($calls):
  .got as $got | ($got.payload // "")[:40] as $begin
  | $begin != "" and all($calls[]; .t < $got.t or (.fd != 1 and .action != "send") or (.payload // "" | contains($begin) | not));

# Whether a datagram was printed next.
def is_told: (.got.payload // "")[:40] as $begin | $begin != "" and (.said | contains($begin));

# Whether the program was about to wait, or to end, after a datagram: what it did with it is all that it does with it.
def is_over: .is_last == false or any(.next[]; is_wait);
