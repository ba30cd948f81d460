/**
 * @file
 * @brief IPv4 socket addresses: from text, to text, compared.
 */
#include "lib/common.h"

struct sockaddr_in ipv4_address(const char *text, uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, text, &address.sin_addr) != 1)
        error(2, 0, "'%s' is not an IPv4 address (four numbers from 0 to 255, such as 127.0.0.1)", text);
    return address;
}

const char *address_text(const struct sockaddr_in *address, char text[static ADDRESS_TEXT_SIZE]) {
    /* Network byte order: the first number first. */
    const uint8_t *byte = (const uint8_t *)&address->sin_addr;
    snprintf(text, ADDRESS_TEXT_SIZE, "%u.%u.%u.%u:%u", byte[0], byte[1], byte[2], byte[3], ntohs(address->sin_port));
    return text;
}

bool same_address(const struct sockaddr_in *a, const struct sockaddr_in *b) {
    return a->sin_family == b->sin_family && a->sin_addr.s_addr == b->sin_addr.s_addr && a->sin_port == b->sin_port;
}
