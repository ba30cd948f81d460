/**
 * @file
 * Hiding libc's debug file.
 */
#include "namespaces.h"

#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOTE_BUILD_ID = 3, ALIGN = 4 };

static size_t aligned(size_t size) {
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/** The debug file's folder is named after the first byte of the build id, which stands in one of libc's notes. */
static int find_build_id(struct dl_phdr_info *info, size_t size, void *first_byte) {
    (void)size;
    if (!strstr(info->dlpi_name, "/libc.so"))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const char *at = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
        const char *end = at + info->dlpi_phdr[i].p_memsz;
        while (info->dlpi_phdr[i].p_type == PT_NOTE && at + sizeof(ElfW(Nhdr)) < end) {
            const ElfW(Nhdr) *note = (const void *)at;
            const char *id = at + sizeof *note + aligned(note->n_namesz);
            if (note->n_type == NOTE_BUILD_ID && id < end) {
                memcpy(first_byte, id, 1);
                return 1;
            }
            at = id + aligned(note->n_descsz);
        }
    }
    return 0;
}

void namespaces_hide_libc_debug(const struct scene *s) {
    unsigned char byte = 0;
    char path[64];
    struct buffer nothing = {0};

    if (!s->is_private || dl_iterate_phdr(find_build_id, &byte) == 0)
        return;
    snprintf(path, sizeof path, "/usr/lib/debug/.build-id/%02x", byte);
    buffer_format(&nothing, "%s/nothing", s->folder);
    if (access(path, F_OK) == 0 &&
        ((mkdir(nothing.at, 0777) < 0 && errno != EEXIST) || mount(nothing.at, path, NULL, MS_BIND, NULL) < 0))
        complain("cannot hide '%s' from Valgrind: %s", path, strerror(errno)); // it only takes longer
    buffer_free(&nothing);
}
