# feedback.html: what one student reads. Input: one student of udplab-book/1; $results: the student's whole results;
# $book: labs, sum and late of the book.
include "html";

def picture($result): (.key + 1 | tostring) as $number | $result.pictures[$number] // null
    | "ladder of calls and packets up to where it went wrong" as $shows
    | if . == null then ""
        else "<figure><img alt=\"\($shows)\" src=\"data:image/svg+xml;base64,\(@base64)\"></figure>" end;

def outcome_class: {"passed": "good", "could not be checked": "doubt"}[.] // "bad";

def test_row: "<td class=\"\(.outcome | outcome_class)\">\(.outcome)</td>"
    + ("\(if .outcome == "passed" then .points else 0 end)/\(.points)" | td_n) + (.title | @html | td);

def field($name; $text): if $text == "" then ""
    else "<dt>\($name)</dt><dd\(if $name == "saw" then " class=\"as-printed\"" else "" end)>\($text | @html)</dd>" end;

# The failures of one cause as one: the first has the words, and the first with a picture has that.
def failure($result): . as $same | .[0].value as $first
    | first($same[] | select($result.pictures[.key + 1 | tostring]), $same[0]) as $shown
    | [field("expected"; $first.expected), field("saw"; $first.saw), field("cause"; $first.cause),
        field("read on"; $first.read_on), field("also"; [$same[1:][].value.title] | join("\n"))] as $fields
    | "<section class=\"test\(if $first.outcome == "could not be checked" then " doubt" else "" end)\">"
        + "<h4>\($first.title | @html)</h4><dl>\($fields | add)</dl>\($shown | picture($result))</section>";

# They stand together, as on the terminal.
def failures($result): [$result.result.tests | to_entries[] | select(.value.outcome != "passed")]
    | group_by(if .value.cause != "" then .value.cause | without_ports else .value.outcome + .value.saw end)
    | sort_by(.[0].key) | map(failure($result)) | joined;

def score_line($result): (.unchecked // 0) as $unchecked
    | if .state != "graded" then .state | state_words | @html | span("doubt")
        else "\($result.result.score) of \($result.result.points - $unchecked)"
            + if $unchecked > 0 then "; \($unchecked) points could not be checked there, and do not count" else "" end
        end;

def lab_section: . as $row | ([$results[] | select(.lab == $row.lab and .key == ($row.key // ""))][0]) as $result
    | "<h2>\(.lab | @html)</h2>" + if $result == null or $result.result == null
        then "<p class=\"\(if .state == "missing" then "bad" else "doubt" end)\">\(.state | state_words | @html)</p>"
        else (score_line($result) | p) + table(""; [$result.result.tests[] | test_row]) + failures($result)
            + "\n<details><summary>all that \u0060make check\u0060 said</summary>"
            + "<pre>\($result.said | @html)</pre></details>" end;

def lab_row: . as $row | ($book.labs[] | select(.lab == $row.lab)) as $lab
    | ("\(.lab | @html)\(if $lab.bonus then " (bonus)" else "" end)" | td)
        + ("\(.points | number) of \($lab.points | number)" | td_n)
        + (if .points == null or .state == "missing" then .state | state_words | @html | span("quiet")
            else .points | bar($lab.points) end | td);

def sum_line: if .final == null then "The sum is not complete yet: a person looks at it." | span("doubt")
    else "<b>\(.final | number)</b> of \($book.sum | number) points" end
    + if .deduction and (.deduction.percent // 0) > 0
        then " (\(.score | number) before the \(.deduction.percent | number) percent for \(.deduction.why | @html))"
        else "" end;

def taken_file: if .state == "taken" then .from | @html | li
    elif .state == "ambiguous"
        then "<li class=\"doubt\">\(.program | @html).c: it is not clear which file is meant: "
            + "\(.candidates | join(", ") | @html)</li>"
    else "" end;

def left_files: if length == 0 then ""
    else "<details><summary>\(length) files were left</summary>"
        + "<ul>\(.[:200] | map("\(.path | @html): \(.why | @html)" | li) | add)</ul></details>" end;

page("udplab: \(.name)"; "<h1>\(.name | @html)</h1>
\(sum_line | p)
\(table(("lab" | th) + ("points" | th_n) + ("" | th); [.labs[] | lab_row]))
\([.labs[] | lab_section] | joined)
<h2>What was taken</h2>
<ul>\([.taken[].programs[] | taken_file] | joined | if . == "" then "nothing" | li else . end)</ul>
\(.left | left_files)")
