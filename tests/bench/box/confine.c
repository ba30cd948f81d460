/*
 * Becomes a program that has fewer rights: another user, limits, no open files. It is killed when its parent dies:
 * where there are no namespaces, all who could kill it may have died in the same moment.
 *
 *   Usage: confine [user=NUMBER] [from=DESCRIPTOR] [RESOURCE=SOFT[:HARD]]... -- PROGRAM [ARGUMENT]...
 *
 *   user=60001     this user and group, without further groups, capabilities, and ways to get them back
 *   from=3         close this descriptor, and all above it
 *   nofile=256     a limit as in prlimit(1); at most NUMBER open files
 *
 * It does the work of setpriv(1) and prlimit(1). Both are dynamic programs, and the recorder stops at each call with
 * which their libraries are loaded: this took longer than all the rest of a start. So this program is linked
 * statically.
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
    const char *name;
    __rlimit_resource_t resource;
} limits[] = {
    {"as", RLIMIT_AS},       {"core", RLIMIT_CORE},         {"cpu", RLIMIT_CPU},     {"memlock", RLIMIT_MEMLOCK},
    {"nproc", RLIMIT_NPROC}, {"msgqueue", RLIMIT_MSGQUEUE}, {"stack", RLIMIT_STACK}, {"nofile", RLIMIT_NOFILE},
};

static void check(int result, const char *what) {
    if (result < 0) {
        fprintf(stderr, "confine: %s: %s\n", what, strerror(errno));
        exit(126);
    }
}

static unsigned long number(const char *text, char end, const char *word) {
    char *rest;

    errno = 0;
    unsigned long value = strtoul(text, &rest, 10);
    if (rest == text || (*rest != '\0' && *rest != end) || errno != 0) {
        errno = EINVAL;
        check(-1, word);
    }
    return value;
}

/* The bounding set goes first, since a capability is needed for it. setresuid(2) takes those of root, but not the
 * inheritable ones. */
static void become_user(unsigned id) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

    for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability) == 0; capability++) {
    }
    check(setgroups(0, NULL), "setgroups");
    check(setresgid(id, id, id), "setresgid");
    check(setresuid(id, id, id), "setresuid");
    check((int)syscall(SYS_capset, &header, none), "capset");
    check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
}

static void set_limit(const char *word, size_t name_size, const char *value) {
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (strlen(limits[i].name) != name_size || strncmp(limits[i].name, word, name_size) != 0)
            continue;
        const char *hard = strchr(value, ':');
        struct rlimit both = {.rlim_cur = number(value, ':', word),
                              .rlim_max = number(hard ? hard + 1 : value, '\0', word)};
        check(setrlimit(limits[i].resource, &both), word);
        return;
    }
    errno = EINVAL;
    check(-1, word);
}

static void apply(const char *word) {
    const char *value = strchr(word, '=');

    errno = EINVAL;
    if (!value)
        check(-1, word);
    else if (strncmp(word, "user=", 5) == 0)
        become_user((unsigned)number(value + 1, '\0', word));
    else if (strncmp(word, "from=", 5) == 0)
        check(close_range((unsigned)number(value + 1, '\0', word), ~0U, 0), word);
    else
        set_limit(word, (size_t)(value - word), value + 1);
}

int main(int argc, char **argv) {
    int next = 1;

    for (; next < argc && strcmp(argv[next], "--") != 0; next++)
        apply(argv[next]);
    if (next + 1 >= argc) {
        fprintf(stderr,
                "usage: %s [user=NUMBER] [from=DESCRIPTOR] [RESOURCE=SOFT[:HARD]]... -- PROGRAM [ARGUMENT]...\n",
                argv[0]);
        return 126;
    }
    check(prctl(PR_SET_PDEATHSIG, SIGKILL), "pdeathsig");
    execvp(argv[next + 1], argv + next + 1);
    fprintf(stderr, "confine: %s: %s\n", argv[next + 1], strerror(errno));
    return errno == ENOENT ? 127 : 126;
}
