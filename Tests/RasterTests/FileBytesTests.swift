import Foundation
import GNCABasics
import Testing

@testable import GNCARaster

@Suite struct FileBytesTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gnca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    @Test func aFileIsReadWhole() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try Data(bytes).write(to: URL(fileURLWithPath: path("a")))
        #expect(try FileBytes.read(path("a"), limit: 100_000) == bytes)
    }

    @Test func whatIsNoReadableFileIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data().write(to: URL(fileURLWithPath: path("empty")))
        try Data(count: 11).write(to: URL(fileURLWithPath: path("large")))
        #expect(mkfifo(path("pipe"), 0o600) == 0)
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
            #expect(throws: FileFault(reason)) { try FileBytes.read("\(folder.path)/\(name)", limit: 10) }
        }
    }
}
