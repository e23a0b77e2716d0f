/*
 * pdf_sandbox.c - see pdf_sandbox.h.
 *
 * The filter lists what is refused, not what is allowed: what the C library of the day calls to
 * start a program and read a pipe is not ours to know. Opening for reading stays allowed, since the
 * program's libraries and character tables are files. A refused call fails with EPERM.
 */
#include "import/pdf_sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define OUR_ARCH AUDIT_ARCH_RISCV64
#else
#error "name this architecture's AUDIT_ARCH, so that the filter knows its system calls"
#endif

#define FOREIGN_CALLS 0x40000000u /* x86-64 takes calls of another table from this number on */
#define OPEN_FILES    64

#define LOAD(field)                                                                                \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
#define ALLOW  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define UNKNOWN(nr)                                                                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1),                                               \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)
#define REFUSED(nr)  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1), REFUSE
#define WRITING_BITS (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))
/* An open whose flags are in an argument: allowed for reading alone. */
#define READ_ONLY(nr, argument)                                                                    \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 4), LOAD(args[argument]),                         \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING_BITS, 0, 1), REFUSE, ALLOW

static struct sock_filter filter[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FOREIGN_CALLS, 0, 1),
    REFUSE,
    /* The network, and what reaches it without a call of its own. */
    REFUSED(__NR_socket),
    REFUSED(__NR_socketpair),
    REFUSED(__NR_connect),
    REFUSED(__NR_bind),
    REFUSED(__NR_sendto),
    REFUSED(__NR_sendmsg),
    REFUSED(__NR_io_uring_setup),
    REFUSED(__NR_io_uring_enter),
/* Files made, changed, removed. */
#ifdef __NR_open
    READ_ONLY(__NR_open, 1),
    LOAD(nr),
#endif
    REFUSED(__NR_openat2),
#ifdef __NR_creat
    REFUSED(__NR_creat),
    REFUSED(__NR_unlink),
    REFUSED(__NR_rename),
    REFUSED(__NR_mkdir),
    REFUSED(__NR_rmdir),
    REFUSED(__NR_link),
    REFUSED(__NR_symlink),
    REFUSED(__NR_mknod),
    REFUSED(__NR_chmod),
    REFUSED(__NR_chown),
    REFUSED(__NR_lchown),
    REFUSED(__NR_utime),
    REFUSED(__NR_utimes),
#endif
    REFUSED(__NR_unlinkat),
#ifdef __NR_renameat
    REFUSED(__NR_renameat),
#endif
    REFUSED(__NR_renameat2),
    REFUSED(__NR_mkdirat),
    REFUSED(__NR_linkat),
    REFUSED(__NR_symlinkat),
    REFUSED(__NR_mknodat),
    REFUSED(__NR_truncate),
    REFUSED(__NR_fchmod),
    REFUSED(__NR_fchmodat),
    REFUSED(__NR_fchown),
    REFUSED(__NR_fchownat),
    REFUSED(__NR_utimensat),
    REFUSED(__NR_setxattr),
    REFUSED(__NR_mount),
/* Other processes. */
#ifdef __NR_fork
    REFUSED(__NR_fork),
    REFUSED(__NR_vfork),
#endif
    REFUSED(__NR_kill),
    REFUSED(__NR_ptrace),
    REFUSED(__NR_process_vm_readv),
    REFUSED(__NR_process_vm_writev),
    REFUSED(__NR_pidfd_open),
    REFUSED(__NR_bpf),
    REFUSED(__NR_perf_event_open),
    REFUSED(__NR_userfaultfd),
    REFUSED(__NR_keyctl),
    /* A thread, but no process. clone3 hides which of them it makes: as if it did not exist. */
    UNKNOWN(__NR_clone3),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    REFUSE,
    ALLOW,
    READ_ONLY(__NR_openat, 2),
    ALLOW,
};

static gboolean limit_to(int resource, rlim_t most)
{
    const struct rlimit limit = {.rlim_cur = most, .rlim_max = most};

    return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

void pdf_sandbox_enter(gpointer data)
{
    const struct pdf_limits *limits = data;
    struct sock_fprog program = {.len = G_N_ELEMENTS(filter), .filter = filter};
    sigset_t none;

    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        !limit_to(RLIMIT_CPU, limits->seconds) || !limit_to(RLIMIT_AS, limits->memory_len) ||
        !limit_to(RLIMIT_FSIZE, 0) || !limit_to(RLIMIT_CORE, 0) ||
        !limit_to(RLIMIT_NOFILE, OPEN_FILES) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(PDF_SANDBOX_FAILED);
}
