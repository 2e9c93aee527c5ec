import GNCABasics
import GNCARaster

/// The files that stand behind the name of an output: one film, the stills of a folder (name ends in "/"), or those of a
/// pattern with %05d.
public struct OutputFiles {
    /// As the user names the output.
    public let path: String
    private let folder: String
    private let name: String

    /// The files behind an output of that name, whether they are there or not.
    public init(_ path: String) {
        self.path = path
        (folder, name) = Paths.split(path)
    }

    /// What tells one content from another: for a single file its SHA-256 and bytes, for several the SHA-256 of their
    /// names and hashes, and all their bytes together.
    public struct Digest: Equatable, Sendable {
        /// 64 lower-case hexadecimal digits.
        public let sha256: String
        /// Bytes of all files together.
        public let byteCount: Int

        /// A digest that was taken before.
        public init(sha256: String, byteCount: Int) {
            self.sha256 = sha256
            self.byteCount = byteCount
        }
    }

    /// Whether anything stands there.
    public var exist: Bool {
        if isNumbered && !name.isEmpty { return !stills.isEmpty }
        return (try? FileSystem.status(Paths.isFolder(path) ? folder : path, followsLink: false)) != nil
    }

    /// nil where nothing stands there. Throws a sentence without a name where it cannot be read.
    public func digest() throws(FileFault) -> Digest? {
        guard exist else { return nil }
        guard isNumbered else {
            let (sha256, byteCount) = try ContentHash.sha256(file: path)
            return Digest(sha256: sha256, byteCount: byteCount)
        }
        var lines = ""
        var byteCount = 0
        for name in stills {
            let file = try ContentHash.sha256(file: "\(folder)/\(name)")
            lines += "\(file.digest) \(name)\n"
            byteCount += file.byteCount
        }
        return Digest(sha256: try ContentHash.sha256(Array(lines.utf8)), byteCount: byteCount)
    }

    /// Removes numbered stills: of a shorter film made again, the last ones would stay. Everything else is replaced whole.
    public func removeStills() {
        guard isNumbered else { return }
        for still in stills where name.isEmpty ? isFrame(still) : true {
            try? FileSystem.removeFile("\(folder)/\(still)")
        }
        if name.isEmpty { try? FileSystem.removeFolder(folder) }  // fails where something else lies in it
    }

    private var isNumbered: Bool { name.isEmpty || NumberedName.pattern(name) != nil }

    /// Names in the folder that belong to the output, sorted.
    private var stills: [String] {
        Paths.entries(of: folder).filter { !$0.begins(with: ".") && belongs($0) }.sorted()
    }

    private func belongs(_ entry: String) -> Bool {
        guard let (before, _, after) = NumberedName.pattern(name) else { return name.isEmpty }
        guard let number = entry.without(beginning: before)?.without(ending: after) else { return false }
        return !number.isEmpty && number.isDigits
    }

    private func isFrame(_ entry: String) -> Bool { OutputFiles("frame-%05d.png").belongs(entry) }
}
