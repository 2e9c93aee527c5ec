import Command

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The loader that GNCA_FUZZ_LOADER names; without one, all are listed with their longest inputs. One program for all of
/// them: linking takes long.
private let loader: Loaders.Loader = {
    let name = getenv("GNCA_FUZZ_LOADER").map { String(cString: $0) } ?? ""
    guard let loader = Loaders.all.first(where: { $0.name == name }) else {
        for loader in Loaders.all { print(loader.name, loader.longest) }
        fflush(nil)
        _exit(0)  // libFuzzer would report `exit` as a crash
    }
    return loader
}()

/// Before libFuzzer's first input, and after it has found its own folders.
private let isReady: Bool = {
    if loader.name == "encoder-options" { EmptyFolder.enter() }
    return true
}()

/// What libFuzzer calls with every input. A refusal is as good as a success; a crash or a hang is what it looks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    guard isReady else { return 0 }
    try? loader.read(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
