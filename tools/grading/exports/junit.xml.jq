# JUnit's XML: a suite for each student and lab, for everything that shows test results.
def xml: tostring | gsub("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"; "?") | @html;
def of($outcome): map(select(.outcome | IN($outcome[]))) | length;

([.students[].labs[] | select(.tests) | .tests[]]) as $all
| "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
"<testsuites name=\"udplab\" tests=\"\($all | length)\" failures=\"\($all | of(["failed", "timed out", "crashed"]))\" errors=\"\($all | of(["could not be checked"]))\">",
(.students[] | . as $student | .labs[] | select(.tests) | . as $lab
    | "  <testsuite name=\"\("\($student.id) \(.lab)" | xml)\" tests=\"\(.tests | length)\" failures=\"\(.tests | of(["failed", "timed out", "crashed"]))\" errors=\"\(.tests | of(["could not be checked"]))\" time=\"\([.tests[].seconds] | add)\">",
    (.tests[] | "    <testcase classname=\"\("\($student.id).\($lab.lab)" | xml)\" name=\"\(.title | xml)\" time=\"\(.seconds)\"" +
        (if .outcome == "passed" then "/>" elif .outcome == "could not be checked"
            then "><error type=\"unchecked\" message=\"could not be checked\"/></testcase>"
        else "><failure type=\"\(.outcome | xml)\" message=\"\(.cause | xml)\"/></testcase>" end)),
    "  </testsuite>"),
"</testsuites>"
