/**
 * @file
 * Files for boxes: copies of programs, and the tree that is the same in all of them.
 */
#include "box_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const folders[] = {"usr", "etc", "dev", "dev/shm", "proc", "tmp", "box"};

static const struct {
    const char *path, *target;
} links[] = {{"bin", "usr/bin"},
             {"lib", "usr/lib"},
             {"lib64", "usr/lib64"},
             {"dev/fd", "/proc/self/fd"},
             {"dev/stdin", "/proc/self/fd/0"},
             {"dev/stdout", "/proc/self/fd/1"},
             {"dev/stderr", "/proc/self/fd/2"}};

/** What a program looks up by name is answered without a file of the machine. */
static const struct {
    const char *path, *text;
} names[] = {{"etc/hosts", "127.0.0.1 localhost\n::1 localhost ip6-localhost\n"},
             {"etc/host.conf", "multi on\n"}, // all of a name's addresses, as on Debian
             {"etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\nservices: files\n"},
             {"etc/passwd", "student:x:1000:1000:student:/tmp:/bin/sh\n"},
             {"etc/group", "student:x:1000:\n"}};

static const char *const devices[] = {"dev/null", "dev/zero", "dev/full", "dev/random", "dev/urandom", "dev/tty"};

static bool write_file(int root, const char *path, const char *text) {
    ssize_t length = (ssize_t)strlen(text);
    int fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool done = fd >= 0 && fchmod(fd, 0644) == 0 && write(fd, text, (size_t)length) == length;

    if (fd >= 0 && close(fd) < 0)
        done = false;
    return done;
}

/** Shows a folder or a device of the machine, with all that is mounted in there. */
static bool show(const char *path) {
    char from[64], to[64];

    snprintf(from, sizeof from, "/%s", path);
    snprintf(to, sizeof to, BOX_ROOT "/%s", path);
    return mount(from, to, NULL, MS_BIND | MS_REC, NULL) == 0;
}

/** Of a tree of mounts. */
static bool forbid(const char *path, unsigned long long what) {
    struct mount_attr attributes = {.attr_set = what};
    return mount_setattr(AT_FDCWD, path, AT_RECURSIVE, &attributes, sizeof attributes) == 0;
}

static bool fill_root(int root) {
    bool done = root >= 0;

    for (size_t i = 0; i < COUNT(folders); i++)
        done = done && mkdirat(root, folders[i], 0755) == 0;
    for (size_t i = 0; i < COUNT(links); i++)
        done = done && symlinkat(links[i].target, root, links[i].path) == 0;
    for (size_t i = 0; i < COUNT(names); i++)
        done = done && write_file(root, names[i].path, names[i].text);
    for (size_t i = 0; i < COUNT(devices); i++)
        done = done && write_file(root, devices[i], "") && show(devices[i]);
    return done && show("usr");
}

static bool make_root(void) {
    if (mkdir(BOX_ROOT, 0755) < 0 ||
        mount("tmpfs", BOX_ROOT, "tmpfs", MS_NODEV, "mode=755,size=1048576,nr_inodes=64") < 0)
        return false;
    int root = open(BOX_ROOT, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fill_root(root) && forbid(BOX_ROOT "/usr", MOUNT_ATTR_NODEV) &&
                forbid(BOX_ROOT, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID);
    if (root >= 0)
        close(root);
    return done;
}

bool box_furnish(void) {
    return mount("tmpfs", BOX_SHELF, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=268435456,nr_inodes=4096") == 0 &&
           make_root();
}

static bool copy_file(const char *from, int folder, const char *name) {
    struct stat about;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0555);
    bool done = in >= 0 && out >= 0 && fstat(in, &about) == 0;

    for (off_t left = done ? about.st_size : 0; done && left > 0;) {
        ssize_t count = sendfile(out, in, NULL, (size_t)left);
        done = count > 0;
        left -= count;
    }
    done = done && fchmod(out, 0555) == 0;
    if (in >= 0)
        close(in);
    if (out >= 0 && close(out) < 0)
        done = false;
    return done;
}

bool box_copy(const char *from, const char *folder, const char *name) {
    bool made = mkdir(folder, 0755) == 0 || errno == EEXIST;
    int at = made ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool done = at >= 0 && fchmod(at, 0755) == 0 && copy_file(from, at, name);

    if (at >= 0)
        close(at);
    return done;
}
