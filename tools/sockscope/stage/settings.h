/**
 * @file
 * Changing a host of the scene: with iproute2, with nftables, with sysctls, by its switch.
 */
#ifndef SOCKSCOPE_SETTINGS_H
#define SOCKSCOPE_SETTINGS_H

#include "protocol.h"
#include "scene.h"

/**
 * Carries out `ip HOST LINE...`, `nft HOST RULES`, `sysctl HOST NAME VALUE` or `switch HOST on|off`.
 * @param s   the scene
 * @param c   the command
 * @param why set to what is wrong; buffer_free() it
 * @return false when it could not be done
 */
bool host_set(struct scene *s, const struct command *c, struct buffer *why);

#endif
