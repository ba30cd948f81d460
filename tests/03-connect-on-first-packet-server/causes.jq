# Likely causes where the program is the server that connects to its first sender, in the order of its handout's tasks.
include "recording";
include "shared";
include "program";
include "words";
include "network";
include "server";
include "taking";

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
  | of_task(4);

# --- tasks 5 to 7 -------------------------------------------------------------------------------------------------

def others($peer): map(select(.got.from != null and .got.from != $peer));
def of_client($peer): map(select((.got.from // $peer) == $peer and (.got.payload | is_goodbye | not)));

def skipping_cause:
  .peer as $peer | select($peer != null)
  | .calls as $calls
  | first(.fates | of_client($peer)[] | select(is_over and is_lost($calls))) as $lost
  | if $lost.got.unasked and ($lost.got.flags // "" | contains("MSG_DONTWAIT") | not) then
      "\($lost.got.name) was not asked who sent \($lost.got.payload | quoted): `sender` stays empty, and is not the client" | of_task(3)
    else
      "the client's \($lost.got.payload | quoted) was taken, and neither printed nor answered: only what others sent is skipped" | of_task(5)
    end;

def believing_others_cause:
  .peer as $peer | select($peer != null)
  | (.fates | others($peer)) as $others
  | .fates[-1] as $last
  | if any(.connects[1:][]; .errno == null and .to != $peer and .to != "AF_UNSPEC") then
      "the server connected to \($peer), and then to others: only the first sender becomes the peer" | of_task(4)
    elif any($others[]; .sent != []) then
      first($others[] | select(.sent != [])) | "the client got the answer to \(.got.payload | quoted), which \(.got.from) had sent before the connect: skip what others sent"
      | of_task(5)
    elif any($others[]; is_told) then
      first($others[] | select(is_told)) | "\(.got.payload | quoted) came from \(.got.from), not from the client: skip it before anything is printed" | of_task(5)
    elif .ended and .killed == null and $last.is_last and ($last.got.from // $peer) != $peer and all($last.next[]; is_wait | not) then
      "the datagram of somebody else ended the program: it is skipped (continue), and the server goes on" | of_task(5)
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
      "the server ended without saying the count: goodbye and Ctrl-C both lead to it" | of_task($task)
    elif $counts == [] or $counts[-1].n == ($sent | tostring) then empty
    elif ($counts[-1].n | tonumber) > $sent and $sent < (.got | length) then
      "the server counted \($counts[-1].n), and its client had sent \($sent): what others sent is not counted" | of_task(5)
    else
      "the server counted \($counts[-1].n), and its client had sent \($sent): the first datagram counts, and goodbye, too"
    end;

def end_cause($expected):
  .got[-1].payload as $text
  | if any(.fates[]; (.got.payload | is_goodbye) and .sent != []) then
      "goodbye was answered: it ends the conversation, is counted, and gets no answer" | of_task(6)
    elif ($text | is_goodbye) and any(.udp[]; .to == "AF_UNSPEC") and (.ended | not) then
      "goodbye dissolved the association, and the server waits on: it is to end" | of_task(6)
    elif ($text | is_goodbye) and (.fates[-1] | .is_last and any(.next[]; is_wait)) then
      "goodbye was received, and the server waits on: it is to end" | of_task(6)
    elif .status == 0 and .interrupt == null and $text != null and ($text | is_goodbye | not) and (.fates[-1] | .is_last and .sent == []) and .udp[-1].errno == null then
      (if $text | has_nul then "the server ended at \($text | quoted) (? is its NUL byte): strcmp stops there, and the message goes on"
       else "the server ended at \($text | quoted): the end is the message goodbye, the whole of it and nothing more" end) | of_task(6)
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
    elif ($got.payload | has_nul) and ($right | startswith($text)) and ($right[$text | length:] | startswith("\u0000")) then
      "the answer ends at the NUL byte of the message: strlen stops there. Count the bytes that have come"
    elif $answer.bytes == $got.result and $got.result > 0 and ($right | startswith($text)) then
      "as many bytes were sent as the message has: those of \"Hi, \" come to them"
    elif $answer.bytes >= 4 and $text[:4] != "Hi, " then
      "the answer begins with \($text[:4] | quoted): \"Hi, \" and then the message, with one comma and one blank"
    elif ($got.payload | has_nul) then
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
  | of_task(7);

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
      | "the wait was told of more descriptors than there are: their number is 1, not a size in bytes" | of_task(2)
    elif $last.got.result > 4096 then
      "recvfrom returned \($last.got.result), and message has room for MAXLINE bytes and the NUL: MAXLINE is what it may store" | of_task(3)
    elif $last.said == "" then
      "message is too small for what recvfrom stored and the NUL byte behind it" | of_task(3)
    else
      "a buffer is too small for what was put into it: \"Hi, \" and the message, and the NUL if the answer is made as a string"
      | of_task(7)
    end;

def likely_cause: first_cause(server_cause($expected); server_crash($expected; $saw));
