# What a check says about a client that reads on after a refusal.
mistaken 02-connected-client ignores-the-error
{ UDPLAB_RESULTS_FOLDER=$folder ANSWERS=$KIT/labs tests/bench/check 02-connected-client 2>&1 || true; } |
    awk 'BEGIN { RS = "" } /\n +cause / { print "$ make check-02\n" $0; exit }' >"$BLOCKS/check.1"
