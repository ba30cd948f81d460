# Moodle's grading worksheet: Assignment, Grading action, Upload grading worksheet. The identifier is the number in the
# names of the folders that Moodle packs.
include "csv";
include "words";

(["Identifier", "Full name", "Grade", "Maximum Grade", "Feedback comments"] | row),
(.sum as $sum | .students[] | select(.platform == "moodle") | ["Participant \(.number)", .name, .final, $sum, summary] | row)
