/**
 * @file
 * @brief Socket addresses of any family as text.
 */
#include "lib/common.h"

const char *endpoint_text(const struct sockaddr *address, char text[static ENDPOINT_TEXT_SIZE]) {
    char host[INET6_ADDRSTRLEN + IF_NAMESIZE], port[sizeof "65535"];
    bool is_v6 = address->sa_family == AF_INET6;
    socklen_t size = is_v6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if ((!is_v6 && address->sa_family != AF_INET) ||
        getnameinfo(address, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        snprintf(text, ENDPOINT_TEXT_SIZE, "an address of family %d", address->sa_family);
    else
        snprintf(text, ENDPOINT_TEXT_SIZE, is_v6 ? "[%s]:%s" : "%s:%s", host, port);
    return text;
}
