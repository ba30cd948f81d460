# 4.5 One byte behind the buffer
# verdict  Mistake
# text     4095 bytes: no complaint
#          4096 bytes: index 4096 out of bounds
# needs    loopback, gcc

# shellcheck shell=bash
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/server.c" <<'END'
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
int main(int argc, char *argv[]) {
    static char sent[4096];
    char message[4096];
    int pair[2];
    if (argc < 2 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0)
        return 1;
    send(pair[0], sent, (size_t)atoi(argv[1]), 0);
    ssize_t n = recv(pair[1], message, sizeof message, 0);
    message[n] = 0;
    return 0;
}
END

gcc -w -g -fsanitize=undefined -o "$folder/server" "$folder/server.c" 2>/dev/null ||
    { echo "gcc has no sanitizers here" >&2; exit 77; }
for bytes in 4095 4096; do
    said=$("$folder/server" $bytes 2>&1 | grep -o 'index [0-9]* out of bounds' | head -n 1) || true
    echo "$bytes bytes: ${said:-no complaint}"
done
