# overview.html: the class in one page. Input: udplab-book/1.
include "html";

def needs: .final == null;
def short: sub("^[0-9]+-"; "") | gsub("-"; " ");

def cell: if .state == "graded" then "<td class=\"n\">\(.points | number)</td>"
    elif .state == "missing" then "<td class=\"n quiet\" data-v=\"-1\" title=\"not handed in\">–</td>"
    else "<td class=\"n doubt\" data-v=\"-2\" title=\"\(.state | state_words | @html)\">?</td>" end;

def class_table: . as $book
    | "<div class=\"wide\"><table id=\"class\"><thead><tr><th>name</th>\([.labs[] | "<th class=\"n\" title=\"\(.lab | @html)\">\(.lab | nn)\(if .bonus then "+" else "" end)</th>"] | add)<th class=\"n\">points</th>\(if .late then "<th class=\"n\">late</th><th class=\"n\">final</th>" else "" end)<th>of \(.sum | number)</th></tr></thead><tbody>
\([.students[] | "<tr><td><a href=\"students/\(.id | @html)/feedback.html\">\(.name | @html)</a></td>\([.labs[] | cell] | add)<td class=\"n\">\(.score | number)</td>\(if $book.late then "<td class=\"n\" title=\"\(.deduction.why | @html)\">\(if .deduction.percent == null then "?" elif .deduction.percent == 0 then "" else "−\(.deduction.percent | number) %" end)</td><td class=\"n\"><b>\(.final | number)</b></td>" else "" end)<td data-v=\"\(.final // -1)\">\(if .final == null then "<span class=\"doubt\">needs a person</span>" else (.final | bar($book.sum)) end)</td></tr>\n"] | add // "")</tbody></table></div>";

# How many students passed each test, of those who handed the lab in.
def tests_of($lab): [.students[].labs[] | select(.lab == $lab and .tests) | .tests[]] | group_by(.title)
    | map({title: .[0].title, points: .[0].points, all: length, passed: map(select(.outcome == "passed")) | length}) ;
def by_test: . as $book
    | [.labs[].lab | . as $lab
    | ($book | [.students[].labs[] | select(.lab == $lab and .tests) | .tests | map(.title)][0] // []) as $order
    | ($book | tests_of($lab)) as $tests | select(($tests | length) > 0)
    | "<h3>\($lab | nn) \($lab | short)</h3><div class=\"wide\"><table><thead><tr><th class=\"n\">points</th><th>test</th><th class=\"n\">passed</th><th></th></tr></thead><tbody>\([$order[] as $title | $tests[] | select(.title == $title)
        | "<tr><td class=\"n\">\(.points)</td><td>\(.title | @html)</td><td class=\"n\">\(.passed) of \(.all)</td><td>\(.all as $all | .passed | bar($all))</td></tr>"] | add)</tbody></table></div>\n"] | add // "";

def by_cause: [.students[] | .name as $name | .labs[] | .lab as $lab | select(.tests)
    | [.tests[] | select(.outcome != "passed" and .cause != "") | .cause | without_ports]
        | unique[] | {$lab, cause: ., $name}]
    | group_by([.lab, .cause]) | map({lab: .[0].lab, cause: .[0].cause, count: length, names: map(.name)})
        | sort_by(-.count) | .[:15]
    | if length == 0 then "<p>No answer failed with a known cause.</p>"
        else "<div class=\"wide\"><table><thead><tr><th class=\"n\">students</th><th>lab</th><th>cause</th></tr></thead><tbody>\([.[] | "<tr><td class=\"n\" title=\"\(.names | join(", ") | @html)\">\(.count)</td><td>\(.lab | nn)</td><td>\(.cause | @html)</td></tr>"] | add)</tbody></table></div>" end;

def worst: [.labs[].lab as $lab | tests_of($lab)[] | . + {$lab} | select(.passed < .all)] | sort_by(-(.all - .passed))
    | .[:10]
    | if length == 0 then "<p>Every test passed.</p>"
        else "<div class=\"wide\"><table><thead><tr><th class=\"n\">failed</th><th>lab</th><th>test</th></tr></thead><tbody>\([.[] | "<tr><td class=\"n\">\(.all - .passed) of \(.all)</td><td>\(.lab | nn)</td><td>\(.title | @html)</td></tr>"] | add)</tbody></table></div>" end;

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
        else "<h2>What needs a person</h2><div class=\"wide\"><table><thead><tr><th>name</th><th>why</th></tr></thead><tbody>\([.[] | "<tr><td>\(.name | @html)</td><td>\(.why | @html)</td></tr>"] | add)</tbody></table></div>" end;

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
