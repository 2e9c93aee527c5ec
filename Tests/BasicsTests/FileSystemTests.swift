import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

@Suite struct FileSystemTests {
    /// Everything of C's that takes a path, or words for another program.
    private static let calls = [
        "open", "openat", "creat", "fopen", "freopen", "stat", "lstat", "fstatat", "statx", "access", "faccessat",
        "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "remove", "rename", "renameat", "link", "linkat", "symlink",
        "symlinkat", "readlink", "readlinkat", "opendir", "fdopendir", "scandir", "nftw", "ftw", "fts_open", "realpath",
        "chdir", "getcwd", "chmod", "fchmodat", "chown", "lchown", "fchownat", "truncate", "utime", "utimes",
        "utimensat", "statvfs", "statfs", "mkfifo", "mknod", "mkstemp", "mkdtemp", "tmpfile", "dlopen", "glob",
        "posix_spawn", "posix_spawnp", "execv", "execve", "execvp", "popen", "system", "getenv", "setenv", "putenv",
        "avio_open", "avio_open2", "cairo_image_surface_write_to_png", "png_image_write_to_file",
        "png_image_begin_read_from_file",
    ]

    /// One place, so that no path goes past the walls, or loses its bytes.
    @Test func nothingElseHandsAPathToTheSystem() throws {
        // openblas.c names one library, and tells it how many threads it has; no path of a user's comes near it.
        let allowed = [
            "FileSystem.swift", "FileSystem+Patterns.swift", "Folder.swift", "Platform.swift", "system.c", "openblas.c",
        ]
        let calls = "(?<![\\w.\"])(?:\(Self.calls.joined(separator: "|")))\\((?!\\))"
        let words = "CommandLine\\.(?:arguments|unsafeArgv)|\\bFileManager\\b|contentsOfFile|\\bURL\\("
        let pattern = try NSRegularExpression(pattern: "\(calls)|\(words)")
        let sources = Repository.root.appendingPathComponent("Sources")
        var found = 0
        for case let name as String in try #require(FileManager.default.enumerator(atPath: sources.path)) {
            guard [".swift", ".c", ".h"].contains(where: { name.hasSuffix($0) }) else { continue }
            let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
            for match in pattern.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
                guard let range = Range(match.range, in: text) else { continue }
                let line = text[text.lineRange(for: range)]
                if line.contains("//") || line.contains("func ") { continue }
                if allowed.contains(where: { name.hasSuffix($0) }) {
                    found += 1
                } else if !(line.contains("try open(") && text.contains("func open(")) {
                    Issue.record("Sources/\(name) hands a path to the system: \(line)")
                }
            }
        }
        #expect(found > 20)
    }

    @Test func aFolderHoldsOnToItself() throws {
        let outer = try TemporaryFolder()
        defer { outer.remove() }
        try outer.makeFolder("a")
        let folder = try Folder(outer.path("a"))
        try FileSystem.move(outer.path("a"), to: outer.path("b"))
        try folder.makeFolder("inside")
        #expect(try FileSystem.names(in: outer.path("b")) == ["inside"])
    }

    @Test(arguments: ["", "..", "a/b", "/a", "a\0"])
    func noNameLeadsOutOfAFolder(name: String) throws {
        let outer = try TemporaryFolder()
        defer { outer.remove() }
        let folder = try Folder(outer.path)
        #expect(throws: SystemFault.self) { try folder.status(name) }
        #expect(throws: SystemFault.self) { try folder.makeFolder(name) }
        #expect(throws: SystemFault.self) { try folder.open(name, O_RDONLY) }
    }

    @Test func foldersAreMadeAndRemovedByAnyName() throws {
        let outer = try TemporaryFolder()
        defer { outer.remove() }
        for name in ["a", "a/b/", "./c", "a/../d//"] {
            try FileSystem.makeFolder(outer.path(name))
            #expect(FileSystem.isFolder(outer.path(name)))
            #expect(throws: SystemFault.failed(EEXIST)) { try FileSystem.makeFolder(outer.path(name)) }
        }
        #expect(throws: SystemFault.failed(EEXIST)) { try FileSystem.makeFolder(outer.path("a/..")) }
        for name in ["d", "c/", "a/b", "a"] { try FileSystem.removeFolder(outer.path(name)) }
        #expect(try outer.names == [])
    }

    @Test func patternsFindBytes() throws {
        let outer = try TemporaryFolder()
        defer { outer.remove() }
        let names = [[0x61, 0xFF], [0x61, 0xC3, 0xA9], [0x62]].map { SystemText.text($0) }
        for name in names { try FileSystem.makeFolder(outer.path(name)) }
        #expect(Set(FileSystem.paths(matching: outer.path("a*"))) == Set(names.prefix(2).map(outer.path)))
        #expect(FileSystem.paths(matching: outer.path("a*/x")) == [])
        #expect(FileSystem.matches(names[0], "a?"))
    }
}

@Suite struct RootsTests {
    @Test(arguments: [
        ("/a/b", true), ("/a/b/c", true), ("/a/bc", false), ("/a", false), ("/", false), ("/a/b/../c", true),
        ("/dev/null", true), ("/dev/null2", false), ("/dev", false), ("/a/b (deleted)", false),
    ])
    func placesAreInsideOrNot(place: String, expected: Bool) {
        #expect(Roots(folders: [Array("/a/b".utf8)]).contain(Array(place.utf8)) == expected)
    }

    @Test func theWholeSystemIsARoot() {
        #expect(Roots(folders: [[0x2F]]).contain(Array("/a".utf8)))
        #expect(!Roots(folders: []).contain(Array("/a".utf8)))
    }
}
