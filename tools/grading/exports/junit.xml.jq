# JUnit's XML: a suite for each student and lab, for everything that shows test results.
def xml: tostring | gsub("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"; "?") | @html;
def of($outcome): map(select(.outcome | IN($outcome[]))) | length;
def counts: "tests=\"\(length)\" failures=\"\(of(["failed", "timed out", "crashed"]))\" " +
    "errors=\"\(of(["could not be checked"]))\"";
def verdict: if .outcome == "passed" then "/>"
    elif .outcome == "could not be checked"
        then "><error type=\"unchecked\" message=\"could not be checked\"/></testcase>"
    else "><failure type=\"\(.outcome | xml)\" message=\"\(.cause | xml)\"/></testcase>" end;

([.students[].labs[] | select(.tests) | .tests[]]) as $all
| "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
"<testsuites name=\"udplab\" \($all | counts)>",
(.students[] | (.id | xml) as $id | .labs[] | select(.tests) | (.lab | xml) as $lab
    | "  <testsuite name=\"\($id) \($lab)\" \(.tests | counts) time=\"\([.tests[].seconds] | add)\">",
    (.tests[] | "    <testcase classname=\"\($id).\($lab)\" name=\"\(.title | xml)\" time=\"\(.seconds)\"" + verdict),
    "  </testsuite>"),
"</testsuites>"
