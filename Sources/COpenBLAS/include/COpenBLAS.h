#pragma once
// OpenBLAS, loaded on first use with the core type that fits this CPU.
