#!/usr/bin/env bash
# Gradescope runs this once, as root, when it makes the image of the autograder.
set -euo pipefail
cd /autograder/source/udplab
tools/provision grading
make -s ready
# Students' programs run as a user that owns nothing, and here lie the solutions.
chmod -R go= /autograder/source
