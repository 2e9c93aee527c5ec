#pragma once
#include "CLibav.h"

struct clibav_watch {
    /// How often the decoder complained.
    _Atomic int complaints;
    /// What the memory of pictures is filled with before the decoder writes there.
    uint8_t ground;
};
