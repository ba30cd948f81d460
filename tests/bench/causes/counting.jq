# Aspect: counting. A number that the program prints at its end, against what was received.

# The numbers that were printed, with when. $pattern captures n.
def counts($pattern): [.calls[] | select(is_written(1)) | .t as $t | .payload // "" | split("\n")[] | capture($pattern)
    | {n: (.n | tonumber), t: $t}];

# $pattern: the line with the count; $each: a line that is printed for each datagram; $right: how many there should be;
# $all: how many datagrams came, those of others included.
def counting_cause($pattern; $each; $right; $all):
  counts($pattern) as $counts
  | ([.got[-1].t // 0, (.calls[] | select(is_written(1) and (.payload // "" | test($each))) | .t)] | max) as $last
  | if any($counts[]; .t < $last) then
      "the count is printed before the end: print it once, when the loop has ended"
    elif (.ended | not) or .killed != null or .complaint != "" then empty
    elif $counts == [] then
      (wanted_line.words // "" | select(test($pattern))
          | "the program ended without printing the count: each way to end leads to it")
    elif $counts[-1].n == $right then empty
    elif $counts[-1].n == $all and $right < $all then
      "the program counted \($counts[-1].n), and its client sent \($right): do not count what others sent"
    elif $right < $all then
      "the program counted \($counts[-1].n), and its client sent \($right): " +
      "count one for each of its datagrams, and none for those of others"
    elif $counts[-1].n == $right - 1 then
      "the program counted \($counts[-1].n), and its client sent \($right): " +
      "the first datagram and the last one count, too"
    elif $counts[-1].n == $right + 1 then
      "the program counted \($counts[-1].n), and its client sent \($right): " +
      "does the counter start at 1, or is the number a constant?"
    else
      "the program counted \($counts[-1].n), and its client sent \($right): count one for each of its datagrams"
    end
  | cause("counting"; "end");
