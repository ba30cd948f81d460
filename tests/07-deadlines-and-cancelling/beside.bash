# shellcheck shell=bash
# What `make scope-07` runs beside the student's program: a server at each address that the program is given.
before() {
    serve_each udpserver "$@"
}
