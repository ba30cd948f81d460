# Likely causes of failures in this lab: a server for both address families, and a client that tries all addresses.
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
  if .program == "udpdualserver" then {socket: 1, option: 2, bind: 2, receive: 3, print: 4, send: 3}
  else {name: 5, socket: 6, connect: 6, send: 6, wait: 6, next: 7, error: 7, memory: 7} end;

def is_server: .program == "udpdualserver";
def is_v6: startswith("[");

# --- the server: its socket (tasks 1 and 2) ---------------------------------------------------------------------------

def socket_cause:
  select(is_server)
  | if .sockets == [] and (.complaint | contains("socket failed"))
      or any(.sockets[]; .arguments // "" | test("AF_UNSPEC")) then
      "socket failed: a socket has one family. AF_UNSPEC is a question to getaddrinfo; one for IPv6 (AF_INET6) can " +
      "take both families"
    else
      .sockets[0].socket // empty
      | select(.type == "UDP" and .family == "IPv4")
      | "the socket is for IPv4 (AF_INET): one for IPv6 (AF_INET6) can take both families"
    end
  | cause("destination"; "socket");

def option_cause:
  select(is_server)
  | . as $story
  | [.calls[] | select(.name == "setsockopt" and .fd != null)] as $options
  | (first($options[] | select(.option == "IPV6_V6ONLY")) // null) as $only
  | (first($options[] | select(.option | IN("SO_REUSEADDR", "SO_REUSEPORT"))) // null) as $shared
  | if $shared != null then
      "\($shared.option) lets several UDP sockets have the same port, and each datagram is received by one of them only"
    elif $only != null and $only.errno == "EINVAL" and any($story.binds[]; .t < $only.t) then
      "IPV6_V6ONLY was set after bind, which is too late (EINVAL): set it before"
    elif $only == null and any($options[]; .errno != null) then
      "setsockopt failed (\(first($options[].errno | strings))): IPV6_V6ONLY is an option of the level IPPROTO_IPV6"
    elif $only != null and ($only.value // "" | test("^\\[?1\\]?$")) then
      "IPV6_V6ONLY is set to 1, so the socket takes IPv6 only: 0 lets IPv4 in"
    elif $only == null and .got == [] and .binds != [] then
      "IPV6_V6ONLY was not set: whether the socket takes IPv4, too, " +
      "is then a setting of the machine (bindv6only). Set it to 0"
    else empty end
  | cause("option"; "option");

def any_address_cause:
  select(is_server)
  | first(.binds[] | .to // empty | select(. != "[::]:43211" and is_v6))
  | if endswith(":43211") then
      "bind was passed \(host_of), which is one address of this host: " +
      "in6addr_any (::) is every address, of both families"
    elif port_exchanged | endswith(":43211") then
      "bind was passed port \(port_of), which is 43211 with its two bytes exchanged: htons once"
    else "bind was passed \(.), and clients send to port 43211" end
  | cause("destination"; "bind");

# --- the server: who sent it (tasks 3 and 4) --------------------------------------------------------------------------

def cut_sender_cause:
  select(is_server)
  | . as $story
  | first(.got[] | .from // "" | select(startswith("[::]:") or . == ""))
  | "recvfrom did not store the sender's whole address: " +
    "it needs a pointer to an address, and a pointer to its size, which is 28 bytes before each call"
  | cause("receiving"; "receive");

def scope_cause:
  first(.udp[] | select((.action | IN("send", "connect")) and .errno == "EINVAL"
      and (.to // "" | test("^\\[fe80:[^%]*\\]"))))
  | (if .action == "connect" then "connect" else "send" end) as $about
  | "\(.to | host_of) is a link-local address, and \(called) does not say on which interface: " +
    "sin6_scope_id has to stay in it"
  | cause("destination"; $about);

def mapped_cause:
  select(is_server)
  | . as $story
  | if .printed | test("from \\[::ffff:") then
      "an IPv4 sender is printed as it came, as an IPv6 address behind ::ffff: " +
      "take the IPv4 address out of its last four bytes"
    elif (.printed | test("from 0\\.0\\.0\\.[12]:")) and any(.got[]; .from // "" | test("^\\[(::1|fe80)")) then
      "an IPv6 address is printed as an IPv4 address: only an address that is mapped (IN6_IS_ADDR_V4MAPPED) holds one"
    elif .printed | test("from 1\\.0\\.0\\.127:") then
      "the bytes of 127.0.0.1 are exchanged: they are in network byte order, " +
      "and sin_addr wants them so. Copy them as they are"
    elif .printed | test("from 0\\.0\\.0\\.0:") then
      "0.0.0.0 is printed: the IPv4 address is the last four of the sixteen bytes, and they begin at s6_addr[12]"
    elif .printed | test("from (0\\.0\\.255\\.255|0\\.255\\.255\\.127|255\\.255\\.127\\.0|255\\.127\\.0\\.0):") then
      "bytes ff ff are printed as a part of the address: the IPv4 address begins at s6_addr[12], behind them"
    elif (.printed | test("from \\[::\\]:")) and any(.got[]; .from // "" | test("^\\[::ffff:")) then
      "an IPv4 sender is printed as [::]: its address stands in sin6_addr, " +
      "which is not where sin_addr is. Take the four bytes out of it"
    elif .printed | test("from \\[fe80:[^%]*\\]") then
      "a link-local address is printed without its interface: sin6_scope_id has to stay in it"
    else empty end
  | cause("printing"; "print");

# --- the client: which addresses (task 5) -----------------------------------------------------------------------------

def addresses: [.printed | scan("(?:^|\n)asking ([^\n]+)")[0]];

def name_cause:
  select(is_server | not)
  | addresses as $asked
  | (first(.connects[].to // empty | strings | select(endswith(":0"))) // null) as $portless
  | if .complaint | contains("Address family for hostname not supported") then
      "getaddrinfo gives no address of this family: AF_UNSPEC asks for both. AI_ADDRCONFIG, or no hints at all, " +
      "leaves out a family of which the host has no address"
    elif .complaint | contains("ai_socktype not supported") then
      "getaddrinfo says that ai_socktype and ai_protocol do not fit: " +
      "datagrams are SOCK_DGRAM, and the protocol 0 leaves the rest to it"
    elif (.complaint | test("Name or service not known|No address associated"))
        and expects("asking|Hi|names|receives?|received") then
      "getaddrinfo found no address: AI_NUMERICHOST takes no names, and one family has no addresses of the other"
    elif any($asked[]; test("^\\[::ffff:")) then
      "\(first($asked[] | select(test("^\\[::ffff:")))) is asked: " +
      "AI_V4MAPPED makes IPv6 addresses of IPv4's. AF_UNSPEC gives each family its own"
    elif $portless != null then
      "\($portless) has port 0: pass the port to getaddrinfo as its second argument"
    elif expects("asking \\[::1\\]") and $asked[0] == "127.0.0.1:43211" and all($asked[]; is_v6 | not) then
      "the name was asked at its IPv4 address only: getaddrinfo gives the addresses of both families for AF_UNSPEC, " +
      "and the loop begins with the first"
    elif expects("asking 127") and $asked != [] and all($asked[]; is_v6) and .ended then
      "the name was asked at \($asked | unique | join(" and ")) only: " +
      "did getaddrinfo return the next address, and does the loop go on to it?"
    else empty end
  | cause("naming"; "name");

def unasked_cause:
  select(is_server | not)
  | select(addresses == [] and .lines != [] and .ended and .status == 1 and .complaint == "")
  | "no address was asked, although getaddrinfo found one: " +
    "the loop takes every element of the list, from the first one to that whose ai_next is NULL"
  | cause("counting"; "next");

def repeated_cause:
  select(is_server | not)
  | addresses as $asked
  | (.lines | length) as $lines
  | first($asked | group_by(.)[] | select(length > ([$lines, 1] | max)) | .[0])
  | "\(.) is asked several times with one line: getaddrinfo returns each address once for each type of socket. Set " +
    "ai_socktype"
  | cause("naming"; "name");

# --- the client: one address (task 6) ---------------------------------------------------------------------------------

def one_address_cause:
  select(is_server | not)
  | . as $story
  | (first(.udp[] | select(.action == "connect" and .errno == "EAFNOSUPPORT")) // null) as $family
  | (first(.udp[] | select(.action == "connect" and .errno == "EINVAL")) // null) as $size
  | (first(.calls[] | select(is_written(1)) | .t) // 0) as $asking # getaddrinfo connects, too, before that
  | [.connects[] | select(.t > $asking)] as $connects
  | if $family != null then
      "connect failed (EAFNOSUPPORT): the socket is for the other family. Each address says which one it needs " +
      "(ai_family)" | cause("destination"; "socket")
    elif $size != null then
      "connect failed (EINVAL): the size is not that of this address. Each address says how long it is (ai_addrlen)"
          | cause("destination"; "connect")
    elif $connects == [] and .sends != [] then
      "the program never calls connect: without a peer the kernel drops every refusal" | cause("connecting"; "connect")
    elif any($connects[]; .result == 0) and .sends == [] and .lines != [] then
      "connect returned 0, and the program took that for an answer: " +
      "it sends nothing, and proves nothing. Ask, and wait for the reply" | cause("connecting"; "connect")
    else empty end;

# --- the client: one after the other (task 7) -------------------------------------------------------------------------

def next_cause:
  select(is_server | not)
  | . as $story
  | addresses as $asked
  | ([.udp[] | select((.action | IN("recv", "connect", "send")) and .errno != null and .errno != "ERESTARTSYS")] | last
      // null) as $failed
  | (first(.got[]) // null) as $answer
  | (first(.connects[] | select($answer != null and .t > $answer.t)) // null) as $again
  | if $again != null and (all($story.calls[]; .name != "read" or .fd != 0 or .t < $answer.t or .t > $again.t)) then
      "\($asked[0]) answered, and \($again.to) was asked all the same: the first answer ends the search"
          | cause("counting"; "next")
    elif $again != null and $again.to == (first($story.connects[] | select(.t < $answer.t)) // {to: null} | .to) then
      "\($again.to) has answered, and is connected to again for the next line: keep its socket"
          | cause("counting"; "next")
    elif $failed != null and .ended and ($asked | length) == 1 and $answer == null and expects("^client|^four|^six")
        and (expects("localhost|asking \\[") | not) then
      "\($asked[0]) failed (\($failed.errno)), and the program ended: another address can still answer"
          | cause("errors"; "next")
    elif $failed != null and (.ended | not) and ($asked | length) == 1
        and (.udp[-1].action != "recv" or .udp[-1].finished) then
      "\($asked[0]) failed (\($failed.errno)), and the next address was not asked" | cause("errors"; "next")
    elif expects("exits with status 1$") and .ended and .status == 0 then
      "nobody answered, and the exit status is 0: the network said no, and that is status 1" | cause("errors"; "error")
    elif expects("exits with status 2$") and .ended and .status != 2 then
      "a name without addresses is wrong usage, and the exit status is \(.status // "none"): it should be 2"
          | cause("errors"; "name")
    else empty end;

def silent_cause: select(is_server | not) | no_deadline_cause | cause("waiting"; "wait");

def likely_cause:
  tell(tasks; memory_or(
    descriptors_cause, tcp_cause, socket_cause, option_cause, any_address_cause, scope_cause, cut_sender_cause,
        mapped_cause,
    name_cause, unasked_cause, repeated_cause, one_address_cause, next_cause, silent_cause, unchecked_call_cause,
    address_error_cause,
        endless_cause, words_cause, stuck_cause));
