# Likely causes of failures in this lab: a server that receives, and a program that sends datagrams of given sizes.
include "recording";
include "story";
include "memory";
include "descriptors";
include "destination";
include "connecting";
include "payload";
include "waiting";
include "receiving";
include "printing";
include "errors";

def tasks:
  if .program == "udpcollector" then {receive: 1, end: 2, print: 3, memory: 3, bind: 1}
  else {send: 4, option: 5, count: 6, error: 7} end;

# --- the collector ----------------------------------------------------------------------------------------------------

def is_collector: .program == "udpcollector";

# The length of a datagram that was longer than what the program was given of it.
def length_cause:
  select(is_collector)
  | . as $story
  | first(.got[] | select(.capacity != null and .capacity > 1 and .capacity < 2048 and .bytes == .capacity
      and (.flags // "" | contains("MSG_TRUNC") | not))
      | . as $got
      | first($story.others[] | select(.bytes > $got.capacity and .t < $got.t + $got.seconds) | .bytes) as $length
      | "the datagram has \($length) bytes, and \($got | called) returned \($got.capacity), as if that were all: " +
        "with the flag MSG_TRUNC it returns \($length)")
  | cause("receiving"; "receive");

def capacity_cause:
  select(is_collector)
  | first(.recvs[] | select(.capacity != null and (.capacity | IN(1024, 1025) | not) and .capacity < 1024
      and .capacity > 0 and (.flags // "" | contains("MSG_TRUNC")))
      | "\(called) was passed a buffer size of \(.capacity): " +
        "MESSAGE_SIZE is 1024, and the buffer has one byte more for the NUL")
  | cause("receiving"; "receive");

def asked_too_early_cause:
  select(is_collector)
  | (first(.calls[] | select(.name == "ioctl" and (.option // .arguments // "" | test("FIONREAD")))) // null) as $asked
  | select($asked != null)
  | if any(.recvs[]; .capacity == 0) then
      "FIONREAD was asked before a datagram had arrived, and it told 0: " +
      "the size that \(first(.recvs[] | select(.capacity == 0)) | called) was passed"
    elif any(.got[]; .t < $asked.t) and all(.recvs[]; .flags // "" | contains("MSG_TRUNC") | not) then
      "FIONREAD was asked after \(first(.got[]) | called): " +
      "it tells the length of the next datagram, and of the rest of the last one nothing is left. MSG_TRUNC tells " +
      "the whole length"
    else empty end
  | cause("receiving"; "receive");

def rest_cause:
  select(is_collector)
  | [.calls[] | select(.action == "recv" or is_written(1))]
  | first(pairs | select(.before.action == "recv" and .now.action == "recv"
      and (.before | succeeded and (looks_only | not)) and .before.result > 1024))
  | "a datagram of \(.before.result) bytes was received, " +
    "and \(.before | called) was called again before anything was printed: " +
    "there is no rest to receive. The second call takes the next datagram"
  | cause("receiving"; "receive");

def impatient_cause:
  select(is_collector)
  | first(.recvs[] | select(.errno == "EAGAIN"))
  | "\(called) returned -1 (EAGAIN): it looked for a datagram, and did not wait for one"
      + (if does_not_wait then ". MSG_DONTWAIT asks for that" else "" end)
  | cause("waiting"; "receive");

def empty_cause:
  select(is_collector)
  | select(any(.got[]; .bytes == 0) and (.got[-1].bytes == 0) and .ended and .killed == null)
  | if .complaint != "" then "an empty datagram was taken for a failure: recv returns 0 for it, and -1 for an error"
    else "an empty datagram was taken for the end: in UDP it is a message like any other" end
  | cause("receiving"; "end");

# What was printed of a datagram, against what was stored of it.
def kept_cause:
  select(is_collector)
  | . as $story
  | first(.got[] | . as $got
      | ([$story.calls[] | select(is_written(1) and .t > $got.t)][0].payload // ""
          | capture("^received (?<kept>[0-9]+)( of (?<all>[0-9]+))? bytes") // empty) as $told
      | ($told.kept | tonumber) as $kept
      | ([$got.result, ($got.capacity // 1024)] | min) as $stored
      | select($kept != $stored)
      | "\($got | called) stored \($stored) of the datagram's \($got.result) bytes, and the program says \($kept): " +
        "it is the smaller one of the datagram's length and MESSAGE_SIZE"
        + (if $kept > $stored and $kept != 1024 and $stored < 1024 then ". recv puts no NUL byte behind them: what " +
            "follows in the buffer is older" else "" end))
  | cause("printing"; "print");

def crashed_cause:
  select(is_collector and any(.got[]; .result > 1024))
  | "the datagram had \(first(.got[] | select(.result > 1024) | .result)) bytes, and the buffer 1024: " +
    "with MSG_TRUNC the call returns more than it has stored, so it is not the index of the NUL byte"
  | cause("memory"; "print");

# --- the sizes --------------------------------------------------------------------------------------------------------

def sizes: [.lines[] | select(test("^[0-9]+$")) | tonumber];
def sent_sizes: [.sends[] | select(succeeded) | .bytes];

def size_cause:
  select(is_collector | not)
  | sizes as $sizes | sent_sizes as $sent
  | first(
      (select(.sends != [] and all(.sends[]; .errno == "EMSGSIZE") and any($sizes[]; . <= 65507))
        | "send failed with EMSGSIZE, and the size was \($sizes | map(select(. <= 65507)) | first): " +
          "send was passed another number of bytes"),
      (select(any($sizes[]; . == 0) and ($sent | index(0)) == null and ($sent | index(1)) != null
          and ($sizes | index(1)) == null)
        | "1 byte was sent where 0 were asked for: a datagram can be empty"),
      (select(any($sizes[]; . == 0) and ($sent | index(0)) == null and .udp[-1].errno == null)
        | "nothing was sent for the size 0: an empty datagram is a datagram"),
      (first($sent[] | select(IN($sizes[]) | not)) as $piece
        | "a datagram of \(bytes_of($piece)) was sent, and nobody asked for this size: " +
          "one size is one datagram, and IP cuts it into fragments if it must"
          + (if $piece == 8 then ". Is 8 the sizeof of a pointer?" else "" end)))
  | cause("payload"; "send");

def mtu_cause:
  select(is_collector | not)
  | [.udp[] | select(.name == "getsockopt")] as $asked
  | ([.printed | scan("MTU ([0-9]+)")[0]] | first // null) as $told
  | (first($asked[] | select(.option == "IP_MTU" and .errno == null)
        | .value // "" | scan("[0-9]+")) // null) as $stored
  | if any(.udp[]; .name == "setsockopt" and .option == "IP_MTU") then
      "setsockopt was called, which sets an option, and IP_MTU can only be read: getsockopt stores it in mtu"
    elif any(.calls[]; .name == "ioctl" and (.option // .arguments // "" | test("SIOCGIFMTU"))) then
      "SIOCGIFMTU asks for the MTU of one interface: the MTU of the route can be lower. getsockopt tells it with IP_MTU"
    elif $told != null and $stored != null
        and ([$told | tonumber] | inside([$asked[] | .value // "" | scan("[0-9]+") | tonumber]) | not) then
      "getsockopt stored \($stored) as the MTU, and the program says \($told): " +
      "route_mtu returns what was stored, and the headers are counted later"
    elif any(.udp[]; .name == "setsockopt" and .option == "IP_MTU_DISCOVER") then
      "IP_MTU_DISCOVER is set, and a datagram that does not fit into one packet is then refused (EMSGSIZE) instead " +
      "of cut"
    elif any($asked[]; .errno != null) then
      "getsockopt failed (\(first($asked[].errno | strings))): IP_MTU is an option of the level IPPROTO_IP"
    elif any($asked[]; .option == "SO_BSDCOMPAT") then
      "the option IP_MTU was read at the level SOL_SOCKET, where its number means another option: " +
      "its level is IPPROTO_IP"
    elif $asked != [] and all($asked[]; .option != "IP_MTU") then
      "the program reads \($asked[0].option): the MTU of the route is the option IP_MTU"
    elif $asked == [] and (.sends | length) > 0 then
      "the program never asks for the MTU of the route: getsockopt with IP_MTU"
    elif ($asked | length) == 1 and (.sends | length) > 1 then
      "the program asked for the MTU only once: the MTU of a route can change, so ask before each datagram"
    else empty end
  | cause("counting"; "option");

# The number of packets, where so many bytes fit into the last one, and $part into each before it.
def fragments($bytes; $space; $part): if $bytes <= $space then 1 else 1 + (($bytes - $space) / $part | ceil) end;
def eights: . / 8 | floor * 8;

def count_cause:
  select(is_collector | not)
  | first(.printed | split("\n")[] | capture("^(?<size>[0-9]+) bytes: (?<count>-?[0-9]+) packets?, MTU (?<mtu>[0-9]+)")
      // empty | map_values(tonumber)
      | (.mtu - 20) as $space | ($space | eights) as $part
      | fragments(.size + 8; $space; $part) as $right
      | select(.count != $right)
      | "\(.size) bytes at an MTU of \(.mtu) are \($right) \(if $right == 1 then "packet" else "packets" end), " +
        "and the program says \(.count)"
        + (if .count == 1 then ": with the 8 bytes of the UDP header they do not fit into the \($space) bytes that a " +
            "packet has for them"
           elif $right == 1 then ": with the 8 bytes of the UDP header they fit into the \($space) bytes that a " +
               "packet has for them"
           elif $part != $space and .count == fragments(.size + 8; $space; $space)
               then ": a fragment carries a multiple of 8 bytes, here \($part) and not \($space)"
           elif .count == ((.size + 28) / .mtu | ceil) then ": each fragment has an IP header of its own"
           elif .count == fragments(.size + 8; $space - 8; $space - 8 | eights)
               then ": the UDP header is in the first fragment only"
           else "" end))
  | cause("counting"; "count");

# --- a failed send ----------------------------------------------------------------------------------------------------

def failed_send_cause:
  select(is_collector | not)
  | . as $story
  | first(
      ([.sends[] | select(.errno != null)] | group_by([.errno, .length, .payload])[] | select(length > 5) | .[0]
        | "send failed with \(.errno) again and again: the second time it is this datagram's own error, " +
          "and no further call helps"),
      (first(.sends[] | select(.errno == "EMSGSIZE") | . as $failed
        | [$story.sends[] | select(.t > $failed.t)] as $later
        | [$story.packets[] | select(.name == "fragmentation needed" and .t < $failed.t)] as $icmp
        | select($icmp != [] and ($later == [] or all($later[]; .payload != $failed.payload)))
        | "send failed with EMSGSIZE because a router had dropped an earlier datagram, " +
          "and this one was not sent again: an earlier datagram's error comes once")),
      (select(.ended and .status == 1 and .sends[-1].errno == "EMSGSIZE"
          and ([.calls[] | select(.name == "read" and .fd == 0)] | last | .result != 0))
        | "the program ended when a datagram was too long: report it with error(0, ...), and go on to the next size"),
      (select(any(.sends | pairs; .before.errno == "EMSGSIZE" and .now.payload == .before.payload
          and (.now | succeeded)) and .complaint == "")
        | "send failed with EMSGSIZE and worked the second time: " +
          "the error was an earlier datagram's, and nobody reported it"))
  | cause("errors"; "error");

def likely_cause:
  tell(tasks; memory_or(crashed_cause;
    descriptors_cause, tcp_cause, asked_too_early_cause, (first(peek_cause) | cause("receiving"; "receive")),
        length_cause, capacity_cause,
    rest_cause, empty_cause, kept_cause, impatient_cause,
    size_cause, mtu_cause, failed_send_cause, count_cause, endless_cause, status_cause, stuck_cause));
