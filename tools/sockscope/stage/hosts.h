/**
 * @file
 * Hosts on the scene's private networks.
 *
 * A host is a network namespace, /run/netns/NAME, with lo and eth0, eth1, ...: one for each network that it is in. What
 * an address is in decides where its cable goes: a bridge joins the hosts of one network.
 */
#ifndef SOCKSCOPE_HOSTS_H
#define SOCKSCOPE_HOSTS_H

#include "scene.h"

#include <net/if.h>

enum { PORT_NAME = IFNAMSIZ }; ///< room for the name of a bridge's port

/**
 * Makes a host, and captures what comes by there.
 * @param s         the scene, which must be private
 * @param name      its name
 * @param addresses ADDRESS[/PREFIX], as many as there are
 * @param count     how many
 * @param why       set to what is wrong; buffer_free() it
 * @return false when it could not be made
 */
bool host_add(struct scene *s, const char *name, char **addresses, int count, struct buffer *why);

/**
 * Begins to capture the present network namespace.
 * @param s    the scene, which gets one host more
 * @param host the host, without its capture
 * @param only the one interface to capture, by the kernel's number; 0 for all
 */
void host_capture(struct scene *s, const struct machine *host, unsigned only);

/**
 * Goes to a host's network.
 * @param h the host
 * @return a descriptor for host_leave()
 */
int host_visit(const struct machine *h);

/**
 * Goes back.
 * @param home from host_visit()
 */
void host_leave(int home);

/**
 * Names the other end of a host's cable: the port of the bridge.
 * @param h         the host
 * @param interface 0 for eth0
 * @param port      set to its name
 */
void host_port(const struct machine *h, int interface, char port[PORT_NAME]);

/**
 * Waits until a host can be reached.
 * @param h         the host
 * @param listening from bridge_listen(), before its cables were plugged in
 * @return false when it cannot, within some seconds
 */
bool host_forwards(const struct machine *h, int listening);

#endif
