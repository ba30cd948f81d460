# Likely causes of failures in this lab: tests/bench/causes/README.md.
include "recording";
include "story";
include "memory";
include "descriptors";
include "destination";
include "payload";
include "waiting";
include "receiving";
include "printing";
include "errors";

def tasks: {send: 1};

def likely_cause:
  tell(tasks; memory_or(
    endless_cause, descriptors_cause, words_cause, tcp_cause, destination_cause, address_error_cause, lines_cause,
        receiving_cause,
    waiting_cause, printing_cause, errors_cause, status_cause, stuck_cause));
