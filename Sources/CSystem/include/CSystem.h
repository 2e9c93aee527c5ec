#pragma once
// What the system offers and Swift does not import.

#include <stdbool.h>

/// Flags that open a folder without reading it, so that nothing there notices.
int csystem_folder_flags(void);

/// The same for anything; `follows`: whether a symbolic link stands for what it leads to. (macOS has to open it.)
int csystem_pin_flags(bool follows);

/// Two files swap their names. Returns 0, or -1 and errno.
int csystem_exchange(int folder, const char *name, int other_folder, const char *other_name);

/// Gives a file another name, which must not be there yet. Returns 0, or -1 and errno.
int csystem_move_to_new(int folder, const char *name, int other_folder, const char *other_name);

/// Whether a file or folder is marked so that nobody may change it or take its name away (chattr +i, +a; chflags).
bool csystem_is_fixed(int folder, const char *name);

/// Has the system send a signal to this process when its parent ends. False where it cannot.
bool csystem_end_with_parent(int signal);

/// Whether a folder is on a disk of this machine, so that every lock on it is known here.
bool csystem_is_local(int folder);
