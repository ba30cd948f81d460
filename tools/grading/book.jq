# The grade book, derived anew from what was handed in, the results and the rules: udplab-book/1.
#
# Input: udplab-class/1. $results: a line of JSON for each result; $rules: from tools/grading/rules; $kit, $made.
# A lab has a state: graded, missing (it counts 0), or one that needs a person: ambiguous, unnamed, damaged, unsure,
# waiting.
# Then it has no points, and its student no sum.

def round2: . * 100 | round / 100;

def counted($without): map(. as $test | select(all($without[]; . as $words | $test.title | contains($words) | not)));

# What a lab is worth that counts $points. Of a result in part, the tests that were checked stand for all.
def lab_row($result; $points; $without):
    if .state == "missing" then {lab, state, raw: 0, of: 100, points: 0}
    elif .state != "taken" then {lab, state, raw: null, of: 100, points: null}
    elif $result == null then {lab, state: "waiting", key, raw: null, of: 100, points: null}
    else ($result.tests | counted($without) | map(select(.outcome != "could not be checked"))) as $tests
    | ($tests | map(.points) | add // 0) as $of
    | ([$tests[] | select(.outcome == "passed") | .points] | add // 0) as $got
    | {lab, key, raw: $result.score, of: $result.points, box: $result.box, seconds: $result.seconds,
        tests: $result.tests}
    + {unchecked: ([$result.tests[] | select(.outcome == "could not be checked") | .points] | add // 0)}
    + if $result.state == "unsure" then {state: "unsure", raw: null, points: null}
      elif $of == 0 then {state: "unsure", raw: null, points: null}
      else {state: "graded", points: ($got / $of * $points | round2)} end end;

def deduction($late):
    if $late == null then null
    else ($late.submitted[.id] // (if .submitted then (.submitted | fromdateiso8601) else null end)) as $time
    | if $time == null then (if .late
        then {percent: null, why: ("the platform says that it is late, not how much: " +
            "add \"submitted \(.id) TIME\" to the late rules")}
        else {percent: 0, why: "no time is known"} end)
      else ([0, $time - $late.due - $late.grace - ($late.extension[.id] // 0)] | max) as $seconds
      | ($seconds / 86400 | ceil) as $days
      | {percent: ([$days * $late.day, $late.most] | min),
          why: (if $days == 0 then "in time"
          else "\($days) day\(if $days == 1 then "" else "s" end) late" end)} end end;

(reduce $results[] as $r ({}; .["\($r.lab).\($r.key)"] = $r)) as $by_job
| (if ($rules.labs | length) > 0 then $rules.labs else [.labs[] | {lab: ., points: 100, bonus: false}] end) as $labs
| ([$labs[] | select(.bonus | not) | .points] | add // 0) as $sum
| {schema: "udplab-book/1", $kit, $made, $labs, $sum, late: $rules.late, left, students: [.students[]
    | . as $student
    | [$labs[] as $lab | ([.labs[] | select(.lab == $lab.lab)][0] // {lab: $lab.lab, state: "missing"})
        | lab_row($by_job["\(.lab).\(.key // "")"]; $lab.points; [$rules.without[] | select(.lab == $lab.lab)
            | .words])] as $rows
    | deduction($rules.late) as $deduction
    | (if any($rows[]; .points == null) then null else ($rows | map(.points) | add // 0 | round2) end) as $score
    | {id, name, platform, number, submitted, late, labs: $rows, taken: .labs, left, $score, $deduction,
        final: (if $score == null or $deduction != null and $deduction.percent == null then null
            else $score * (100 - ($deduction.percent // 0)) / 100 | round2 end)}]}
