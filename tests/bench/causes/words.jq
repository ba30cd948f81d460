# Likely causes in what a program printed: nearly the right words, or the right ones in the wrong place.

# What came from standard input, and what went to standard output (1) or error (2).
def typed: map(select(.name == "read" and .fd == 0) | .payload // "") | add // "";
def written($fd): map(select(.name == "write" and .fd == $fd) | .payload // "") | add // "";

# The lines on one of them, without blanks at their ends.
def lines_on($fd): [written($fd) | split("\n")[] | sub(" +$"; "") | select(. != "")];

# "client prints: Hi, g1" -> {lane: "client", fd: 1, words: "Hi, g1"}
def wanted_line($expected):
  $expected | ltrimstr("under Valgrind, ")
  | capture("^(?<lane>[^ ]+) (?<how>prints|says on standard error): (?<words>.+)$")
  | .fd = (if .how == "prints" then 1 else 2 end);

def plain_words: ascii_downcase | gsub("[^a-z0-9 ]"; "") | [splits(" +")];

# Whether a line is nearly $wanted: more stands before it, the words have another order, or all but one word are the same, and that is neither the last one
# nor a number.
def is_near($wanted):
  plain_words as $has | ($wanted | plain_words) as $wants
  | endswith($wanted) or ($has | sort) == ($wants | sort)
    or ($has | length) == ($wants | length) and $has[-1] == $wants[-1]
      and ([range($has | length) | select($has[.] != $wants[.]) | $has[.] + $wants[.]] | length == 1 and all(test("[0-9]") | not));

# The line goes on with what a client prints next.
def runs_on($wanted): any(split($wanted)[1:][]; ltrimstr(" ") | startswith("now sending"));

# The program received these words, and waits for its next line without having printed anything.
def withheld($words):
  length > 1 and (.[-2] | .action == "recv" and .payload == $words) and (.[-1] | .name == "read" and .fd == 0);

def words_cause($expected):
  . as $events
  | wanted_line($expected) as $want
  | select(any($events[]; .kind == "start" and .lane == $want.lane and is_answer))
  | ($events | calls($want.lane)) as $calls
  | ($calls | lines_on($want.fd)) as $lines
  | ($calls | lines_on(3 - $want.fd)) as $elsewhere
  | if any($elsewhere[]; . == $want.words) and $want.fd == 2 then
      "the words are right, but on standard output: error() writes to standard error"
    elif any($elsewhere[]; . == $want.words) then
      "the words are right, but on standard error: printf writes to standard output"
    elif any($lines[]; runs_on($want.words)) then
      "a line without its end: \(first($lines[] | select(runs_on($want.words))) | quoted). Print \\n after the reply"
    elif $want.fd == 1 and ($calls | withheld($want.words)) then
      "the reply was received, and not printed before the next line was read: does its line end with \\n?"
    elif $want.fd == 2 and any($lines[]; . as $line | $want.words | startswith($line + ": ")) then
      "the message does not say which error it was: errno, as the second argument of error, adds its text and its number"
    elif $want.fd == 2 and any($lines[]; . as $line | $want.words | startswith($line + " (")) then
      "the error's number is missing: error(1, errno, ...) adds its text and its number"
    elif any($lines[]; is_near($want.words) and . != $want.words) then
      "the closest line is \(first($lines[] | select(is_near($want.words))) | quoted)"
    else empty end;
