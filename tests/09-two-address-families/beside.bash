# shellcheck shell=bash
# What `make scope-09` runs beside the student's program: a server at each address of IPv4 that the program is given.
before() {
    serve_each udpserver "$@"
}
