/*
 * Looks around in its box, and says what it has found and what it was refused, one line each.
 */
#include "lib/common.h"

#include <dirent.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

extern char **environ;

static void say(const char *what, long result) {
    if (result < 0) {
        printf("%s: %s\n", what, strerrorname_np(errno));
    } else {
        printf("%s: %ld\n", what, result);
    }
}

static void list(const char *folder) {
    DIR *all = opendir(folder);
    printf("%s:", folder);
    for (const struct dirent *entry; all && (entry = readdir(all));) {
        if (entry->d_name[0] != '.' && (strcmp(folder, "/proc") != 0 || strspn(entry->d_name, "0123456789") > 0)) {
            printf(" %s", entry->d_name);
        }
    }
    printf("\n");
    if (all) {
        closedir(all);
    }
}

static int open_descriptors(void) {
    int count = 0;
    for (int fd = 3; fd < 256; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

static void look(void) {
    struct rlimit memory;
    printf("uid: %d\n", getuid());
    printf("capability to do anything: %d\n", prctl(PR_CAPBSET_READ, 21) == 1);
    printf("descriptors above 2: %d\n", open_descriptors());
    for (char **variable = environ; *variable; variable++) {
        printf("environment: %s\n", *variable);
    }
    list("/box");
    list("/home");
    list("/root");
    list("/tmp");
    list("/dev/shm");
    list("/proc");
    getrlimit(RLIMIT_AS, &memory);
    printf("memory: %lu\n", (unsigned long)memory.rlim_cur);
    say("terminal", open("/dev/tty", O_RDWR));
}

static void *rest(void *nothing) {
    pause();
    return nothing;
}

static void ask(void) {
    struct io_uring_params ring = {0};
    say("write /", open("/new", O_WRONLY | O_CREAT, 0600));
    say("write /box", open("/box/new", O_WRONLY | O_CREAT, 0600));
    say("write /dev", open("/dev/new", O_WRONLY | O_CREAT, 0600));
    say("write /etc", open("/etc/new", O_WRONLY | O_CREAT, 0600));
    say("write /usr", open("/usr/new", O_WRONLY | O_CREAT, 0600));
    say("chmod /etc/hosts", chmod("/etc/hosts", 0666));
    say("chmod /dev/null", chmod("/dev/null", 0666));
    say("write /dev/null", open("/dev/null", O_WRONLY) >= 0 ? 0 : -1);
    say("write /dev/shm", open("/dev/shm/new", O_WRONLY | O_CREAT, 0600) >= 0 ? 0 : -1);
    say("write /tmp", open("/tmp/new", O_WRONLY | O_CREAT, 0600) >= 0 ? 0 : -1);
    say("io_uring_setup", syscall(SYS_io_uring_setup, 4, &ring));
    say("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
    say("prctl PR_SET_SECCOMP", prctl(PR_SET_SECCOMP, 1));
    say("unshare CLONE_NEWUSER", unshare(CLONE_NEWUSER));
    say("mount", mount("none", "/tmp", "tmpfs", 0, NULL));
    say("memfd_create", syscall(SYS_memfd_create, "x", 0));
    say("keyctl", syscall(SYS_keyctl, 0, -1, 0));
    say("TIOCSTI", ioctl(0, TIOCSTI, "x"));
    say("socket AF_PACKET", socket(AF_PACKET, SOCK_DGRAM, 0));
    say("socket AF_VSOCK", socket(40, SOCK_DGRAM, 0));
    say("socket SOCK_RAW", socket(AF_INET, SOCK_RAW, IPPROTO_UDP));
    say("socket SOCK_DGRAM", socket(AF_INET, SOCK_DGRAM, 0) >= 0 ? 0 : -1);
    say("thread", pthread_create(&(pthread_t){0}, NULL, rest, NULL));
    say("kill of all others", kill(-1, SIGTERM));
}

int main(void) {
    look();
    ask();
    puts("done");
    return 3;
}
