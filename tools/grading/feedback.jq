# feedback.html: what one student reads. Input: one student of udplab-book/1; $results: the student's whole results;
# $book: labs, sum and late of the book.
include "html";

def picture($result): (.key + 1 | tostring) as $number | $result.pictures[$number] // null
    | if . == null then ""
        else "<figure><img alt=\"ladder of calls and packets up to where it went wrong\" src=\"data:image/svg+xml;base64,\(@base64)\"></figure>" end;

def test_row: "<tr><td class=\"\(if .outcome == "passed" then "good" elif .outcome == "could not be checked" then "doubt" else "bad" end)\">\(.outcome)</td><td class=\"n\">\(if .outcome == "passed" then .points else 0 end)/\(.points)</td><td>\(.title | @html)</td></tr>";

def field($name; $text): if $text == "" then ""
    else "<dt>\($name)</dt><dd\(if $name == "saw" then " class=\"as-printed\"" else "" end)>\($text | @html)</dd>" end;

# Failures of one cause stand together, as on the terminal.
def failures($result): [$result.result.tests | to_entries[] | select(.value.outcome != "passed")]
    | group_by(if .value.cause != "" then .value.cause | without_ports else .value.outcome + .value.saw end)
    | sort_by(.[0].key) | map(.[0] as $first | (first(.[] | select($result.pictures[(.key + 1 | tostring)])) // $first)
        as $shown | "<section class=\"test\(if $first.value.outcome == "could not be checked" then " doubt" else "" end)\"><h4>\($first.value.title | @html)</h4><dl>\(field("expected"; $first.value.expected))\(field("saw"; $first.value.saw))\(field("cause"; $first.value.cause))\(field("read on"; $first.value.read_on))\(field("also"; [.[1:][].value.title] | join("\n")))</dl>\($shown | picture($result))</section>") | add // "";

def lab_section: . as $row | ([$results[] | select(.lab == $row.lab and .key == ($row.key // ""))][0]) as $result
    | "<h2>\(.lab | @html)</h2>" + if $result == null or $result.result == null
        then "<p class=\"\(if .state == "missing" then "bad" else "doubt" end)\">\(.state | state_words | @html)</p>"
    else "<p>\(if .state == "graded" then "\($result.result.score) of \($result.result.points - (.unchecked // 0))\(if (.unchecked // 0) > 0 then "; \(.unchecked) points could not be checked there, and do not count" else "" end)" else "<span class=\"doubt\">\(.state | state_words | @html)</span>" end)</p><div class=\"wide\"><table><tbody>\([$result.result.tests[] | test_row] | add)</tbody></table></div>\(failures($result))
<details><summary>all that \u0060make check\u0060 said</summary><pre>\($result.said | @html)</pre></details>" end;

page("udplab: \(.name)"; "<h1>\(.name | @html)</h1>
<p>\(if .final == null then "<span class=\"doubt\">The sum is not complete yet: a person looks at it.</span>"
    else "<b>\(.final | number)</b> of \($book.sum | number) points" end)\(if .deduction
    and (.deduction.percent // 0) > 0
    then " (\(.score | number) before the \(.deduction.percent | number) percent for \(.deduction.why | @html))"
    else "" end)</p>
<div class=\"wide\"><table><thead><tr><th>lab</th><th class=\"n\">points</th><th></th></tr></thead><tbody>\([.labs[] | .
    as $row | ($book.labs[] | select(.lab == $row.lab)) as $lab
    | "<tr><td>\(.lab | @html)\(if $lab.bonus then " (bonus)" else "" end)</td><td class=\"n\">\(.points | number) of \($lab.points | number)</td><td>\(if .points == null or .state == "missing" then "<span class=\"quiet\">\(.state | state_words | @html)</span>" else (.points | bar($lab.points)) end)</td></tr>"] | add // "")</tbody></table></div>
\([.labs[] | lab_section] | add // "")
<h2>What was taken</h2>
<ul>\([.taken[].programs[] | if .state == "taken" then "<li>\(.from | @html)</li>" elif .state == "ambiguous"
    then "<li class=\"doubt\">\(.program | @html).c: it is not clear which file is meant: \(.candidates | join(", ") | @html)</li>"
    else empty end] | add // "<li>nothing</li>")</ul>
\(if (.left | length) > 0
    then "<details><summary>\(.left | length) files were left</summary><ul>\([.left[:200][] | "<li>\(.path | @html): \(.why | @html)</li>"] | add)</ul></details>" else "" end)")
