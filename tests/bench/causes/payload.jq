# Aspect: payload. What was sent, against what should have been sent.

def bytes_of($count): if $count == 1 then "1 byte" else "\($count) bytes" end;

# How $sent differs from $wanted, where the one comes from the other. $what: what should have been sent, for a reader.
def related($sent; $wanted; $what):
  ($sent | length) as $has | ($wanted | length) as $wants
  | if $sent == $wanted then empty
    elif $sent == $wanted + "\n" then
      "the datagram ends with a newline that \($what) does not have: read_line leaves it out, fgets and getline keep it"
    elif $sent == $wanted + "\u0000" then
      "the datagram ends with a NUL byte that \($what) does not have: " +
      "the length of a text does not count its closing NUL"
    elif $sent == $wanted + "\n\u0000" then
      "the datagram ends with a newline and a NUL byte that \($what) does not have"
    elif ($wanted | has_nul) and $sent == ($wanted | up_to_nul) then
      "\($what) was sent only up to its NUL byte: strlen stops there. Use the length that was returned with the bytes"
    elif ($wanted | has_nul) and $sent == ($wanted | up_to_nul) + "\u0000" then
      "\($what) was sent only up to its NUL byte, and with it: " +
      "strlen stops there, and a closing NUL is not part of the text"
    elif ($wanted | has_nul) and $has == $wants and ($sent | startswith($wanted | up_to_nul)) then
      "the bytes after the NUL byte of \($what) are missing: %s, strcpy and strcat stop there, memcpy does not"
    elif $wants > 0 and $has > $wants and ($sent | startswith($wanted)) and ($sent[$wants:] | has_nul) then
      "\(bytes_of($has)) were sent, and \($what) has \($wants): the rest is what else the buffer held"
    elif $wants > 0 and $has > $wants and ($sent | startswith($wanted)) then
      "\(bytes_of($has)) were sent, and \($what) has \($wants): bytes of an earlier text follow it"
    elif $wants > 0 and $has > $wants and ($sent | endswith($wanted)) then
      "\($sent[:($has - $wants)] | quoted) was sent before \($what), in the same datagram: send \($what) as it is"
    elif $has > 0 and $has < 1024 and $has == $wants - 1 and ($wanted | startswith($sent)) then
      "the last byte of \($what) was not sent: \($has) of \(bytes_of($wants))"
    elif $has > 1 and $has == $wants - 1 and ($wanted | endswith($sent)) and ($wanted | startswith($sent) | not) then
      "the first byte of \($what) was not sent"
    elif $has > 0 and $has < $wants and ($wanted | startswith($sent)) then
      "only \($has) of the \(bytes_of($wants)) of \($what) were sent"
        + (if $has | IN(4, 7, 8) then ": is that the sizeof of a pointer, or of a number?"
            else ": is the buffer large enough?" end)
    elif $wants > 0 and ($sent | ascii_downcase) == ($wanted | ascii_downcase) then
      "the letters of \($what) were changed: \($sent | quoted) was sent"
    else empty end;

# The texts that were sent, those of failed calls left out.
def sent_texts: [.sends[] | select(succeeded) | .payload // ""];

# In pieces, or several lines in one: all the bytes are there, in another number of datagrams. A refused piece is one.
def cut_or_joined:
  . as $story
  | first(sent_texts, [.sends[] | .payload // ""]
      | . as $sent
      | ($story.lines | join("")) as $typed | ($sent | join("")) as $all
      | select($sent != [] and ($all == $typed or ($sent | length) > 20 and ($typed | startswith($all))))
      | select(($sent | map(select(. != "")) | length) != ($story.lines | map(select(. != "")) | length))
      | if ($sent | length) > ($story.lines | length) then
          "a line was sent in several datagrams: one line is one datagram, sent by one call"
        else
          "several lines were sent in one datagram: one line is one datagram"
        end);

# As many bytes each time as a buffer has, whatever the line.
def whole_buffer:
  . as $story
  | ([.sends[] | select(succeeded) | .bytes] | unique) as $sizes
  | select(($sizes | length) == 1 and $sizes[0] >= 1024 and any(.lines[]; length < $sizes[0]))
  | select($sizes[0] % 1024 == 0 or (.sends | length) > 1 and all(.lines[]; length != $sizes[0]))
  | "\($sizes[0]) bytes were sent, which is the whole buffer: " +
    "the line has \(.lines | map(select(length < $sizes[0])) | last | length)";

# A text that no line has.
def strange_payload:
  . as $story
  | first(sent_texts[] | select(IN($story.lines[]) | not)) as $sent
  | first((.lines[] | select(. != "" or ($sent | IN("\n", "\u0000"))) | related($sent; .; "the line")),
      (select(.lines | length > 0) | "the datagram holds \($sent | quoted), and no line is that"));

def receiver: .to // .socket.peer;

# What happened between the first and the second time that a line was sent.
def sent_again:
  . as $story
  | first(sent_texts | unique[] | . as $text
      | [$story.lines[] | select(. == $text)] as $typed
      | (first($story.sends[] | select(succeeded and (.payload // "") == $text)).t) as $first
      | [$story.sends[] | select(.t >= $first and (.payload // "") == $text)] as $same
      | select($typed != [] and ($same | length) > ($typed | length))
      | [$story.udp[] | select(.t > $same[0].t and .t < $same[1].t)]
      | if ($same[0] | receiver) != ($same[1] | receiver) then
          "the line \($text | quoted) was sent to \($same[0] | receiver), and to \($same[1] | receiver) as well: " +
          "one line is one datagram"
        elif any(.[]; .errno == "ECONNREFUSED") then
          "the line \($text | quoted) was refused, and sent again: " +
          "one line is one datagram, and the first refusal is reported"
        elif any(.[]; .errno == "EAGAIN") then
          "no reply came, and the line \($text | quoted) was sent again: " +
          "one line is one datagram, and a datagram or its reply can be lost"
        elif any(.[]; .action == "recv" and succeeded) then
          "the line \($text | quoted) was sent again after something was received: one line is one datagram"
        else
          "the line \($text | quoted) was sent \($same | length) times: one line is one datagram"
        end);

# The program ended well, and a line was never sent.
def left_out:
  . as $story
  | select(.status == 0)
  | first(.lines[] | select(IN($story | sent_texts[]) | not))
  | if . == "" then "nothing was sent for an empty line: read_line returns 0 for it, and -1 at the end of the input"
    elif length >= 4095 or any($story.lines[]; length == 4095) then
      "some bytes of the input were never sent: read_line returns a long line in pieces, and each is a datagram"
    else "the line \(quoted) was never sent" end;

# An empty line was read, and the program waits for a reply all the same.
def empty_unsent:
  select(.sends == [] and .lines[0] == "" and .recvs + .waits != [])
  | "nothing was sent for an empty line, and the program waits for a reply: " +
    "an empty datagram is a datagram, of length 0";

# A line was read, and the program reads on.
def unsent:
  select(.sends == [] and .lines != [] and (.calls[-1] | .name == "read" and .fd == 0 and (.finished | not)))
  | "the line \(.lines[0] | quoted) was read, and the program reads on without sending it: " +
    "send each line before the next one is read";

def before_any_line:
  .sends[0].t as $sent
  | ([.calls[] | select(.name == "read" and .fd == 0)] | first.t) as $read
  | select($sent != null and ($read == null or $read > $sent))
  | "a datagram is sent before the first line is read: " +
    "it gets a reply (or a refusal) too, and the next recv returns that one";

def zero_as_failure:
  select((.complaint | contains("send")) and (.udp[-1] // {} | .action == "send" and .result == 0))
  | "send returned 0, and the program treated that as a failure: " +
    "an empty datagram has the length 0, and errors return -1";

# A client that sends what it reads, a line a datagram.
def lines_cause:
  first(before_any_line, zero_as_failure, whole_buffer, cut_or_joined, strange_payload, sent_again, left_out,
      empty_unsent, unsent)
  | cause("payload"; "send");

# A client that sends its first line only, once.
def one_line_cause:
  (.lines |= .[:1])
  | first(before_any_line, zero_as_failure, whole_buffer, cut_or_joined, strange_payload, sent_again)
  | cause("payload"; "send");
