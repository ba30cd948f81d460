# overview.html: the class in one page. Input: udplab-book/1.
include "html";

def needs: .final == null;
def short: sub("^[0-9]+-"; "") | gsub("-"; " ");

def cell: if .state == "graded" then .points | number | td_n
    elif .state == "missing" then "<td class=\"n quiet\" data-v=\"-1\" title=\"not handed in\">–</td>"
    else "<td class=\"n doubt\" data-v=\"-2\" title=\"\(.state | state_words | @html)\">?</td>" end;

def lab_head: "<th class=\"n\" title=\"\(.lab | @html)\">\(.lab | nn)\(if .bonus then "+" else "" end)</th>";

def late_cells: (.deduction.percent | if . == null then "?" elif . == 0 then "" else "−\(number) %" end) as $late
    | "<td class=\"n\" title=\"\(.deduction.why | @html)\">\($late)</td>" + ("<b>\(.final | number)</b>" | td_n);

def final_cell($sum): (if needs then "needs a person" | span("doubt") else .final | bar($sum) end) as $shown
    | "<td data-v=\"\(.final // -1)\">\($shown)</td>";

def student_row($book): ("<a href=\"students/\(.id | @html)/feedback.html\">\(.name | @html)</a>" | td)
    + ([.labs[] | cell] | joined) + (.score | number | td_n)
    + (if $book.late then late_cells else "" end) + final_cell($book.sum);

def class_table: . as $book
    | ("name" | th) + ([.labs[] | lab_head] | joined) + ("points" | th_n)
        + (if .late then ("late" | th_n) + ("final" | th_n) else "" end) + ("of \(.sum | number)" | th)
    | "<div id=\"class\">\(table(.; [$book.students[] | student_row($book)]))</div>";

# How many students passed each test, of those who handed the lab in.
def tests_of($lab): [.students[].labs[] | select(.lab == $lab and .tests) | .tests[]] | group_by(.title)
    | map({title: .[0].title, points: .[0].points, all: length, passed: map(select(.outcome == "passed")) | length}) ;
def by_test: . as $book
    | [.labs[].lab | . as $lab
    | ($book | [.students[].labs[] | select(.lab == $lab and .tests) | .tests | map(.title)][0] // []) as $order
    | ($book | tests_of($lab)) as $tests | select(($tests | length) > 0)
    | ("points" | th_n) + ("test" | th) + ("passed" | th_n) + ("" | th)
    | table(.; [$order[] as $title | $tests[] | select(.title == $title) | .all as $all
        | (.points | td_n) + (.title | @html | td) + ("\(.passed) of \($all)" | td_n) + (.passed | bar($all) | td)])
    | "<h3>\($lab | nn) \($lab | short)</h3>\(.)\n"] | joined;

def by_cause: [.students[] | .name as $name | .labs[] | .lab as $lab | select(.tests)
    | [.tests[] | select(.outcome != "passed" and .cause != "") | .cause | without_ports]
        | unique[] | {$lab, cause: ., $name}]
    | group_by([.lab, .cause]) | map({lab: .[0].lab, cause: .[0].cause, count: length, names: map(.name)})
        | sort_by(-.count) | .[:15]
    | if length == 0 then "<p>No answer failed with a known cause.</p>"
        else table(("students" | th_n) + ("lab" | th) + ("cause" | th);
            map("<td class=\"n\" title=\"\(.names | join(", ") | @html)\">\(.count)</td>"
                + (.lab | nn | td) + (.cause | @html | td))) end;

def worst: [.labs[].lab as $lab | tests_of($lab)[] | . + {$lab} | select(.passed < .all)] | sort_by(-(.all - .passed))
    | .[:10]
    | if length == 0 then "<p>Every test passed.</p>"
        else table(("failed" | th_n) + ("lab" | th) + ("test" | th);
            map(("\(.all - .passed) of \(.all)" | td_n) + (.lab | nn | td) + (.title | @html | td))) end;

def persons: [.students[] | . as $student
        | (.taken[] | select(.state == "ambiguous") | .lab as $lab | .programs[] | select(.state == "ambiguous")
            | "\($lab | nn): which is meant? \(.candidates | join(" or "))"),
          (.left[] | select(.why
              | IN("not a regular file", "a student's own", "another copy", "not a student's file",
              "no lab asks for it") | not) | "\(.path): \(.why)"),
          (if any(.labs[]; .state == "unnamed")
              then "no file has a name that a lab asks for: \([.left[].path] | .[:3] | join(", "))" else empty end),
          (.labs[] | select(.state | IN("unsure", "waiting")) | "\(.lab | nn): \(.state | state_words)"),
          (if .deduction and .deduction.percent == null then .deduction.why else empty end)
        | {name: $student.name, why: .}] + [.left[] | {name: "?", why: "\(.path): \(.why)"}]
    | if length == 0 then ""
        else "<h2>What needs a person</h2>"
            + table(("name" | th) + ("why" | th); map((.name | @html | td) + (.why | @html | td))) end;

def sorting: "<script>
document.querySelectorAll('#class thead th').forEach(function (th, column) {
  var button = document.createElement('button'); button.type = 'button';
  button.textContent = th.textContent; th.textContent = ''; th.appendChild(button);
  button.onclick = function () {
    var up = th.getAttribute('aria-sort') === 'descending' || !th.hasAttribute('aria-sort') && column === 0,
        body = document.querySelector('#class tbody');
    var value = function (row) { var cell = row.cells[column],
        v = cell.dataset.v || cell.textContent.replace('−',
        '-'); return column && !isNaN(parseFloat(v)) ? parseFloat(v) : column ? -3 : v; };
    var rows = Array.from(body.rows).sort(function (a, b) { var x = value(a),
        y = value(b); return (typeof x === 'string' ? x.localeCompare(y) : x - y) * (up ? 1 : -1); });
    document.querySelectorAll('#class th').forEach(function (other) { other.removeAttribute('aria-sort'); });
    th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    rows.forEach(function (row) { body.appendChild(row); });
  };
});
</script>";

([.students[] | .final | select(. != null)] | sort) as $finals
| ([.students[].labs[] | select(.key)] | unique_by([.lab, .key]) | map(.seconds // 0) | add // 0) as $seconds
| ([.students[].labs[].box | select(. != null)] | unique) as $boxes
| page("The class"; "<h1>The class</h1>
<p>\(.students | length) students, \(.labs | length) labs, \(.sum | number) points.\(if ($finals | length) > 0
    then " Half of the class has \($finals[($finals | length) / 2 | floor] | number) points or more; " +
        "the average is \($finals | add / length | . * 10 | round / 10 | number)." else "" end)</p>
<p class=\"quiet\">Kit \(.kit | @html), \(.made | @html). Checks took \($seconds | round) s,
    several at a time. Box: \($boxes | join(", ") | @html).</p>
\(class_table)
<p class=\"quiet\">– not handed in, it counts 0. ? needs a person, and the student has no sum until then.</p>
\(persons)
<h2>Where the class stumbles</h2>
<h3>Causes</h3>\(by_cause)
<h3>Tests</h3>\(worst)
<h2>Points by test</h2>
\(by_test)
\(sorting)")
