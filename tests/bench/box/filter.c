/*
 * Writes the seccomp filter of the run box to standard output, as the BPF program that bwrap --seccomp reads.
 *
 *   Run:   filter > filter.bpf
 *
 * Everything is allowed but what would let a program do something that its recording does not show, leave its box, or
 * keep memory that no limit counts. A refused call fails with EPERM, so the program can say what it tried.
 * Sources: seccomp_rule_add(3), seccomp(2), clone(2).
 */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEW_NAMESPACE                                                                                                  \
    (CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS)

static scmp_filter_ctx filter;

/* seccomp_rule_add returns -errno. */
static void check(int result, const char *what) {
    if (result < 0) {
        fprintf(stderr, "filter: %s: %s\n", what, strerror(-result));
        exit(1);
    }
}

/* A call that this processor, or this libseccomp, does not know cannot be made or cannot be named: no rule. */
static void refuse_call(const char *name) {
    int number = seccomp_syscall_resolve_name(name);
    if (number != __NR_SCMP_ERROR) {
        check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0), name);
    }
}

/* Refuses the call when all of these bits are set in one of its arguments. */
static void refuse_bits(const char *name, unsigned argument, uint64_t bits) {
    int number = seccomp_syscall_resolve_name(name);
    check(
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1, SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bits, bits)),
        name);
}

static void refuse_value(const char *name, unsigned argument, uint64_t value) {
    int number = seccomp_syscall_resolve_name(name);
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1,
                           SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, UINT32_MAX, value)),
          name);
}

/* Calls that strace does not see, or that end its sight of others. A filter of the program's own could answer a call
 * before strace hears of it. */
static void keep_in_sight(void) {
    static const char *const calls[] = {
        "io_uring_setup",   "io_uring_enter",    "io_uring_register", "ptrace", "seccomp",
        "process_vm_readv", "process_vm_writev", "pidfd_getfd",       "kcmp",   "bpf",
        "userfaultfd",      "perf_event_open"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        refuse_call(calls[i]);
    }
    refuse_value("prctl", 0, PR_SET_SECCOMP);
    refuse_bits("clone", 0, CLONE_UNTRACED);
    /* Its flags lie in memory, where a filter cannot read them. glibc then takes clone. */
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0), "clone3");
}

/* Calls that lead to other namespaces, mounts and files of the machine. */
static void keep_inside(void) {
    static const char *const calls[] = {"unshare",
                                        "setns",
                                        "mount",
                                        "umount2",
                                        "pivot_root",
                                        "chroot",
                                        "fsopen",
                                        "fsconfig",
                                        "fsmount",
                                        "fspick",
                                        "move_mount",
                                        "open_tree",
                                        "mount_setattr",
                                        "name_to_handle_at",
                                        "open_by_handle_at",
                                        "quotactl",
                                        "swapon",
                                        "swapoff",
                                        "reboot",
                                        "kexec_load",
                                        "kexec_file_load",
                                        "init_module",
                                        "finit_module",
                                        "delete_module",
                                        "acct",
                                        "syslog",
                                        "settimeofday",
                                        "clock_settime",
                                        "clock_adjtime",
                                        "adjtimex",
                                        "fanotify_init"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        refuse_call(calls[i]);
    }
    for (uint64_t bit = 1; bit <= NEW_NAMESPACE; bit <<= 1) {
        if (NEW_NAMESPACE & bit) {
            refuse_bits("clone", 0, bit);
        }
    }
    /* Typing into the terminal that the check was started from. */
    refuse_value("ioctl", 1, TIOCSTI);
    refuse_value("ioctl", 1, TIOCLINUX);
}

/* Memory that belongs to no process, and so to no limit. */
static void keep_countable(void) {
    static const char *const calls[] = {"memfd_create", "memfd_secret", "shmget",  "shmat",  "semget",
                                        "msgget",       "mq_open",      "add_key", "keyctl", "request_key"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        refuse_call(calls[i]);
    }
}

/* A lab needs IPv4, IPv6, Unix sockets, and netlink to list interfaces. Others reach the host (AF_VSOCK) or packets. */
static void refuse_other_families(const char *name) {
    static const int allowed[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    int number = seccomp_syscall_resolve_name(name), from = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        for (int family = from; family < allowed[i]; family++) {
            refuse_value(name, 0, (uint64_t)family);
        }
        from = allowed[i] + 1;
    }
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1, SCMP_CMP(0, SCMP_CMP_GE, (uint64_t)from, 0)),
          name);
}

int main(void) {
    filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL) {
        fprintf(stderr, "filter: libseccomp cannot make a filter for this processor\n");
        return 1;
    }
    keep_in_sight();
    keep_inside();
    keep_countable();
    refuse_other_families("socket");
    refuse_other_families("socketpair");
    check(seccomp_export_bpf(filter, STDOUT_FILENO), "writing the filter");
    seccomp_release(filter);
    return 0;
}
