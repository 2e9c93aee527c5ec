#pragma once
// What the system offers and Swift does not import.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>

/// Flags that open a place in the file system without reading it, so that nothing there notices: for folders.
static inline int csystem_folder_flags(void) {
#ifdef O_PATH
    return O_PATH | O_DIRECTORY | O_CLOEXEC;
#else
    return O_SEARCH | O_CLOEXEC;
#endif
}

/// The same for anything; `follows`: whether a symbolic link stands for what it leads to. (macOS has to open it.)
static inline int csystem_pin_flags(int follows) {
#ifdef O_PATH
    return O_PATH | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW);
#else
    return O_RDONLY | O_NONBLOCK | O_CLOEXEC | (follows ? 0 : O_SYMLINK);
#endif
}
