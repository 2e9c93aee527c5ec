// The one place that knows which C library is underneath: whoever imports GNCABasics sees its functions.
#if canImport(Glibc)
    @_exported import Glibc
#else
    @_exported import Darwin
#endif
