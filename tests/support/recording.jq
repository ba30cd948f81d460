# Questions to a recording: the events of a scene, as `sockscope events` prints them, in one array.

# What a call does, whichever of its names the program used: read() on a socket receives, too.
def action:
  if .name | IN("sendto", "sendmsg", "sendmmsg") then "send"
  elif .name | IN("recvfrom", "recvmsg", "recvmmsg") then "recv"
  elif .socket != null and .name == "write" then "send"
  elif .socket != null and .name == "read" then "recv"
  else .name end;

def on_udp: .socket != null and (.socket.type | startswith("UDP"));

# ["connect", "to", "127.0.0.1:43211", "before", "send"] -> {name: "connect", to: "127.0.0.1:43211", before: "send"}
def wanted($words):
  reduce range(1; $words | length; 2) as $i ({name: $words[0]}; .[$words[$i]] = $words[$i + 1]);

# An address without a port fits whatever the port.
def address_fits($want; $address):
  if $want == null then true
  elif $want == "nobody" then $address == null
  elif $want == "anybody" then $address != null
  else $address == $want or ($want | contains(":") | not) and ($address // "" | split(":")[0]) == $want end;

def call_fits($w):
  action == $w.name
  and address_fits($w.to; .to)
  and address_fits($w.from; .from)
  and ($w.of == null or .payload == $w.of)
  and ($w.option == null or .option == $w.option)
  and ($w.failing == null or .errno == $w.failing)
  and ($w.returning == null or (.result | tostring) == $w.returning);

def packet_fits($w):
  ($w.name == "any" or (.proto | ascii_downcase) == $w.name)
  and address_fits($w.to; .dst)
  and address_fits($w.from; .src)
  and ($w.of == null or .payload == $w.of)
  and ($w.saying == null or .name == $w.saying)
  and ($w.about == null or .about.dst == $w.about)
  and ($w.reaching == null or .to_lane == $w.reaching);

def calls($lane): map(select(.kind == "call" and .lane == $lane));
def packets: map(select(.kind == "packet"));

# When the wanted time begins: with the first call or signal of the name that stands after `after`.
def begin_of($lane; $w):
  if $w.after == null then -1
  else map(select(.lane == $lane and (.kind == "call" and action == $w.after or .kind == "signal" and .name == $w.after)))
    | .[0].t // infinite end;

# When the wanted time is over: at the first call after that of the kind named after `before`, else never.
def end_of($lane; $w):
  begin_of($lane; $w) as $begin
  | if $w.before == null then infinite
    else (calls($lane) | map(select(action == $w.before and .t > $begin)) | .[0].t) // infinite end;

def enough($w): if $w.times == null then length > 0 else length == ($w.times | tonumber) end;

def has_call($lane; $words):
  wanted($words) as $w | begin_of($lane; $w) as $begin | end_of($lane; $w) as $over
  | calls($lane) | map(select(.t > $begin and .t < $over and call_fits($w))) | enough($w);

def has_packet($lane; $words):
  wanted($words) as $w | begin_of($lane; $w) as $begin | end_of($lane; $w) as $over
  | packets | map(select(.t > $begin and .t < $over and packet_fits($w))) | enough($w);

def has_waited($lane; $words):
  map(select(.lane == $lane)) as $mine
  | ($mine | map(select(.kind == "call" and action == "send")) | .[-1].t // infinite) as $sent
  | $mine[-1].t - $sent >= ($words[0] | tonumber) / 1000;

# A program's calls: one failed to receive, with one of these errors, and what did the program do next?
def failed_receive($errors):
  . as $calls
  | first(range(length) as $i | .[$i] | select(action == "recv" and (.errno | IN($errors[])))
      | {name, errno, next: (first($calls[$i + 1:][] | select(action == "send" or .fd == 0 or .fd == 1)) // null)})
  | "\(.name) returned -1 (\(.errno)), and the program "
    + (if .next == null or .next.fd == 0 then "said nothing: an error is told, and ends the program"
       else "went on as if a datagram had come: look at the result first. Can it be negative (ssize_t, not size_t)?" end);

# --- telling what was there -------------------------------------------------------------------------------------

def quoted: if . == null then "" else gsub("[[:cntrl:]]"; "?") | if length > 40 then "\"\(.[:37])...\"" else "\"\(.)\"" end end;
def outcome: if .finished == false or .result == null and .errno == "ERESTARTSYS" then "still waiting" elif .errno then "-1 \(.errno)" else "\(.result)" end;

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
