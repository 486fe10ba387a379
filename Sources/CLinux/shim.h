#pragma once
#include <fcntl.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <wchar.h>

// What glibc has, but declares only for _XOPEN_SOURCE or _GNU_SOURCE.

// POSIX's width of a character on a terminal.
extern int wcwidth(wchar_t character);

// A file that is only in memory (memfd_create(2)).
extern int memfd_create(const char *name, unsigned int flags);

// A file without a name in this folder, to be written and then linked (open(2), O_TMPFILE).
static inline int open_unnamed(const char *folder, mode_t mode) {
  return open(folder, __O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}
