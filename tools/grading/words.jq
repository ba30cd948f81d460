# A student's grade in one line of words.
def summary: [.labs[]
    | (if .points == null then "needs a person" elif .state == "missing" then "not handed in" else .points end) as $got
    | "\(.lab): \($got)" + if .points != null and (.unchecked // 0) > 0
        then " (without tests of \(.unchecked) points that could not be checked there)" else "" end]
    + (if (.deduction.percent // 0) > 0 then ["\(.deduction.why): \(.deduction.percent) percent less"] else [] end)
        | join("; ");
