# The first of what is said about lab 01's starter.
{ UDPLAB_RESULTS_FOLDER=$folder make -s check-01 2>&1 || true; } | sed -n '1,/read on/{/^  failed/,$p}' >"$BLOCKS/failure.1"
