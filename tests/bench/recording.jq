# What stands in a recording, in short: the events of a scene, as `sockscope events` prints them, in one array.

def on_udp: .socket != null and (.socket.type | startswith("UDP"));
def is_wait: .name | IN("poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2");

# The milliseconds of an option's value that is a struct timeval: decoded by strace, or its sixteen bytes as "\2\0\n@".
def octal: reduce (explode[] - 48) as $digit (0; . * 8 + $digit);
def strace_bytes:
  [ltrimstr("\"") | rtrimstr("\"") | scan("\\\\[0-7]{1,3}|\\\\.|[^\\\\]")
    | if test("^\\\\[0-7]") then .[1:] | octal
      elif startswith("\\") then {n: 10, t: 9, r: 13, f: 12, v: 11}[.[1:]] // (.[1:] | explode[0])
      else explode[0] end];
def little_endian: reduce reverse[] as $byte (0; . * 256 + $byte);
def timeval_of_option:
  .value // ""
  | if startswith("\"") then strace_bytes | select(length == 16) | (.[:8] | little_endian) * 1000
      + (.[8:] | little_endian) / 1000
    else capture("tv_sec=(?<s>[0-9]+), tv_usec=(?<u>[0-9]+)") | (.s | tonumber) * 1000 + (.u | tonumber) / 1000 end;

def calls($lane): map(select(.kind == "call" and .lane == $lane));
def packets: map(select(.kind == "packet"));

# --- telling what was there -------------------------------------------------------------------------------------

def quoted: if . == null then "" else gsub("[[:cntrl:]]"; "?") | if length > 40 then "\"\(.[:37])...\""
    else "\"\(.)\"" end end;
def outcome: if .finished == false or .result == null and .errno == "ERESTARTSYS" then "still waiting"
  elif .errno == "ERESTARTNOHAND" then "interrupted" elif .errno then "-1 \(.errno)" else "\(.result)" end;

# What a wait watches, for how long, and what came.
def brief_wait:
  [ .name,
    (.watched | if . == null then empty elif . == [] then "nothing"
       else (.[:3] | map("\(.fd) for \(.events // "nothing")") | join(", "))
           + (if length > 3 then " and \(length - 3) more" else "" end) end),
    (if has("timeout") | not then empty elif .timeout == null then "without a limit"
        else "at most \(.timeout * 1000 | round) ms" end),
    "= \(outcome)",
    (.flags // empty) ] | join(" ");

def brief_option: .option,
    (if .option | startswith("SO_RCVTIMEO") then "\(timeval_of_option) ms" else .value // empty end);

def brief_call:
  if is_wait then brief_wait
  else
    [ .name,
      (if .option then brief_option else empty end),
      (if .action == "recv" or .action == "send" then .flags // empty else empty end),
      (if .payload != null then (.payload | quoted) else empty end),
      (if .to then "to \(.to)" else empty end),
      (if .from then "from \(.from)" else empty end),
      (if .truncated then "into \(.capacity // .result) bytes" else empty end),
      "= \(outcome)",
      (if .truncated and .datagram then "of \(.datagram)" else empty end) ] | join(" ")
  end;

def is_story: .socket != null or .name == "socket" or is_wait;

def story($lane): calls($lane) | map(select(is_story) | brief_call);

def brief_packet:
  [ .proto, "\(.src) > \(.dst)",
    (if .name then .name else empty end),
    (if .payload != null then (.payload | quoted) else empty end) ] | join(" ");

def shortened: if length > 14 then .[:10] + ["... \(length - 13) more ..."] + .[-3:] else . end;
