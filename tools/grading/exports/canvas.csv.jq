# Canvas's gradebook: Grades, Import. ID is Canvas's own number of the student, from the names of the files.
include "csv";

(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "udplab"] | row),
(["Points Possible", "", "", "", "", .sum] | row | "    " + .),
(.students[] | select(.platform == "canvas") | [.name, .number, "", "", "", .final] | row)
