#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

int csystem_folder_flags(void) { return O_PATH | O_DIRECTORY | O_CLOEXEC; }

int csystem_pin_flags(bool follows) { return O_PATH | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW); }

// From <linux/fs.h>. Older C libraries have no function for the call.
enum { MOVE_TO_NEW = 1, EXCHANGE = 2 };

int csystem_exchange(int folder, const char *name, int other_folder, const char *other_name) {
    return (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, EXCHANGE);
}

int csystem_move_to_new(int folder, const char *name, int other_folder, const char *other_name) {
    return (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, MOVE_TO_NEW);
}

bool csystem_is_fixed(int folder, const char *name) {
#ifdef STATX_ATTR_IMMUTABLE
    struct statx status;
    return statx(folder, name, AT_SYMLINK_NOFOLLOW, 0, &status) == 0 &&
           status.stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND);
#else
    return false;
#endif
}

bool csystem_end_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal) == 0; }

bool csystem_is_local(int folder) {
    struct statfs status;
    if (fstatfs(folder, &status) != 0) return false;
    switch ((unsigned)status.f_type) {
    case 0xEF53:      // ext2, ext3, ext4
    case 0x58465342:  // XFS
    case 0x9123683E:  // Btrfs
    case 0xF2F52010:  // F2FS
    case 0x2FC12FC1:  // ZFS
    case 0xCA451A4E:  // bcachefs
    case 0x01021994:  // tmpfs
    case 0x794C7630:  // overlayfs
        return true;
    default: return false;
    }
}

#else
#include <sys/mount.h>
#include <sys/param.h>

int csystem_folder_flags(void) { return O_SEARCH | O_CLOEXEC; }

int csystem_pin_flags(bool follows) { return O_RDONLY | O_NONBLOCK | O_CLOEXEC | (follows ? 0 : O_SYMLINK); }

int csystem_exchange(int folder, const char *name, int other_folder, const char *other_name) {
    return renameatx_np(folder, name, other_folder, other_name, RENAME_SWAP);
}

int csystem_move_to_new(int folder, const char *name, int other_folder, const char *other_name) {
    return renameatx_np(folder, name, other_folder, other_name, RENAME_EXCL);
}

bool csystem_is_fixed(int folder, const char *name) {
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           status.st_flags & (UF_IMMUTABLE | UF_APPEND | SF_IMMUTABLE | SF_APPEND);
}

bool csystem_end_with_parent(int signal) {
    (void)signal;
    return false;
}

bool csystem_is_local(int folder) {
    struct statfs status;
    return fstatfs(folder, &status) == 0 && status.f_flags & MNT_LOCAL;
}
#endif
