# Likely causes where the program is the server that connects to its first sender, in the order of its handout's tasks.
include "recording";
include "words-causes";

def of_server_task($number): "\(.) (task \($number))";

def is_goodbye: . == "goodbye";
def has_zero: . // "" | explode | index(0) != null;
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

# --- task 1 -------------------------------------------------------------------------------------------------------

def taken_cause:
  if .status == null or .status == 0 then
    "bind failed, another socket has the port: what did the program do about it?"
  elif .status > 1 and .killed == null then
    "bind failed, and the exit status is \(.status): 1 means that the network said no, 2 is for a wrong usage"
  else empty end;

def port_cause:
  [.udp[] | select(.action == "bind")] as $binds
  | ($binds[0].to // "" | split(":")[-1]) as $port
  | if any(.calls[]; .name == "socket" and .socket.type == "TCP") then
      "this is a TCP socket, and clients send datagrams: SOCK_DGRAM makes a UDP socket"
    elif any(.calls[]; .name == "listen") then
      "listen is for TCP: a UDP socket receives from its bind on" | of_server_task(1)
    elif any(.udp[]; .option | IN("SO_REUSEADDR", "SO_REUSEPORT")) then
      "\(first(.udp[].option | select(IN("SO_REUSEADDR", "SO_REUSEPORT")))) lets several UDP sockets have the same port, and each datagram gets to one of them only"
      | of_server_task(1)
    elif $binds == [] and .connects[0].to == "0.0.0.0:43211" then
      "connect fixes the peer. It is bind that gives the socket the port that clients write to" | of_server_task(1)
    elif $binds == [] and (.ended or any(.calls[]; is_wait or .action == "recv")) then
      "the program never calls bind: its socket has no port that clients could write to" | of_server_task(1)
    elif $binds[0].errno == "EINVAL" then
      "bind failed (EINVAL): is the size that of the whole struct sockaddr_in?" | of_server_task(1)
    elif $binds != [] and $port == "52136" then
      "the server has port 52136, which is 43211 with its two bytes exchanged: htons once, and ipv4_address does it" | of_server_task(1)
    elif $binds != [] and $port != "43211" then
      "bind was given \($binds[0].to // "no address"), and clients write to port 43211" | of_server_task(1)
    elif any($binds[]; .errno == "EADDRINUSE") then
      taken_cause | of_server_task(1)
    elif .complaint | contains("bind failed") then
      "bind returned 0, which is success, and the program took it for a failure" | of_server_task(1)
    else empty end;

# --- task 2 -------------------------------------------------------------------------------------------------------

# A wait that cannot see a datagram.
def blind_wait_cause:
  [.calls[] | select(is_wait)] as $waits
  | if any($waits[]; .name | IN("poll", "ppoll")) and all($waits[]; .arguments // "" | test("^\\[\\], 0,|^[^\\[][^,]*, 0,|\\], 0,")) then
      "\($waits[0].name) was told of 0 descriptors: it looks at none of them" | of_server_task(2)
    elif any($waits[].arguments // ""; test("fd=[0-9]+[^}]*, events=0\\}")) then
      "the wait asks for no event (events is 0): POLLIN is what a datagram brings about" | of_server_task(2)
    elif [$waits[] | select(.result == 0)] | length > 100 then
      "with a time limit of 0 \($waits[0].name) looks, and does not wait: the program spins" | of_server_task(2)
    else empty end;

# What came of Ctrl-C, which had arrived.
def interrupt_cause:
  .interrupt.t as $t
  | (.calls | map(select(.t > $t))) as $after
  | ($after | map(.name) | index("rt_sigreturn")) as $returned
  | (.calls | map(select(.t < $t)) | last) as $broken
  | if .killed == "SIGINT" then
      "nothing catches SIGINT, so it ended the program: a handler is needed, which takes a note"
    elif any($after[:$returned][]; .action == "write" and (.fd == 1 or .fd == 2)) and ($returned != null or .ended) then
      "the signal handler wrote something: it is to take a note only. It may have come in the middle of a printf"
    elif $returned == null and .ended then
      "the signal handler ended the program: it is to take a note only, and the count is printed where the loop ends"
    elif $returned == null then
      select($after[0].name == $broken.name)
      | "SIGINT is ignored, so \($broken.name) waits on: a handler is needed, which takes a note"
    elif .status == 1 and $after[$returned].errno == "EINTR" and .complaint != "" then
      "Ctrl-C interrupted the wait, which then fails with EINTR: that is no error, but the time to look at the note"
    elif .ended then
      select(.status > 1) | "Ctrl-C is one of the two ways to end well, and the exit status is \(.status): 0 means done"
    elif $after[$returned].errno == "EINTR" and $after[$returned + 1] != null then
      "\($broken.name) was interrupted (EINTR), and the program went on to \($after[$returned + 1].name): does the handler take a note, and is it looked at?"
    elif $after[$returned + 1].name == $broken.name then
      "the handler returned, and the interrupted \($broken.name) was started again (SA_RESTART, as signal sets it)"
    else empty end;

# Ctrl-C was pressed, and has not arrived.
def held_back_cause:
  .calls[-1] as $last | (.calls | map(select(is_wait)) | last) as $wait
  | if ($last | is_wait) and ($last.arguments // "" | test("NULL(, 8|, 0)?$")) and ($last.name | IN("ppoll", "pselect6")) then
      "\($last.name) was given no signal mask, so Ctrl-C stays held back: with nothing_held_back it comes through"
    elif ($last | is_wait) and ($last.name | IN("ppoll", "pselect6")) then
      "the signal mask of \($last.name) holds signals back during the wait, too: sigemptyset makes one that holds none back"
    elif $last.action == "recv" and $wait.result == 0 then
      "\($wait.name) returned 0, its time was over, and in \($last.name) Ctrl-C is held back: wait without a time limit (NULL)"
    else
      "Ctrl-C has not come through: it is held back, and \($last.name) does not let it in (ppoll and pselect can)"
    end;

def waiting_cause($expected):
  blind_wait_cause,
  (if .interrupt != null then interrupt_cause
   elif (.ended | not) and (.calls[-1] // {} | (is_wait or .action == "recv") and .finished == false)
     and ($expected | test("received [0-9]+ datagrams$")) and (.got[-1].payload | is_goodbye | not) then
     held_back_cause
   elif ($expected == "server ends") and (.calls[-1] // {} | is_wait and .finished == false and (.arguments // "" | contains("~["))) then
     held_back_cause
   else empty end | of_server_task(2));

# --- task 3 -------------------------------------------------------------------------------------------------------

def refusal_cause:
  (.udp | map(.errno) | index("ECONNREFUSED")) as $at
  | select($at != null) | .udp[$at] as $refused
  | if $refused.action != "recv" then empty
    elif .ended and $at == (.udp | length) - 1 then
      if .status != 0 then empty
      elif .complaint == "" then
        "recvfrom failed (ECONNREFUSED), and the program ended without saying so: error(1, errno, ...) says it"
      else
        "an error was told, and the exit status is 0: the first argument of error is the status"
      end
    elif any(.calls[]; .t > $refused.t and (.action == "send" or .fd == 1)) then
      .calls | failed_receive(["ECONNREFUSED"])
    else
      "recvfrom failed (ECONNREFUSED), and the program waits on: error with status 1 says it, and ends the server"
    end;

# How many bytes were asked for was more or less than MAXLINE: {room, sent}
def cut_off($events):
  .got[] | . as $got
  | [$events[] | select(.kind == "call" and .action == "send" and .t < $got.t + $got.seconds and .socket.local == $got.from) | select(.payload // "" | startswith($got.payload))
      | .bytes]
  | select(length > 0 and min > $got.result and $got.result != 4096) | {sent: .[-1], room: $got.result};

# The line that tells of a datagram, and what it says wrongly.
def misprint:
  first(.fates[] | .got as $got
    | (.said | split("\n")[0] // "" | capture("^received (?<bytes>-?[0-9]+) bytes:? ?(?<text>.*)$")) as $line
    | ($got.payload // "") as $text
    | if $line.bytes != ($got.result | tostring) then
        select($line.bytes | IN("0", "1"))
        | "recvfrom returned \($got.result), and `received` is \($line.bytes): (received = recvfrom(...)) < 0 needs its inner parentheses"
      elif $text | test("\n") or has_zero then empty
      elif $text != "" and $line.text == $text[:-1] then
        "the last byte of \($text | quoted) is not printed: the NUL byte stands behind the message, at message[received]"
      elif ($line.text | startswith($text)) and ($line.text[$text | length:] | test("[^ ]")) then
        "more is printed than was received: nothing ends the text. Put a NUL byte behind it, at message[received]"
      else empty end);

def taking_cause($events):
  if any(.got[]; .socket.peer == null and .from == null) then
    "a datagram was taken without asking who sent it: recvfrom tells the sender, where it finds room for the address"
  elif .got != [] and all(.got[]; .flags // "" | contains("MSG_PEEK")) then
    "with MSG_PEEK the datagram stays in the queue, and comes again and again: 0 for the flags takes it"
  elif any(.got[]; .name == "recvfrom" and (.flags // "" | contains("MSG_TRUNC"))) then
    "with MSG_TRUNC recvfrom returns how long the datagram was, not how many bytes it stored: 0 for the flags"
  elif .got[-1].payload == "" and .ended and .killed == null and .calls[-1].errno == null and (.status == 0 or .complaint != "") then
    if .status == 0 then "the server took a datagram of no bytes for the end: with UDP it is a message like any other"
    else "the server took a datagram of no bytes for a failure: recvfrom returns 0 for it, and -1 for an error" end
  elif any(refusal_cause; true) then refusal_cause
  elif any(cut_off($events); true) then
    first(cut_off($events)) | "\(.room) of \(.sent) bytes were taken: recvfrom may store MAXLINE bytes, 4096"
      + (if .room < 4096 then "" else ". The byte more is for the NUL" end)
  else misprint end
  | of_server_task(3);

# --- task 4 -------------------------------------------------------------------------------------------------------

def association_cause:
  .connects[0] as $connect
  | [.got[] | select($connect == null or .t < $connect.t) | .from] as $senders
  | if $connect == null and (.sends != [] or any(.fates[]; is_over)) then
      "the server never calls connect"
    elif $connect == null then empty
    elif $connect.to == "AF_UNSPEC" then
      "connect was given an address of zeros, and that means no peer: does the address hold the client's by then?"
    elif $connect.errno == "EINVAL" then
      "connect failed (EINVAL): is the size that of the whole struct sockaddr_in?"
    elif $senders == [] then
      "connect was called before a datagram had been received: who is the client by then?"
    elif $connect.to | IN($senders[]) | not then
      "connect was given \($connect.to), and the datagram had come from \($senders[-1])"
    elif $connect.result == 0 and (.complaint | contains("connect failed")) then
      "connect returned 0, which is success, and the program took it for a failure"
    elif all(.got[]; .fd != $connect.fd) then
      "connect fixed the peer of another socket, not of the one that receives"
    elif .sends != [] and .sends[0].t < $connect.t then
      "the first answer left before connect: fix the peer first, and then answer"
    else empty end
  | of_server_task(4);

# --- tasks 5 to 7 -------------------------------------------------------------------------------------------------

def others($peer): map(select(.got.from != null and .got.from != $peer));
def of_client($peer): map(select((.got.from // $peer) == $peer and (.got.payload | is_goodbye | not)));

def skipping_cause:
  .peer as $peer | select($peer != null)
  | .calls as $calls
  | first(.fates | of_client($peer)[] | select(is_over and is_lost($calls))) as $lost
  | if $lost.got.unasked and ($lost.got.flags // "" | contains("MSG_DONTWAIT") | not) then
      "\($lost.got.name) was not asked who sent \($lost.got.payload | quoted): `sender` stays empty, and is not the client" | of_server_task(3)
    else
      "the client's \($lost.got.payload | quoted) was taken, and neither printed nor answered: only what others sent is skipped" | of_server_task(5)
    end;

def believing_others_cause:
  .peer as $peer | select($peer != null)
  | (.fates | others($peer)) as $others
  | .fates[-1] as $last
  | if any(.connects[1:][]; .errno == null and .to != $peer and .to != "AF_UNSPEC") then
      "the server connected to \($peer), and then to others: only the first sender becomes the peer" | of_server_task(4)
    elif any($others[]; .sent != []) then
      first($others[] | select(.sent != [])) | "the client got the answer to \(.got.payload | quoted), which \(.got.from) had sent before the connect: skip what others sent"
      | of_server_task(5)
    elif any($others[]; is_told) then
      first($others[] | select(is_told)) | "\(.got.payload | quoted) came from \(.got.from), not from the client: skip it before anything is printed" | of_server_task(5)
    elif .ended and .killed == null and $last.is_last and ($last.got.from // $peer) != $peer and all($last.next[]; is_wait | not) then
      "the datagram of somebody else ended the program: it is skipped (continue), and the server goes on" | of_server_task(5)
    else empty end;

# The counts that were said, and the number of datagrams of the client; a count that is followed by a datagram is not the last.
def counts: [.calls[] | select(.action == "write" and .fd == 1) | .t as $t | .payload // "" | split("\n")[] | capture("^received (?<n>[0-9]+) datagrams *$") | .t = $t];

def counting_cause($expected):
  .peer as $peer
  | (.got | map(select((.from // $peer) == $peer)) | length) as $sent
  | counts as $counts
  | ([.got[-1].t // 0, (.calls[] | select(.fd == 1 and (.payload // "" | test("received [0-9]+ bytes"))) | .t)] | max) as $last
  | (if .interrupt then 2 else 6 end) as $task
  | if $expected | test("does not print: received [0-9]+ datagrams") then
      "the count was printed before the end: say it once, when goodbye or Ctrl-C has ended the loop"
    elif (.ended | not) or .killed != null or .complaint != "" then empty
    elif all($counts[]; .t < $last) and ($expected | test("received [0-9]+ datagrams$")) then
      "the server ended without saying the count: goodbye and Ctrl-C both lead to it" | of_server_task($task)
    elif $counts == [] or $counts[-1].n == ($sent | tostring) then empty
    elif ($counts[-1].n | tonumber) > $sent and $sent < (.got | length) then
      "the server counted \($counts[-1].n), and its client had sent \($sent): what others sent is not counted" | of_server_task(5)
    else
      "the server counted \($counts[-1].n), and its client had sent \($sent): the first datagram counts, and goodbye, too"
    end;

def end_cause($expected):
  .got[-1].payload as $text
  | if any(.fates[]; (.got.payload | is_goodbye) and .sent != []) then
      "goodbye was answered: it ends the conversation, is counted, and gets no answer" | of_server_task(6)
    elif ($text | is_goodbye) and any(.udp[]; .to == "AF_UNSPEC") and (.ended | not) then
      "goodbye dissolved the association, and the server waits on: it is to end" | of_server_task(6)
    elif ($text | is_goodbye) and (.fates[-1] | .is_last and any(.next[]; is_wait)) then
      "goodbye was received, and the server waits on: it is to end" | of_server_task(6)
    elif .status == 0 and .interrupt == null and $text != null and ($text | is_goodbye | not) and (.fates[-1] | .is_last and .sent == []) and .udp[-1].errno == null then
      (if $text | has_zero then "the server ended at \($text | quoted) (? is its NUL byte): strcmp stops there, and the message goes on"
       else "the server ended at \($text | quoted): the end is the message goodbye, the whole of it and nothing more" end) | of_server_task(6)
    else counting_cause($expected) end;

# What is wrong with an answer: the bytes of it that were to be sent against those of the message.
def wrong_answer:
  .got as $got | .sent[0] as $answer | ("Hi, " + ($got.payload // "")) as $right | ($answer.payload // "") as $text
  | if (.sent | length) > 1 then
      "\($got.payload | quoted) was answered \(.sent | length) times: once is enough"
    elif $answer.to != null and $answer.to != ($got.from // $got.socket.peer) then
      "the answer was sent to \($answer.to), and the message had come from \($got.from)"
    elif $answer.socket.peer == null and $answer.errno == "EDESTADDRREQ" then
      "send needs a peer: the socket is not connected"
    elif $answer.fd != $got.fd then
      "the answer left from another socket than the one that received: its port is not the one that the client wrote to"
    elif $text == $right then empty
    elif ($got.payload | has_zero) and ($right | startswith($text)) and ($right[$text | length:] | startswith("\u0000")) then
      "the answer ends at the NUL byte of the message: strlen stops there. Count the bytes that have come"
    elif $answer.bytes == $got.result and $got.result > 0 and ($right | startswith($text)) then
      "as many bytes were sent as the message has: those of \"Hi, \" come to them"
    elif $answer.bytes >= 4 and $text[:4] != "Hi, " then
      "the answer begins with \($text[:4] | quoted): \"Hi, \" and then the message, with one comma and one blank"
    elif ($got.payload | has_zero) then
      "what follows the NUL byte of the message is missing in the answer: %s and strcat stop there, memcpy does not"
    elif $answer.bytes > $got.result + 4 then
      "the answer is longer than \"Hi, \" and the message: is the whole buffer sent, or do bytes of an earlier message follow it?"
    elif $answer.bytes < $got.result + 4 then
      "the answer is shorter than \"Hi, \" and the message: is the buffer large enough, and the length counted in bytes?"
    else
      "behind \"Hi, \" stands something else than the message: is it copied into the reply?"
    end;

def answering_cause:
  .peer as $peer
  | first((.fates[] | select(.sent != []) | wrong_answer),
      (.fates | of_client($peer)[] | select(is_over and .sent == [] and .said != "")
        | "\(.got.payload | quoted) was received and printed, and no answer was sent"))
  | of_server_task(7);

# Everything went well but the exit status.
def ending_cause($expected):
  select(.ended and .killed == null and .status != 0 and .complaint == "" and ($expected | endswith("exits with status 0")))
  | "the program ended with status \(.status), and 0 means done: what does main return?";

# The server that is told of first. Valgrind's is a program of another name.
def server_lane($expected):
  ($expected | ltrimstr("under Valgrind, ") | split(" ")[0]) as $named
  | [.[] | select(.kind == "start" and (.program // "" | endswith("/udpconnectserver") or endswith("/valgrind")) and (.lane | startswith("client") | not)) | .lane]
  | if index($named) then $named else .[0] // empty end;

def server_cause($expected):
  . as $events
  | server_lane($expected) as $lane
  | server($lane)
  | first(port_cause, waiting_cause($expected), taking_cause($events), association_cause, skipping_cause,
      believing_others_cause, end_cause($expected), answering_cause, ending_cause($expected));

# Which buffer was too small, or which number too large, when a sanitizer stopped the server there.
def server_crash($expected; $saw):
  server_lane($expected) as $lane
  | server($lane)
  | select($saw | test("buffer-overflow|out of bounds for type"))
  | .fates[-1] as $last
  | if .got == [] then
      select($saw | contains("READ of size"))
      | "the wait was told of more descriptors than there are: their number is 1, not a size in bytes" | of_server_task(2)
    elif $last.got.result > 4096 then
      "recvfrom returned \($last.got.result), and message has room for MAXLINE bytes and the NUL: MAXLINE is what it may store" | of_server_task(3)
    elif $last.said == "" then
      "message is too small for what recvfrom stored and the NUL byte behind it" | of_server_task(3)
    else
      "a buffer is too small for what was put into it: \"Hi, \" and the message, and the NUL if the answer is made as a string"
      | of_server_task(7)
    end;
