# What stands in a recording, in short: the events of a scene, as `sockscope events` prints them, in one array.

def on_udp: .socket != null and (.socket.type | startswith("UDP"));

def calls($lane): map(select(.kind == "call" and .lane == $lane));
def packets: map(select(.kind == "packet"));

# Whether a program took so many seconds from its last datagram to its end, or to its last event.
def waited($lane; $seconds):
  map(select(.lane == $lane)) as $mine
  | ($mine | map(select(.kind == "call" and .action == "send")) | .[-1].t // infinite) as $sent
  | $mine[-1].t - $sent >= $seconds;

# A program's calls: one failed to receive, with one of these errors, and what did the program do next?
def failed_receive($errors):
  . as $calls
  | first(range(length) as $i | .[$i] | select(.action == "recv" and (.errno | IN($errors[])))
      | {name, errno, next: (first($calls[$i + 1:][] | select(.action == "send" or .fd == 0 or .fd == 1)) // null)})
  | "\(.name) returned -1 (\(.errno)), and the program "
    + (if .next == null or .next.fd == 0 then "said nothing: an error is told, and ends the program"
       else "went on as if a datagram had come: look at the result first. Can it be negative (ssize_t, not size_t)?" end);

# --- telling what was there -------------------------------------------------------------------------------------

def quoted: if . == null then "" else gsub("[[:cntrl:]]"; "?") | if length > 40 then "\"\(.[:37])...\"" else "\"\(.)\"" end end;
def outcome: if .finished == false or .result == null and .errno == "ERESTARTSYS" then "still waiting"
  elif .errno == "ERESTARTNOHAND" then "interrupted" elif .errno then "-1 \(.errno)" else "\(.result)" end;

def brief_call:
  [ .name,
    (if .option then .option else empty end),
    (if .payload != null then (.payload | quoted) else empty end),
    (if .to then "to \(.to)" else empty end),
    (if .from then "from \(.from)" else empty end),
    "= \(outcome)" ] | join(" ");

def is_story: .socket != null or .name == "socket";

def story($lane): calls($lane) | map(select(is_story) | brief_call);

def brief_packet:
  [ .proto, "\(.src) > \(.dst)",
    (if .name then .name else empty end),
    (if .payload != null then (.payload | quoted) else empty end) ] | join(" ");

def shortened: if length > 14 then .[:10] + ["... \(length - 13) more ..."] + .[-3:] else . end;
