# Likely causes where one program asks everybody on a LAN, or a group, and waits for replies (see causes.jq).
include "recording";

def to_everybody: . // "" | test("(^| )(22[4-9]|23[0-9])\\.|\\.255:");

# Who asks: the one that sends or connects to everybody; or that sends at all, where everybody should have been asked.
def asker($expected):
  map(select(.kind == "call" and (.action | IN("send", "connect"))))
  | first(.[] | select(.to | to_everybody)) // (if $expected | to_everybody then .[0] else null end) | .lane;

def waits: .name | IN("poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait");
def time_out($pattern): waits and (.arguments // "" | test($pattern));

# What was received and, if that is a text that can be looked for, the same text.
def short: select(.payload != null and (.payload | length) > 0 and (.payload | length) < 100);

# The lane's receiving calls that brought a datagram, each with what was written to standard output next.
def taken_and_said:
  map(select(.kind == "call" and .result != null and .result >= 0 and (.fd == 1 or .action == "recv")))
  | range(1; length) as $i | select(.[$i - 1].action == "recv" and .[$i].fd == 1)
  | {got: .[$i - 1], said: (.[$i].payload // "")};

def asking($expected):
  . as $events
  | asker($expected) as $who
  | [.[] | select(.lane == $who)] as $mine
  | [$mine[] | select(.kind == "call" and .socket != null)] as $calls
  | [$mine[] | select(.kind == "call" and (.fd == 1 or .fd == 2)) | .payload // ""] as $said
  | [$calls[] | select(.action == "send")] as $sent
  | [$calls[] | select(.action == "recv" and .errno == null and .finished and (.flags // "" | contains("MSG_PEEK") | not))] as $replies
  | ([$mine[] | select(.kind == "exit")] | .[0]) as $exit
  | if $who == null then empty else
      (if $sent | map(.payload) | length > 1 and (unique | length) == 1 then
        "\($sent | length) datagrams were sent: to the broadcast address, one datagram reaches them all"
       else empty end),
      (if any($sent[]; .payload // "" | endswith("\u0000")) then
        "the NUL behind the line was sent, too: the length of a line does not count it"
       else empty end),
      (first($sent[] | select(.errno == "ENETUNREACH") | select(any($calls[]; waits or .action == "recv"))) |
        "\(.name) failed (\(.errno)), and the program went on: does it look at what \(.name) returned?"),
      (first($replies[] | select(any($sent[]; .payload == $replies[0].payload)) | select(any($calls[]; .action == "bind"))) |
        "it heard its own datagram: who asks a group need not be in it, and has a port of its own"),
      (first($replies[] | . as $reply | $events[] | select(.kind == "packet" and .src == $reply.from and .length > $reply.bytes
          and (.payload // "" | startswith($reply.payload // "")))
          | "the reply was longer than the room for it: of \(.length) bytes, \($reply.bytes) were taken")),
      (first($said[] | capture("^(?<address>[0-9.]+:[0-9]+): ") | .address
          | select(IN($replies[].from) | not) | select(all($replies[]; .from != null))) |
        "it printed \(.), and nothing came from there: recvfrom says who the reply is from"),
      (first($mine | taken_and_said | (.got | short | .payload) as $text | .said
          | select(contains(": " + $text) and (endswith(": " + $text + "\n") | not))) |
        "more is printed than was received: the rest of an earlier datagram follows, because nothing ends the text"),
      (first($replies[] | short | . as $reply | select(any($said[]; contains($reply.payload)) | not)) |
        "the reply from \(.from) was received, but not printed: each host answers from its own address"),
      (if any($mine[]; .kind == "call" and .result == 0 and time_out(", 0$|tv_sec=0, tv_(u|n)sec=0")) then
        "with a time-out of 0 a call looks, and does not wait"
       else empty end),
      (if any($mine[]; .kind == "call" and (.finished | not) and time_out(", -1$|NULL$")) then
        "with a time-out of -1 a call waits for ever: give it the milliseconds that are left"
       else empty end),
      (if ($expected | contains("replies keep coming")) and ($replies | length > 2) then
        "each reply began the waiting anew: one deadline is for all of them, and less and less time is left"
       else empty end),
      (if any($calls[]; .action == "recv" and .errno == "EAGAIN") and any($said[]; contains("temporarily unavailable")) then
        "EAGAIN is how a receive deadline ends the waiting: no failure, but the time to count the replies"
       else empty end),
      (if $exit.status != null and any($sent[]; .errno == null) and all($mine[]; (waits or .action == "recv") | not) then
        "the \($who) ended without a call that waits or receives: was the deadline over when the waiting began?"
       else empty end),
      (if $exit.status == 0 and $replies != [] and all($mine[]; .errno != "EAGAIN" and (waits and .result == 0 | not)) then
        "the \($who) ended after \($replies | length) reply, and more may be coming: only the deadline ends the waiting"
       else empty end),
      (if $exit.status == 0 and $replies == [] and ($expected | endswith("exits with status 1")) then
        "nobody answered, and the exit status is 0: it is the first argument of error that ends a program with 1"
       else empty end)
    end;
