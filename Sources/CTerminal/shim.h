#pragma once
#include <wchar.h>

// POSIX's own width of a character, which glibc declares for _XOPEN_SOURCE only.
extern int wcwidth(wchar_t character);
