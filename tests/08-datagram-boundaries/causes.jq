# Likely causes of failures in this lab.
include "recording";
include "shared";
include "program";
include "words";
include "network";
include "client";

def likely_cause: first_cause(client_cause({send: 1}));
