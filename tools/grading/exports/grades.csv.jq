# A table for everybody: a line for each student. An empty cell needs a person; it is not 0.
include "csv";

([.labs[].lab] as $labs | ["id", "name", "number", $labs[], "score", "late_percent", "final", "of", "needs_a_person"]
    | row),
(.sum as $sum | .students[] | [.id, .name, .number, (.labs[].points), .score, .deduction.percent, .final, $sum,
    ([.labs[] | select(.points == null) | "\(.lab): \(.state)"] | join("; "))] | row)
