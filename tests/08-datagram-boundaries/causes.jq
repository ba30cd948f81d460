# Likely causes of failures in this lab.
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

def tasks: if .program == "udpcollector" then {receive: 1} else {send: 4} end;

def likely_cause:
  tell(tasks; memory_or(
    endless_cause, descriptors_cause, words_cause, tcp_cause, destination_cause, address_error_cause,
    (peek_cause | cause("receiving"; "receive")), (blind_wait_cause | cause("waiting"; "wait")), status_cause, stuck_cause));
