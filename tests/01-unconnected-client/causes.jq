# Likely causes of failures in this lab: a client on an unconnected socket.
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

def tasks: {send: 1, wait: 2, receive: 2, print: 2, error: 2, sender: 3};

def likely_cause:
  tell(tasks; memory_or(
    endless_cause, descriptors_cause, words_cause,
    tcp_cause, family_cause, destination_cause, address_error_cause, client_bind_cause, stolen_error_cause,
        one_socket_cause,
    needless_connect_cause, lines_cause, same_socket_cause, believing_cause, receiving_cause, waiting_cause,
        printing_cause, errors_cause,
    broken_pipe_cause, status_cause, stuck_cause));
