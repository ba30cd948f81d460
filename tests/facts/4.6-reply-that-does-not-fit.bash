# 4.6 A reply that does not fit
# verdict  Mistake
# text     4091 bytes: fits
#          4092 bytes: ended by _FORTIFY_SOURCE=2
#          4092 bytes, -fstack-protector-all: noticed by nobody
# needs    loopback, gcc

# shellcheck shell=bash
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/server.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char *argv[]) {
    char message[4097] = "", reply[4096];
    if (argc > 1)
        memset(message, 'a', (size_t)atoi(argv[1]));
    sprintf(reply, "Hi, %s", message);
    exit(reply[0] != 'H'); /* main does not return, and the guard is looked at on returning */
}
END

try() {
    if "$folder/server" "$1" 2>/dev/null; then echo "$1 bytes$2: $3"; else echo "$1 bytes$2: $4"; fi
}
gcc -w -O1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -o "$folder/server" "$folder/server.c"
try 4091 "" fits "ended by _FORTIFY_SOURCE=2"
try 4092 "" "noticed by nobody" "ended by _FORTIFY_SOURCE=2" 2>/dev/null
gcc -w -O1 -U_FORTIFY_SOURCE -fstack-protector-all -o "$folder/server" "$folder/server.c"
try 4092 ", -fstack-protector-all" "noticed by nobody" "ended by the guard"
