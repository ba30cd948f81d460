# Likely causes where the program is the server that connects: what ends it, whom it hears, what it counts.
include "recording";

def is_goodbye: . == "goodbye";

# The last of the calls has not returned.
def still_waits: .[-1].finished == false or .[-1].errno == "ERESTARTSYS";

# Datagrams of the peer that were received and not answered: something else came next.
def unanswered($events):
  . as $mine | range(1; length) as $i | .[$i - 1]
  | select(.action == "recv" and (.result // -1) >= 0 and (.payload | is_goodbye | not)
      and .socket.peer != null and (.from // .socket.peer) == .socket.peer)
  | . as $got
  | select(all($mine[]; .action != "send" or .payload != "Hi, " + $got.payload) and ($mine[$i] | .action != "send"))
  | select(any($events[]; .kind == "call" and .action == "send" and .payload == $got.payload and .socket.local == $got.socket.peer))
  | .payload;

# What the server's own calls ($mine), its signals, its end and its words tell, the first first.
def server_story($events; $mine; $signals; $status; $words):
  ($mine | map(select(.action == "connect" and .errno == null))) as $connects
  | ($mine | map(select(.action == "recv" and (.result // -1) >= 0))) as $got
  | ($mine | map(.errno) | index("ECONNREFUSED")) as $refused
  | ($words | map(capture("^received (?<n>[0-9]+) datagrams").n)) as $counted
  | ($got | map(select((.from // $connects[0].to) == $connects[0].to and (.flags // "" | contains("MSG_PEEK") | not))) | length) as $sent
  | ($status == 0 and ($signals | length) == 0) as $ended
  | if ($connects | length) == 0 and any($mine[]; .action == "send") then
      "the server never calls connect"
    elif $connects[0].to == "AF_UNSPEC" then
      "connect was given an address of zeros, and that means no peer: does the address hold the client's by then?"
    elif ($connects | map(.to) | unique | length) > 1 then
      "the server connected to \($connects[0].to), and then to others: only the first sender becomes the peer"
    elif ($mine | [unanswered($events)] | length) > 0 then
      "the client's \($mine | [unanswered($events)] | first | quoted) was taken from the queue and not answered: only what others sent is skipped"
    elif any($mine[]; .action == "send" and .payload == "Hi, goodbye") then
      "goodbye was answered: it ends the conversation, is counted, and gets no answer"
    elif $ended and $got[-1].payload == "" then
      "the server took a datagram of no bytes for the end: with UDP it is a message like any other"
    elif $ended and ($got[-1].payload | is_goodbye | not) then
      "the server ended at \($got[-1].payload | quoted): the end is the message goodbye, the whole of it and nothing more"
    elif $status == "SIGINT" then
      "nothing catches SIGINT, so it ended the program: a handler is needed, which takes a note"
    elif $signals != [] and $status == 1 then
      "Ctrl-C interrupted the wait, which then fails with EINTR: that is no error, but the time to look at the note"
    elif $signals != [] and ($mine | still_waits) then
      "the handler returned, and the program waits again: the interrupted call was started again (SA_RESTART, as signal sets it)"
    elif $counted != [] and $counted[-1] != ($sent | tostring) then
      "the server counted \($counted[-1]), and its client had sent \($sent): the first datagram counts, and goodbye, too"
    elif $ended and $counted == [] then
      "the server ended without saying the count: goodbye and Ctrl-C both lead to it"
    elif ($mine | still_waits) and ($ARGS.named.expected // "" | test("received [0-9]+ datagrams")) and ($got[-1].payload | is_goodbye | not) then
      "Ctrl-C has not come through: it is held back, and this wait does not let it in (ppoll and pselect can)"
    elif $refused != null and $refused < ($mine | length) - 1 and all($mine[$refused:][]; .action != "send") then
      "recvfrom reported the refusal, and the program waits on: an error is told, and ends the server"
    else empty end;

def server_cause:
  . as $events
  | $events[] | select(.kind == "start" and (.program | endswith("/udpconnectserver"))) | .lane as $lane
  | $events | server_story($events;
      map(select(.kind == "call" and .lane == $lane and on_udp));
      map(select(.kind == "signal" and .lane == $lane and .name == "SIGINT"));
      (map(select(.kind == "exit" and .lane == $lane)) | first | .signal // .status);
      map(select(.kind == "call" and .lane == $lane and .name == "write" and .fd == 1) | .payload));
