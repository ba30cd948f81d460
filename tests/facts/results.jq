# From lines of "fact TAB key TAB value" to the result of a run, as README.md describes it.
def lines($key): map(select(.[1] == $key)[2]);
def one($key): lines($key)[0];

[inputs | split("\t") | [.[0], .[1], (.[2:] | join("\t"))]]
| group_by(.[0])
| sort_by(.[0][0] | split(".") | map(tonumber))
| map({
    fact: .[0][0], title: one("title"), verdict: one("verdict"), needs: (one("needs") | split(", ")),
        probe: one("file"),
    text: lines("text"), seen: lines("seen"), notes: lines("note"),
    result: one("result"), because: one("because"), milliseconds: (one("milliseconds") | tonumber)
  })
| {
    version: 1, kernel: $kernel, machine: $machine, system: $system, seconds: $seconds,
    same: map(select(.result == "same")) | length,
    other: map(select(.result == "OTHER")) | length,
    not_here: map(select(.result == "not here")) | length,
    facts: .
  }
