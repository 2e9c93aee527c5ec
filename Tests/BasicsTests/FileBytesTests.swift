import GNCABasics
import GNCATestSupport
import Testing

@Suite struct FileBytesTests {
    @Test func aFileIsReadWhole() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try folder.write(bytes, "a")
        #expect(try FileBytes.read(folder.path("a"), limit: 100_000) == bytes)
    }

    @Test func whatIsNoReadableFileIsRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("", "empty")
        try folder.write([UInt8](repeating: 0, count: 11), "large")
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let cases = [
            ("missing", "there is no such file"),
            ("empty/below", "there is no such file (a part of its path is not a folder)"),
            ("empty", "the file is empty"),
            ("large", "the file is too large (got 11 bytes, limit 10)"),
            ("pipe", "not a regular file (got a pipe, expected a file)"),
            (".", "not a regular file (got a folder, expected a file)"),
            ("../../../../../../dev/null", "not a regular file (got a device, expected a file)"),
            ("nul\0", "the name contains a NUL character"),
        ]
        for (name, reason) in cases {
            #expect(throws: FileFault(reason)) { try FileBytes.read(folder.path(name), limit: 10) }
        }
    }
}
