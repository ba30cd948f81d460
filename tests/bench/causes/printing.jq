# Aspect: printing. What was printed, against what was received and against what the test expects.

# --- nearly the right words ---------------------------------------------------------------------------------------

def text_lines: split("\n") | map(sub(" +$"; "") | select(. != ""));

def plain_words: ascii_downcase | gsub("[^a-z0-9 ]"; "") | [splits(" +")];

# Whether a line is nearly $wanted: more stands before it, the words have another order, or all but one word are the
# same, and that is neither the last one nor a number.
def is_near($wanted):
  plain_words as $has | ($wanted | plain_words) as $wants
  | endswith($wanted) or ($has | sort) == ($wants | sort)
    or ($has | length) == ($wants | length) and $has[-1] == $wants[-1]
      and ([range($has | length) | select($has[.] != $wants[.]) | $has[.] + $wants[.]] | length == 1
          and all(test("[0-9]") | not));

# The line goes on with what is printed next, which is not the rest of an earlier datagram.
def runs_on($wanted; $texts):
  startswith($wanted) and (.[($wanted | length):] | ltrimstr(" ") as $rest
    | ($rest | test("^[a-z]+ [a-z0-9]"))
        and all($texts[]; .[($wanted | length):] | ltrimstr(" ") | startswith($rest) | not));

# These words were received, and the next line was read without a reply having been printed.
def withheld($words):
  .calls | length > 1 and (.[-2] | .action == "recv"
      and (.payload == $words or ($words | endswith("*")) and (.payload // "" | startswith($words | rtrimstr("*")))))
      and (.[-1] | .name == "read" and .fd == 0)
    and (map(select(.action == "recv" or is_written(1)))[-2] | .payload // ""
        | test("^(now sending|send bytes|connected to|$)"));

def words_cause:
  wanted_line as $want
  | select(.lane == $want.lane)
  | (if $want.fd == 1 then .printed else .complaint end | text_lines) as $lines
  | (if $want.fd == 1 then .complaint else .printed end | text_lines) as $elsewhere
  | [.got[].payload // ""] as $texts
  | if any($elsewhere[]; . == $want.words) and $want.fd == 2 then
      "the words are right, but on standard output: error() writes to standard error" | cause("printing"; "error")
    elif any($elsewhere[]; . == $want.words) then
      "the words are right, but on standard error: printf writes to standard output" | cause("printing"; "print")
    elif any($lines[]; runs_on($want.words; $texts)) then
      "a line has no end: \(first($lines[] | select(runs_on($want.words; $texts))) | quoted). Print \\n after the reply"
          | cause("printing"; "print")
    elif $want.fd == 1 and withheld($want.words) then
      "the reply was received, and not printed before the next line was read: does its line end with \\n?"
          | cause("printing"; "print")
    elif $want.fd == 2 and any($lines[]; . as $line | $want.words | startswith($line + ": ")) then
      "the message does not say which error it was: error(1, errno, ...) adds its text and its number"
          | cause("printing"; "error")
    elif $want.fd == 2 and any($lines[]; . as $line | $want.words | startswith($line + " (")) then
      "the error's number is missing: error(1, errno, ...) adds its text and its number" | cause("printing"; "error")
    elif any($lines[]; is_near($want.words) and . != $want.words and (IN($texts[]) | not)) then
      "the closest line is \(first($lines[] | select(is_near($want.words) and (IN($texts[]) | not))) | quoted)"
          | cause("printing"; "print")
    else empty end;

# --- what was received ------------------------------------------------------------------------------------------------

# Each datagram that was received, with what was printed before the next call that receives or sends, or reads a line.
def printings:
  [.calls[] | select(is_written(1) or .action == "recv" or .action == "send" or (.name == "read" and .fd == 0))]
      as $calls
  | [range($calls | length) as $i | select($calls[$i].action == "recv") | $i] as $at
  | $at[] as $i
  | $calls[$i] | select(succeeded and (looks_only | not))
  | {got: ., text: (.payload // ""),
     said: ([label $over | $calls[$i + 1:][] | if is_written(1) then .payload // "" else break $over end] | join(""))};

def repeats($text): ($text | length) > 0 and ($text | length) < 200 and (. // "" | contains($text));

# The received text is followed by bytes of an earlier one.
def stale_cause:
  first(printings | select(.text != "" and (.text | has_nul or contains("\n") | not)) | .text as $text
    | .said | capture("(^|\n|: )(?<rest>" + ($text | gsub("(?<c>[^A-Za-z0-9 ,])"; "\\\(.c)")) + "[^\n]+)").rest
    | select(startswith($text)) | .[($text | length):] | select(test("[^ ]")))
  | "more is printed than was received, namely \(quoted): " +
    "nothing ends the text. Store a NUL after the bytes that were received";

def one_byte_less_cause:
  first(printings | select((.text | length) > 1 and (.text | has_nul or contains("\n") | not)) | .text as $text
    | select(any(.said | split("\n")[]; . == $text[:-1] or endswith(": " + $text[:-1]))) | $text)
  | "the last byte of \(quoted) is not printed: a datagram has no newline at its end. The NUL belongs after the last " +
    "byte, at [received]";

def one_byte_more_cause:
  first(printings | select((.text | length) > 1) | .text as $text
    | select(any(.said | split("\n")[]; . == $text[1:])) | $text)
  | "the first byte of \(quoted) is not printed";

# A reply is printed that had not been received by then: it is made up.
def made_up_cause:
  . as $story
  | first(
      .calls | to_entries[] | select(.value | is_written(1)) | .key as $i | .value.payload // "" | split("\n")[]
          | select(test("^Hi, |: Hi, "))
      | sub("^[0-9.]+:[0-9]+: "; "") as $line
      | [$story.calls[:$i][] | select(.action == "recv" and succeeded) | .payload // ""] as $texts
      | select(all($texts[]; . as $text | ($line | startswith($text)) or ($text | startswith($line)) | not)
          or $texts == [])
      | {line: $line, next: (first($story.calls[$i:][] | select(.action == "recv" and succeeded) | .payload) // null),
          texts: $texts})
  | if .next != null and .next == .line then
      "\(.line | quoted) is printed before it was received: print what recv has stored"
    elif .texts != [] then
      "\(.line | quoted) is printed, and \(.texts[-1] | quoted) was received: print what recv has stored"
    else
      "\(.line | quoted) is printed, and nothing had been received by then: print what recv has stored"
    end;

# Received, and nothing of it was printed. A * at the end of what was wanted is any text.
def unprinted_cause:
  . as $story
  | (wanted_line.words // "" | sub("^[0-9.]+:[0-9]+: "; "")) as $wanted
  | ($wanted | rtrimstr("*")) as $begin
  | first(.got[] | (.payload // "") as $text
      | select($text != "" and ($text | length < 100 and sub(" +$"; "") == $wanted or ($wanted | endswith("*"))
          and ($begin | length > 1) and startswith($begin)))
      | select(any($story.calls[]; is_written(1) and (.payload // "" | contains($begin))) | not))
  | "\(.payload | quoted) was received, and is not printed";

# --- numbers and addresses ----------------------------------------------------------------------------------------

# "send bytes: N" against what the call sent.
def count_printed_cause:
  [.calls[] | select(.socket != null and .action == "send" and succeeded or is_written(1))]
  | first(pairs | select(.before.action == "send" and (.now | is_written(1)))
      | .before as $send | .now.payload // "" | capture("^send bytes: (?<n>-?[0-9]+)").n
          | select($send.bytes != null and . != ($send.bytes | tostring))
      | {n: ., call: $send})
  | if .n == (.call.payload // "" | up_to_nul | length | tostring) then
      "\(.call | called) sent \(.call.bytes) bytes, and \(.n) is printed: " +
      "strlen stops at the NUL byte. Print what \(.call | called) returned"
    elif (.n == "0" or .n == "1") and .call.bytes > 1 then
      "\(.call | called) sent \(.call.bytes) bytes, and \(.n) is printed, the result of a comparison: " +
      "(sent = ...) < 0 needs its inner parentheses"
    else
      "\(.call | called) sent \(.call.bytes) bytes, and \(.n) is printed"
    end;

# "10.0.0.2:43211: TEXT" against the sender of that text.
def sender_printed_cause:
  . as $story
  | first(.printed | split("\n")[] | capture("^(?<address>[0-9.]+:[0-9]+): (?<text>.+?) *$") | . as $line
      | [$story.got[] | select(.from != null and .payload == $line.text) | .from] as $senders
      | select($senders != [] and ($line.address | IN($senders[]) | not)) | . + {sender: $senders[0]})
  | if .address | port_exchanged | IN($story.got[].from) then
      "\(.address) is printed, whose port has its two bytes exchanged: print ntohs(sin_port)"
    elif .address | host_exchanged | IN($story.got[].from) then
      "\(.address) is printed, whose address has its bytes exchanged: " +
      "inet_ntop and inet_ntoa take network byte order, without ntohl"
    elif (.address | host_of) == (.sender | host_of) and (.address | port_of) == "43211" then
      "\(.address) is printed, and the datagram came from \(.sender): " +
      "the port is in sin_port, it is not always SERV_PORT"
    else
      "\(.address) is printed, and the datagram came from \(.sender): print the address that recvfrom has stored"
    end;

# Every address that the program can know of.
def known_addresses:
  [.udp[] | .to, .from, .socket.local, .socket.peer | strings | select(test("^[0-9.]+:[0-9]+$"))] | unique;

# An address that was printed, and is none of them.
def printed_address_cause:
  known_addresses as $known
  | ([.got[].from // empty] | unique) as $senders
  | first(.printed | split("\n")[] | scan("\\b[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+:[0-9]+\\b") | select(IN($known[]) | not)
      | select(test("^0\\.0\\.0\\.0:0$") | not))
  | . as $printed
  | if port_exchanged | IN($known[]) then
      "\(.) is printed, whose port has its two bytes exchanged: print ntohs(sin_port)"
    elif host_exchanged | IN($known[]) then
      "\(.) is printed, whose address has its bytes exchanged: " +
      "inet_ntop and inet_ntoa take network byte order, without ntohl"
    elif (host_of | IN($known[] | host_of)) and (port_of == "43211") then
      "\(.) is printed, and \([$known[] | select(host_of == ($printed | host_of))] | first) is the address: " +
      "the port is in sin_port, it is not always SERV_PORT"
    elif $senders != [] then
      "\(.) is printed, and no datagram came from there: print the address that recvfrom has stored"
    else
      "\(.) is printed, and is not an address of this socket or of its peer"
    end;

def printing_cause:
  first(
    (first(sender_printed_cause, printed_address_cause) | cause("printing"; "print")),
    (count_printed_cause | cause("printing"; "send")),
    (first(stale_cause, one_byte_less_cause, one_byte_more_cause, made_up_cause, unprinted_cause)
        | cause("printing"; "print")));
