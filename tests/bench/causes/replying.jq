# Aspect: replying. What a server made of each datagram: what it printed, what it sent back.

# Each datagram that was received, with what the program called until it received again.
def fates:
  .calls as $calls
  | [range($calls | length) as $i | select($calls[$i].action == "recv" and ($calls[$i] | on_udp)) | $i] as $at
  | [ range($at | length) as $k | $calls[$at[$k]] | select(succeeded)
      | {got: ., next: $calls[$at[$k] + 1:$at[$k + 1]], is_last: ($k + 1 == ($at | length))}
      | .sent = [.next[] | select(.action == "send" and on_udp)]
      | .said = (.next | written(1)) ];

# The sender of a datagram. A call that did not ask for it has another program's send to tell: the first with these
# bytes.
def with_sender($others):
  if .from == null and .result > 0 then
    .unasked = true
    | .from = (.payload as $payload | first($others[] | select(.payload == $payload) | .socket.local) // null)
  else . end;

# What a server adds to a story: each datagram's fate, and the peer that it connected to.
def serving:
  .others as $others
  | .fates = (fates | map(.got |= with_sender($others)))
  | .peer = (first(.connects[] | select(.errno == null and .to != "AF_UNSPEC") | .to) // null)
  | .interrupt = (first(.signals[] | select(.name == "SIGINT")) // null);

# What was received, and neither printed nor sent, now or later. (A long line is written in pieces, and printf stops
# at a NUL byte.)
def is_lost($calls):
  .got as $got | ($got.payload // "" | up_to_nul)[:40] as $begin
  | $begin != "" and all($calls[]; .t < $got.t or ((is_written(1) or .action == "send") | not)
      or (.payload // "" | contains($begin) | not));

# Whether a datagram was printed next.
def is_told: (.got.payload // "" | up_to_nul)[:40] as $begin | $begin != "" and (.said | contains($begin));

# Whether the program was about to wait, or to end, after a datagram: what it did with it is all that it does with it.
def is_over: .is_last == false or any(.next[]; is_wait);

# What is wrong with a reply that should be $prefix and the message.
def reply_payload($prefix):
  .got as $got | .sent[0] as $reply | ($prefix + ($got.payload // "")) as $right | ($reply.payload // "") as $text
  | if (.sent | length) > 1 then
      "\($got.payload | quoted) was answered \(.sent | length) times: one message gets one reply"
    elif $reply.fd != $got.fd then
      "the reply was sent from another socket than the one that received: " +
      "its port is not the one that the client sent to"
    elif $text == $right then empty
    elif $prefix != "" and $text == ($got.payload // "") then
      "the reply is the message alone: \($prefix | quoted) is missing"
    elif $reply.bytes == $got.result and $got.result > 0 and ($right | startswith($text)) then
      "as many bytes were sent as the message has: \($prefix | quoted) adds \($prefix | length) to them"
    elif ($reply.bytes // 0) >= ($prefix | length) and ($text | startswith($prefix) | not) then
      "the reply begins with \($text[:($prefix | length)] | quoted): " +
      "it should be \($prefix | quoted) and then the message"
    else
      first(related($text; $right; "the reply"),
        "the reply is \($text | quoted), and should be \($prefix | quoted) and the message")
    end;

def reply_cause($prefix):
  first(.fates[] | select(.sent != [] and .sent[0].errno == null) | reply_payload($prefix)) | cause("replying"; "send");

# The line "received N bytes: TEXT" against what was received.
def received_line_cause:
  first(.fates[] | .got as $got
    | (.said | split("\n")[0] // "" | capture("^received (?<bytes>-?[0-9]+) bytes:? ?(?<text>.*)$")) as $line
    | ($got.payload // "") as $text
    | if $line.bytes != ($got.result | tostring) then
        if $line.bytes | IN("0", "1") then
          "\($got | called) returned \($got.result), and \($line.bytes) is printed, the result of a comparison: " +
          "(received = recvfrom(...)) < 0 needs its inner parentheses"
        else
          "\($got | called) returned \($got.result), and \($line.bytes) is printed"
        end
      elif $text | test("\n") or has_nul then empty
      elif $text != "" and $line.text == $text[:-1] then
        "the last byte of \($text | quoted) is not printed: the NUL belongs after the message, at message[received]"
      elif ($line.text | startswith($text)) and ($line.text[($text | length):] | test("[^ ]")) then
        "more is printed than was received: nothing ends the text. Store a NUL after it, at message[received]"
      else empty end)
  | cause("replying"; "receive");
