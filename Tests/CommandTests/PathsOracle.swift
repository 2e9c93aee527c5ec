@testable import GNCABasics

/// What paths must come to, whatever their bytes: the system's own word for it is the oracle. Ends the program where it is
/// another.
enum PathsOracle {
    /// Bytes become text and the same bytes again, and two byte strings never the same text.
    static func checkText(_ bytes: [UInt8]) {
        let text = SystemText.text(bytes)
        precondition(SystemText.bytes(text) == bytes)
        precondition(text.unicodeScalars.filter { $0 == "/" }.count == bytes.filter { $0 == 0x2F }.count)
        precondition(text.unicodeScalars.contains("\0") == bytes.contains(0))
        let (one, other) = (bytes.prefix(bytes.count / 2), bytes.suffix(bytes.count / 2))
        let texts = (SystemText.text(Array(one)), SystemText.text(Array(other)))
        precondition(texts.0.utf8.elementsEqual(texts.1.utf8) == one.elementsEqual(other))
        precondition(SystemText.bytes(String(decoding: text.utf8, as: UTF8.self)) == bytes)
    }

    private static let places = ["", "a", "a/a", "b"]
    private static let names = ["l", "m"]
    private static let folders = ["root", "root/a", "root/a/a", "root/b", "outside", "outside/a", "root2"]
    private static let files = ["root/f", "root/a/f", "outside/f", "root2/f"]

    /// A small tree, the same for all inputs of a process, which removes it at its end. In memory where that is possible.
    private static let base: String? = {
        var template = Array("\(FileSystem.isFolder("/dev/shm") ? "/dev/shm" : "/tmp")/gnca-paths-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let base = FileSystem.resolved(SystemText.text(template)) else { return nil }
        for folder in folders { mkdir("\(base)/\(folder)", 0o700) }
        for file in files { close(open("\(base)/\(file)", O_CREAT | O_WRONLY, 0o600)) }
        atexit { PathsOracle.removeTree() }
        return base
    }()

    private static func removeTree() {
        guard let base else { return }
        for file in files { unlink("\(base)/\(file)") }
        for folder in folders.reversed() { rmdir("\(base)/\(folder)") }
        rmdir(base)
    }

    /// Links in the tree, as the bytes say, and a path through it: what lies inside is found where the system finds it,
    /// what lies outside is not found. Throws where no path is left.
    static func checkWalls(_ bytes: [UInt8]) throws {
        guard let base else { throw FileFault("no temporary folder") }
        var rest = bytes[...]
        let root = base + "/root"
        var links: [String] = []
        defer { for link in links { unlink(link) } }
        for place in places {
            for name in names {
                guard let target = path(from: &rest, base: base) else { continue }
                let link = root + "/" + place + "/" + name
                if symlink(target, link) == 0 { links.append(link) }
            }
        }
        guard let wanted = path(from: &rest, base: base) else { throw FileFault("no path") }
        check(wanted.hasPrefix("/") ? wanted : root + "/" + wanted, root: root)
    }

    /// Parts of a path, one a byte, up to the byte 0.
    private static func path(from rest: inout ArraySlice<UInt8>, base: String) -> String? {
        let parts = ["a", "b", "f", "l", "m", "..", ".", "", "../..", "none", "root", "outside", "root2", "../root"]
        guard let first = rest.popFirst() else { return nil }
        var path = first % 5 == 0 ? base : first % 5 == 1 ? base + "/root" : first % 5 == 2 ? ".." : "."
        while let byte = rest.popFirst(), byte != 0 { path += "/" + parts[Int(byte) % parts.count] }
        return path
    }

    private static func check(_ path: String, root: String) {
        let found = FileSystem.resolved(path, within: Roots(folders: [SystemText.bytes(root)]))
        var expected: String?
        if let resolved = realpath(path, nil) {
            expected = String(cString: resolved)
            free(resolved)
        }
        let isInside = expected.map { $0 == root || $0.hasPrefix(root + "/") } ?? false
        precondition(found == (isInside ? expected : nil), "\(path): \(found ?? "-"), expected \(expected ?? "-")")
    }
}
