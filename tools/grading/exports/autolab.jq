# The last line that Autolab reads: points by problem. A lab that needs a person is left out, so that nothing is
# recorded.
{scores: ([.labs[] | select(.points != null) | {key: .lab, value: .points}] | from_entries),
    scoreboard: [.final // 0]} | tojson
