/// The files that one run reads and writes, as its command line names them. None may be both, and none may be written
/// twice. Nothing is opened: files that are not there yet have their place here, too.
public struct RunFiles: Sendable {
    /// What a run does with a file.
    public enum Access: Sendable {
        /// It has to be there.
        case read
        /// Nothing is missing where it is not there.
        case readIfThere
        /// Read where it is there, made where it is not.
        case readOrMake
        /// Read, and then replaced by the run that has read it.
        case update
        /// Written, whatever stands there.
        case write
    }

    /// What stands behind a path.
    public enum Kind: Sendable, Equatable {
        /// One file.
        case file
        /// A folder for files that are uses of their own.
        case folder
        /// All files of the path's folder whose names are `before`, digits, `after`.
        case stills(before: String, after: String)
    }

    /// One use of a path.
    public struct Use: Sendable {
        /// As the command line names it; "-" is standard output.
        public let path: String
        /// What it is to the run: "the model".
        public let role: String
        /// What is done with it.
        public let access: Access
        /// What stands behind it.
        public let kind: Kind
        /// A path of the same run of which it may be a second name: what stood there before.
        let original: String?

        /// Whether the run replaces what stands there.
        public var isWritten: Bool { access == .write || access == .update }
    }

    /// Every use, in the order in which they were told.
    public private(set) var uses: [Use] = []

    /// The first file that is used twice, and how: a sentence with its name; nil where there is none.
    public private(set) var conflict: String?

    private var read: [FileIdentity: Use] = [:]
    private var written: [FileIdentity: Use] = [:]
    private var folders: [FileIdentity: Use] = [:]
    /// Files by folder and name, for stills that are not there yet.
    private var names: [FileIdentity: [(name: String, use: Use)]] = [:]
    private var stills: [FileIdentity: [Use]] = [:]
    /// The first file that is read and has the name of an unfinished one.
    private var unfinished: Use?

    /// No files yet.
    public init() {}

    /// The run reads `path`; `role`: what it is to the run, as "the model". Files may be read more than once.
    public mutating func read(_ path: String, as role: String) { use(path, as: role, .read) }

    /// The run writes `path`; `role`: what it is to the run, as "the film".
    public mutating func write(_ path: String, as role: String) { use(path, as: role, .write) }

    /// The run uses `path`; `role`: what it is to the run, as "the film". `original`: where the run writes, too, and of
    /// which this may be a second name, since it keeps what stood there before.
    public mutating func use(
        _ path: String, as role: String, _ access: Access, _ kind: Kind = .file, keeps original: String? = nil
    ) {
        let use = Use(path: path, role: role, access: access, kind: kind, original: original)
        uses.append(use)
        switch kind {
        case .file:
            add(FileIdentity(path), use)
            let (folder, name) = Paths.split(Paths.withoutSlashes(path))
            let place = FileIdentity(folder)
            names[place, default: []].append((name, use))
            for other in stills[place] ?? [] where other.kind.hasName(name) { meet(use, other) }
        case .folder: add(folder: FileIdentity(path), use)
        case .stills: add(stills: use)
        }
        if !use.isWritten, unfinished == nil, Self.isUnfinished(path) { unfinished = use }
        if let unfinished, conflict == nil, uses.contains(where: \.isWritten) {
            conflict =
                "\(unfinished.path): \(unfinished.role) has the name of an unfinished file, which a run removes when it "
                + "writes beside it (give it another name)"
        }
    }

    /// The run writes to standard output, which a shell may have led into a file.
    public mutating func writeStandardOutput(as role: String) {
        let use = Use(path: "-", role: role, access: .write, kind: .file, original: nil)
        uses.append(use)
        if let identity = FileIdentity(descriptor: 1) { add(identity, use) }
    }
}

extension RunFiles {
    private mutating func add(_ identity: FileIdentity, _ use: Use) {
        if let folder = folders[identity] { meet(use, folder) }
        if let other = written[identity] ?? (use.isWritten ? read[identity] : nil) { meet(use, other) }
        if use.isWritten {
            if written[identity] == nil { written[identity] = use }
        } else if read[identity] == nil {
            read[identity] = use
        }
    }

    private mutating func add(folder: FileIdentity, _ use: Use) {
        if let other = written[folder] ?? (use.isWritten ? read[folder] : nil) { meet(use, other) }
        if folders[folder] == nil { folders[folder] = use }
    }

    private mutating func add(stills use: Use) {
        let (folder, name) = Paths.split(use.path)
        let place = FileIdentity(folder)
        if name.isEmpty { add(folder: place, use) }
        // Those that are there may have other names elsewhere.
        for entry in Paths.entries(of: folder) where use.kind.hasName(entry) {
            add(FileIdentity(folder + "/" + entry), use)
        }
        for (name, other) in names[place] ?? [] where use.kind.hasName(name) { meet(use, other) }
        for other in stills[place] ?? [] where use.kind.sharesNames(with: other.kind) { meet(use, other) }
        stills[place, default: []].append(use)
    }

    /// Whether a file, or the folder that holds it, is called as files are until they are complete.
    private static func isUnfinished(_ path: String) -> Bool {
        let (folder, name) = Paths.split(FileSystem.resolved(path) ?? path)
        return TemporaryName.hasForm(name) || TemporaryName.hasForm(Paths.split(folder).name)
    }

    /// Two uses of one file.
    private mutating func meet(_ one: Use, _ other: Use) {
        guard conflict == nil, one.isWritten || other.isWritten else { return }
        guard one.original != other.path, other.original != one.path else { return }
        let (writer, other) = one.isWritten ? (one, other) : (other, one)
        let same = writer.path == other.path ? "" : " \(other.path)"
        conflict = "\(writer.path): \(writer.role) would replace \(other.role)\(same) (name another file)"
    }
}

extension RunFiles.Kind {
    /// Whether one of the stills may have this name.
    public func hasName(_ name: String) -> Bool {
        guard case .stills(let before, let after) = self else { return false }
        let name = Array(name.utf8)
        let (start, end) = (Array(before.utf8), Array(after.utf8))
        return name.count > start.count + end.count && name.starts(with: start)
            && name.suffix(end.count).elementsEqual(end)
            && Self.areDigits(name.dropFirst(start.count).dropLast(end.count))
    }

    /// Whether a name may belong to both.
    public func sharesNames(with other: RunFiles.Kind) -> Bool {
        guard case .stills(let before, let after) = self, case .stills(let otherBefore, let otherAfter) = other else {
            return false
        }
        let beginnings = [Array(before.utf8), Array(otherBefore.utf8)].sorted { $0.count < $1.count }
        let endings = [Array(after.utf8), Array(otherAfter.utf8)].sorted { $0.count < $1.count }
        return beginnings[1].starts(with: beginnings[0])
            && endings[1].suffix(endings[0].count).elementsEqual(endings[0])
            && Self.areDigits(beginnings[1].dropFirst(beginnings[0].count))
            && Self.areDigits(endings[1].dropLast(endings[0].count))
    }

    private static func areDigits(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
