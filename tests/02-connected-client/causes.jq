# Likely causes of failures in this lab: a client on a connected socket.
include "recording";
include "story";
include "memory";
include "descriptors";
include "destination";
include "connecting";
include "payload";
include "waiting";
include "receiving";
include "printing";
include "errors";

def tasks: {connect: 1, send: 2, wait: 3, receive: 3, print: 3, error: 3};

def likely_cause:
  tell(tasks; memory_or(
    endless_cause, descriptors_cause,
    tcp_cause, family_cause, destination_cause, unchecked_connect_cause, address_error_cause, client_bind_cause,
        stolen_error_cause, one_socket_cause,
    success_as_failure_cause, peer_cause, words_cause, needless_address_cause, lines_cause, same_socket_cause,
        receiving_cause, waiting_cause,
    printing_cause, errors_cause, broken_pipe_cause, connected_elsewhere_cause, status_cause, stuck_cause));
