# Moodle's grading worksheet: Assignment, Grading action, Upload grading worksheet. The identifier is the number in the
# names of the folders that Moodle packs. Moodle takes no worksheet without the time of the grade, and leaves a grade
# alone that is younger.
include "csv";
include "words";

(["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments"] | row),
(.sum as $sum | .made as $made | .students[] | select(.platform == "moodle")
    | ["Participant \(.number)", .name, .final, $sum, $made, summary] | row)
