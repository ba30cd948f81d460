# shellcheck shell=bash
# Wrong and right answers to the labs, as tests/NN-topic/{wrong,right} keep them. An answer is one program that stands
# in for the solution's:
#
#   NAME.patch   a header, an empty line, and the difference to the solution (diff -U2)
#   NAME.c       a whole program, with the same header in its first comment; right answers are whole programs, and so
#                are wrong ones whose patch would be as long
#
# The header has one field per line. A title is a test's, without its points.
#   Program: NAME              whose place it takes; a patch has it in its first line, --- solutions/NN-topic/PROGRAM.c
#   Mistake: or Differs:       what is wrong, or what a right answer does differently
#   Caught by: TITLE           the test that is meant to catch it
#   Feedback: WORDS            words that this test's outcome, expectation, observation or cause must contain;
#                              any number
#   Also fails: TITLE          every other test that fails; any number
#   Words vary: WHY            the machine's speed decides what is told: feedback.txt has an example
#   May fail: TITLE            fails or passes, whichever the machine's speed decides; any number

# answers_to LAB KIND: the files of one kind, by name.
answers_to() {
    [[ ! -d tests/$1/$2 ]] || find "tests/$1/$2" -name '*.patch' -o -name '*.c' | LC_ALL=C sort
}

# header NAME ANSWER: the values of a field, one per line.
header() {
    header_of "$2" | sed -n "s/^$1: //p"
}

header_of() {
    if [[ $1 == *.patch ]]; then
        sed '/^$/,$d' "$1"
    else
        sed -n '1d; /^ \*\//q; s/^ \* //p' "$1"
    fi
}

program_of() {
    if [[ $1 == *.patch ]]; then
        solution_of "$1" | sed 's|.*/\(.*\)\.c$|\1|'
    else
        header Program "$1"
    fi
}

# The solution that a patch is made for.
solution_of() {
    sed -n 's/^--- //p; /^--- /q' "$1"
}

# print_answer ANSWER: its program as C. A patch that does not fit the solution to the letter fails, and says so.
print_answer() {
    if [[ $1 == *.patch ]]; then
        apply_patch "$1" "$(solution_of "$1")" ||
            { echo "$1 does not fit $(solution_of "$1"): \`tools/answer refresh\` carries it over" >&2; return 1; }
    else
        cat "$1"
    fi
}

# apply_patch PATCH SOURCE: the source with the patch, on standard output. Lines may have moved, but none may differ.
apply_patch() {
    patch --silent --fuzz=0 --reject-file=- --output=- "$2" "$1" 2>/dev/null
}
