# Likely causes in the first half of such a server: its port, the wait for a datagram or Ctrl-C, the receiving.

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
      "listen is for TCP: a UDP socket receives from its bind on" | of_task(1)
    elif any(.udp[]; .option | IN("SO_REUSEADDR", "SO_REUSEPORT")) then
      "\(first(.udp[].option | select(IN("SO_REUSEADDR", "SO_REUSEPORT")))) lets several UDP sockets have the same port, and each datagram gets to one of them only"
      | of_task(1)
    elif $binds == [] and .connects[0].to == "0.0.0.0:43211" then
      "connect fixes the peer. It is bind that gives the socket the port that clients write to" | of_task(1)
    elif $binds == [] and (.ended or any(.calls[]; is_wait or .action == "recv")) then
      "the program never calls bind: its socket has no port that clients could write to" | of_task(1)
    elif $binds[0].errno == "EINVAL" then
      "bind failed (EINVAL): is the size that of the whole struct sockaddr_in?" | of_task(1)
    elif $binds != [] and $port == "52136" then
      "the server has port 52136, which is 43211 with its two bytes exchanged: htons once, and ipv4_address does it" | of_task(1)
    elif $binds != [] and $port != "43211" then
      "bind was given \($binds[0].to // "no address"), and clients write to port 43211" | of_task(1)
    elif any($binds[]; .errno == "EADDRINUSE") then
      taken_cause | of_task(1)
    elif .complaint | contains("bind failed") then
      "bind returned 0, which is success, and the program took it for a failure" | of_task(1)
    else empty end;

# --- task 2 -------------------------------------------------------------------------------------------------------

# A wait that cannot see a datagram.
def blind_wait_cause:
  [.calls[] | select(is_wait)] as $waits
  | if any($waits[]; .name | IN("poll", "ppoll")) and all($waits[]; .arguments // "" | test("^\\[\\], 0,|^[^\\[][^,]*, 0,|\\], 0,")) then
      "\($waits[0].name) was told of 0 descriptors: it looks at none of them" | of_task(2)
    elif any($waits[].arguments // ""; test("fd=[0-9]+[^}]*, events=0\\}")) then
      "the wait asks for no event (events is 0): POLLIN is what a datagram brings about" | of_task(2)
    elif [$waits[] | select(.result == 0)] | length > 100 then
      "with a time limit of 0 \($waits[0].name) looks, and does not wait: the program spins" | of_task(2)
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
      "\($last.name) was given no signal mask, so Ctrl-C stays held back: with nothing_blocked it comes through"
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
   else empty end | of_task(2));

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
      elif $text | test("\n") or has_nul then empty
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
  | of_task(3);
