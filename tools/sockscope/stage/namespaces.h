/**
 * @file
 * A scene's own namespaces, and the process that watches over it.
 */
#ifndef SOCKSCOPE_NAMESPACES_H
#define SOCKSCOPE_NAMESPACES_H

#include "scene.h"

/**
 * Makes user, network, mount and process namespaces of our own, and becomes their first process: when it ends, so does
 * everything in them. For a scene that is not private, waits until no other one has the loopback that everybody shares.
 * The parent stays behind as a guard, which ends what is left when this process dies. Exits with a message when it
 * cannot.
 * @param s the scene, of which `is_private` counts; `guard` is set
 */
void namespaces_enter(struct scene *s);

/**
 * Hides libc's debug file from Valgrind, which otherwise reads it for half of its time. Nothing but that is lost: it is
 * our own programs whose lines Valgrind is to name.
 * @param scene the scene, which must be private; else nothing happens
 */
void namespaces_hide_libc_debug(const struct scene *scene);

/**
 * Writes a text into a file of the kernel's.
 * @param path the file
 * @param text what to write
 * @return false when that cannot be; errno says why
 */
bool write_text(const char *path, const char *text);

/**
 * Makes the loopback interface usable.
 * @return false when that cannot be; errno says why
 */
bool loopback_up(void);

/**
 * Kills all children, and theirs, until there are none.
 */
void namespaces_kill_all(void);

/**
 * Says why a namespace could not be made.
 * @param error the errno(3) of unshare(2)
 * @return words; ENOSPC is not about a disk here
 * @see user_namespaces(7)
 */
const char *namespaces_trouble(int error);

#endif
