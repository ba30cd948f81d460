# 4.1 A length that is never below zero
# verdict  Mistake
# text     recv failed, and the program says: received 18446744073709551615 bytes
#          gcc -Wall: no warning
#          gcc -Wextra: comparison is always false
# needs    loopback, gcc

# shellcheck shell=bash
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/client.c" <<'END'
#include <stdio.h>
#include <sys/socket.h>
int main(void) {
    char message[10];
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    size_t n = recv(fd, message, sizeof message, MSG_DONTWAIT);
    if (n < 0)
        puts("recv failed");
    else
        printf("received %zu bytes\n", n);
}
END

gcc -w -o "$folder/client" "$folder/client.c"
echo "recv failed, and the program says: $("$folder/client")"
for option in -Wall -Wextra; do
    if gcc $option -fsyntax-only "$folder/client.c" 2>&1 | grep -q 'always false'; then
        echo "gcc $option: comparison is always false"
    else
        echo "gcc $option: no warning"
    fi
done
