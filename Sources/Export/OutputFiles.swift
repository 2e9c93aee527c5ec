import GNCABasics
import GNCARaster

/// The files that stand behind the name of an output: one file, the stills of a folder (name ends in "/"), or those of a
/// pattern with %05d.
public struct OutputFiles {
    /// As the user names the output.
    public let path: String
    /// How its stills are called; nil for a single file.
    private let numbering: NumberedName?

    /// The files behind an output of that name, whether they are there or not.
    public init(_ path: String) {
        self.path = path
        numbering = NumberedName(stillsOf: path)
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

    /// One still of several.
    public struct Still: Equatable, Sendable {
        /// Its name in the folder.
        public let name: String
        /// 64 lower-case hexadecimal digits.
        public let sha256: String

        /// A still that was seen before.
        public init(name: String, sha256: String) { (self.name, self.sha256) = (name, sha256) }
    }

    /// What stands behind an output.
    public struct Content: Equatable, Sendable {
        /// Of everything together.
        public let digest: Digest
        /// In the order of their numbers; empty for a single file.
        public let stills: [Still]

        /// Content that was seen before.
        public init(digest: Digest, stills: [Still]) { (self.digest, self.stills) = (digest, stills) }
    }

    /// Whether it is several files with numbers.
    public var isNumbered: Bool { numbering != nil }

    /// Whether anything stands in the place of a single file.
    public var exists: Bool {
        (try? FileSystem.status(path, followsLink: false)) != nil
    }

    /// Names of the first `count` stills.
    public func names(_ count: Int) -> [String] { (0..<count).compactMap { numbering?.name($0 + 1) } }

    /// Those of `names` that are there.
    public func present(_ names: [String]) -> [String] { names.filter { OutputFiles(place(of: $0)).exists } }

    /// Numbers 1, 2, ... of stills that are there, up to the first gap.
    public var count: Int {
        var count = 0
        while let numbering, numbering.exists(count + 1) { count += 1 }
        return count
    }

    /// A single file, or the stills called `names`; nil where one of them is missing. Throws a sentence without a name where
    /// it cannot be read.
    public func content(_ names: [String] = []) throws(FileFault) -> Content? {
        guard isNumbered else {
            guard exists else { return nil }
            let (sha256, byteCount) = try ContentHash.sha256(file: path)
            return Content(digest: Digest(sha256: sha256, byteCount: byteCount), stills: [])
        }
        guard !names.isEmpty, present(names).count == names.count else { return nil }
        var stills: [Still] = []
        var byteCount = 0
        for name in names {
            let file = try ContentHash.sha256(file: place(of: name))
            stills.append(Still(name: name, sha256: file.digest))
            byteCount += file.byteCount
        }
        return Content(digest: Digest(sha256: try Self.hash(stills), byteCount: byteCount), stills: stills)
    }

    /// The digest that release 1.0.0 wrote of numbered stills: of everything in the folder, or everything of the pattern's
    /// form; nil where there is nothing.
    public func digestOfEverything() throws(FileFault) -> Digest? {
        guard let numbering else { return try content()?.digest }
        guard Paths.isFolder(path) else { return try content(allPresent)?.digest }
        let names = Paths.entries(of: numbering.folder).filter { $0.utf8.first != UInt8(ascii: ".") }
        return try content(names.sorted(by: Self.precedes))?.digest
    }

    /// Names that are there and have the form of a still's, whatever their number.
    public var allPresent: [String] {
        guard let numbering else { return [] }
        return Paths.entries(of: numbering.folder).filter(NumberedName.kind(path).hasName).sorted(by: Self.precedes)
    }

    private static func precedes(_ one: String, _ other: String) -> Bool {
        SystemText.bytes(one).lexicographicallyPrecedes(SystemText.bytes(other))
    }

    /// Whether a still of this output may have that name: nobody's word for it is taken.
    public func mayHold(_ name: String) -> Bool { numbering?.makes(name) == true }

    /// Removes those of `stills` whose bytes are still the same; whatever else stands under their names stays, and so do
    /// names that are none of this output's, and the files `kept`.
    public func remove(_ stills: [Still], except kept: Set<FileIdentity> = []) {
        for still in stills where mayHold(still.name) {
            let file = place(of: still.name)
            guard !kept.contains(FileIdentity(file)), let found = try? ContentHash.sha256(file: file),
                found.digest == still.sha256
            else { continue }
            try? FileSystem.removeFile(file)
        }
    }

    /// Removes what runs that were killed have left beside the output, or have left there of it.
    public func removeLeftovers() {
        if numbering == nil || Paths.isFolder(path) { AtomicFile.removeLeftovers(of: path) }
        // Stills that are put into a folder wait under the name of the first.
        for name in names(1) { AtomicFile.removeLeftovers(of: place(of: name)) }
    }

    /// The path of the still called `name`.
    public func place(of name: String) -> String { numbering.map { $0.folder + "/" + name } ?? path }

    private static func hash(_ stills: [Still]) throws(FileFault) -> String {
        let lines = stills.map { "\($0.sha256) \($0.name)\n" }.joined()
        return try ContentHash.sha256(Array(lines.utf8))
    }
}
