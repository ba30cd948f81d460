# Aspect: counting. A number that the program prints at its end, against what was received.

# The numbers that were printed, with when. $pattern captures n.
def counts($pattern): [.calls[] | select(is_written(1)) | .t as $t | .payload // "" | split("\n")[] | capture($pattern) | {n: (.n | tonumber), t: $t}];

# $right: how many it should be; $all: how many datagrams came, those of others included.
def counting_cause($pattern; $right; $all):
  counts($pattern) as $counts
  | ([.got[-1].t // 0, (.calls[] | select(is_written(1) and (.payload // "" | test("received [0-9]+ bytes"))) | .t)] | max) as $last
  | if expects("does not print: received [0-9]+ datagrams") or any($counts[]; .t < $last) and $counts[-1].t >= $last then
      select(any($counts[]; .t < $last)) | "the count is printed before the end: print it once, when the loop has ended"
    elif (.ended | not) or .killed != null or .complaint != "" then empty
    elif all($counts[]; .t < $last) and expects("received [0-9]+ datagrams") then
      "the server ended without printing the count: both ways to end lead to it"
    elif $counts == [] or $counts[-1].n == $right then empty
    elif $counts[-1].n > $right and $right < $all then
      "the server counted \($counts[-1].n), and its client sent \($right): do not count what others sent"
    else
      "the server counted \($counts[-1].n), and its client sent \($right)"
        + (if $counts[-1].n == $right - 1 then ": the first datagram counts, and goodbye, too"
           else ": count one for each of its datagrams" end)
    end
  | cause("counting"; "end");
