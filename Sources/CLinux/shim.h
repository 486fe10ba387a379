#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <wchar.h>

// What glibc has, but declares only for _XOPEN_SOURCE or _GNU_SOURCE.

// POSIX's width of a character on a terminal.
extern int wcwidth(wchar_t character);

// A file that is only in memory (memfd_create(2)).
extern int memfd_create(const char *name, unsigned int flags);

// From now on this process and those that it starts leave no core file with what is in their memory. A limit of 0 bytes would do
// for a file, but not where /proc/sys/kernel/core_pattern names a program; Linux takes 1 byte for "none" in both cases
// (fs/coredump.c). Not with PR_SET_DUMPABLE: that also closes /proc/PID/fd, where Typst reads what Plenary has in memory, and
// does not last over exec.
static inline int leave_no_core(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return -1;
  if (limit.rlim_max > 1) limit.rlim_max = 1;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_CORE, &limit);
}

// Whether nobody has the file open for writing (fcntl(2), "Leases"): 1 or 0, and -1 where that cannot be known, for example because
// the file is somebody else's or on another computer. A process that wants to write meanwhile would wait; the lease is given back at
// once. The kernel tells this process of it by a signal: by SIGURG, which is ignored if nobody handles it, for SIGIO would end it.
static inline int is_written_by_nobody(int descriptor) {
  if (fcntl(descriptor, 10 /* F_SETSIG */, SIGURG) != 0) return -1;
  if (fcntl(descriptor, 1024 /* F_SETLEASE */, F_RDLCK) != 0) return errno == EAGAIN ? 0 : -1;
  fcntl(descriptor, 1024, F_UNLCK);
  return 1;
}

// How many bytes are free in a folder that is only in memory (tmpfs); -1 for every other one.
static inline long long free_in_memory(const char *folder) {
  struct statfs system;
  if (statfs(folder, &system) != 0 || system.f_type != 0x01021994 /* TMPFS_MAGIC */) return -1;
  return (long long)system.f_bavail * system.f_bsize;
}

// Gives a folder a name that nothing has yet (rename(2)). A file system that cannot compare and rename in one replaces an
// empty folder.
extern int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);
static inline int rename_to_new(const char *from, const char *to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, 1 /* RENAME_NOREPLACE */) == 0) return 0;
  return errno == EINVAL || errno == ENOSYS ? rename(from, to) : -1;
}

// A file without a name in this folder, to be written and then linked (open(2), O_TMPFILE).
static inline int open_unnamed(const char *folder, mode_t mode) {
  return open(folder, __O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

// A secret in the kernel's memory, under a name, for all processes of this user on this computer (keyrings(7)). It is on no disk.
// The kernel destroys it after so many seconds, and when the computer is switched off. glibc has no functions for these calls.
//
// Until the time is set, the key is in the keyring of this thread: it ends with the thread, so no key can be without an end. A
// process may use the keys of its user's keyring only if that is linked to one of its own.
static inline int keep_secret(const char *name, const void *bytes, size_t count, unsigned int seconds) {
  int key = (int)syscall(SYS_add_key, "user", name, bytes, count, KEY_SPEC_THREAD_KEYRING);
  if (key < 0) return -1;
  int code = (int)syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, seconds);
  if (code == 0) code = (int)syscall(SYS_keyctl, KEYCTL_LINK, key, KEY_SPEC_USER_KEYRING);
  int error = errno;
  syscall(SYS_keyctl, KEYCTL_UNLINK, key, KEY_SPEC_THREAD_KEYRING);
  errno = error;
  return code;
}

static inline int find_secret(const char *name) {
  syscall(SYS_keyctl, KEYCTL_LINK, KEY_SPEC_USER_KEYRING, KEY_SPEC_THREAD_KEYRING);
  return (int)syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", name, 0);
}

// How many bytes it has, of which at most so many were written to the buffer; -1 if there is none (any more).
static inline int read_secret(const char *name, void *buffer, size_t count) {
  int key = find_secret(name);
  return key < 0 ? -1 : (int)syscall(SYS_keyctl, KEYCTL_READ, key, buffer, count);
}

static inline int destroy_secret(const char *name) {
  int key = find_secret(name);
  return key < 0 ? -1 : (int)syscall(SYS_keyctl, KEYCTL_INVALIDATE, key);
}
