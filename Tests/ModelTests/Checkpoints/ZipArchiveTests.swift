import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct ZipArchiveTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout TestZip) -> Void
        var reason: String

        init(_ name: String, _ reason: String, _ change: @escaping @Sendable (inout TestZip) -> Void) {
            (testDescription, self.reason, self.change) = (name, reason, change)
        }
    }

    private static let twoWays = #""b" is described in two ways by the archive (header and directory)"#

    static let rows = [
        Row("another name in the header", twoWays) { $0.members[1].localName = "c" },
        Row("another sum in the header", twoWays) { $0.members[1].localCRC = 5 },
        Row("a wrong sum", #""b" is damaged: its CRC-32 does not match"#) { $0.members[1].crc = 5 },
        Row("the same name twice", #"the archive holds "a" twice"#) { $0.members[1].name = "a" },
        Row("a way out", #"a member of the archive has a dangerous name (got "../b")"#) { $0.members[1].name = "../b" },
        Row("a way out inside", #"a member of the archive has a dangerous name (got "m/../b")"#) {
            $0.members[1].name = "m/../b"
        },
        Row("an absolute name", #"a member of the archive has a dangerous name (got "/b")"#) {
            $0.members[1].name = "/b"
        },
        Row("a NUL", #"a member of the archive has a dangerous name (got "b\u0000")"#) { $0.members[1].name = "b\0" },
        Row("a backslash", #"a member of the archive has a dangerous name (got "m\\b")"#) {
            $0.members[1].name = "m\\b"
        },
        Row("an encrypted member", #""b" is encrypted"#) { $0.members[1].flags = 1 },
        Row("a compressed member", #""b" is compressed (got method 8, expected 0, stored)"#) {
            $0.members[1].method = 8
        },
        Row("two sizes", #""b" is stored, but has two sizes (got 2 and 3 bytes)"#) { $0.members[1].size = 3 },
        Row("a gap", "members of the archive overlap or leave a gap (got offset 35, expected 34)") {
            $0.members[1].gap = 1
        },
        Row("something before", "members of the archive overlap or leave a gap (got offset 1, expected 0)") {
            $0.members[0].gap = 1
        },
        Row("one member as two", twoWays) { $0.members[1].offset = 0 },
        Row("a member outside", twoWays) { $0.members[1].offset = 5000 },
        Row("several disks", "an archive in several parts is not read") { $0.disk = 1 },
        Row(
            "a comment",
            "the archive is cut off, or something follows it (its last 22 bytes are no zip end record)"
        ) { $0.comment = "hello" },
        Row("too many members", "the archive has too many members (got 32769, limit 32768)") { zip in
            zip.members = (0..<32_769).map { TestZip.Member(name: "\($0)", data: []) }
        },
    ]

    @Test(arguments: rows)
    func whatTwoReadersCouldUnderstandDifferentlyIsRefused(row: Row) {
        var zip = TestZip([("a", [1, 2, 3]), ("b", [4, 5])])
        row.change(&zip)
        #expect(throws: FormatFault(reason: row.reason)) {
            let archive = try ZipArchive(zip.bytes, deflated: false)
            for entry in archive.entries { _ = try archive.contents(entry) }
        }
    }

    @Test func membersComeBackAsTheyWereWritten() throws {
        let members: [(name: String, bytes: [UInt8])] = [("a.npy", [1, 2, 3]), ("b", []), ("c/d", [9])]
        let bytes = ZipArchive.encode(members)
        let archive = try ZipArchive(bytes, deflated: false)
        #expect(archive.entries.map(\.name) == members.map(\.name))
        #expect(try archive.entries.map { try archive.contents($0) } == members.map(\.bytes))
        #expect(archive.entries[0].crc == 0x55BC_801D)
        #expect(ZipArchive.firstName(bytes) == "a.npy")
    }

    /// `zlib.compressobj(wbits=-15)` of 40 zeros.
    private static let deflated: [UInt8] = [0x63, 0x60, 0x20, 0x0E, 0x00, 0x00]

    @Test func deflatedMembersAreInflatedToTheSizeTheyName() throws {
        var zip = TestZip([("a", Self.deflated)])
        zip.members[0].method = 8
        for (size, isRight) in [(40, true), (39, false), (41, false)] {
            zip.members[0].size = size
            let archive = try ZipArchive(zip.bytes, deflated: true)
            if isRight {
                #expect(try archive.contents(archive.entries[0]) == [UInt8](repeating: 0, count: 40))
            } else {
                let reason = #""a" cannot be inflated to the \#(size) bytes that the archive names"#
                #expect(throws: FormatFault(reason: reason)) { try archive.contents(archive.entries[0]) }
            }
        }
    }

    @Test func aDeflateBombIsRefusedUnopened() {
        var zip = TestZip([("a", Self.deflated)])
        zip.members[0].method = 8
        zip.members[0].size = (64 << 20) + 1
        let reason = "the archive is too large once unpacked (got 67108865 bytes or more, limit 67108864)"
        #expect(throws: FormatFault(reason: reason)) { try ZipArchive(zip.bytes, deflated: true) }
    }
}
