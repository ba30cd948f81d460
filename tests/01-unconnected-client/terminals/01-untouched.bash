# What is said about lab 01's starter, after the list of its tests.
{ UDPLAB_RESULTS_FOLDER=$folder make -s check-01 2>&1 || true; } |
    awk 'BEGIN { RS = "" } /expected/' >"$BLOCKS/failure.1"
