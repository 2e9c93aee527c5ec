/// The files that one run reads and writes. No file may be both, and none may be written twice.
public struct RunFiles {
    private struct Use {
        let path: String
        let role: String
    }

    private var read: [FileIdentity: Use] = [:]
    private var written: [FileIdentity: Use] = [:]

    /// The first file that is used twice, and how: a sentence with its name; nil where there is none.
    public private(set) var conflict: String?

    /// No files yet.
    public init() {}

    /// The run reads `path`; `role`: what it is to the run, as "the model". Files may be read more than once.
    public mutating func read(_ path: String, as role: String) {
        let (identity, use) = (FileIdentity(path), Use(path: path, role: role))
        if let other = written[identity] { meet(other, use) }
        if read[identity] == nil { read[identity] = use }
    }

    /// The run writes `path`; `role`: what it is to the run, as "the film".
    public mutating func write(_ path: String, as role: String) {
        let (identity, use) = (FileIdentity(path), Use(path: path, role: role))
        if let other = written[identity] ?? read[identity] { meet(use, other) }
        if written[identity] == nil { written[identity] = use }
    }

    private mutating func meet(_ one: Use, _ other: Use) {
        guard conflict == nil else { return }
        let same = one.path == other.path ? "" : " \(other.path)"
        conflict = "\(one.path): \(one.role) would replace \(other.role)\(same) (name another file)"
    }
}
