/// A film as numbered stills that are there: `folder/` with frame-00001.png and so on, or a name with %05d.
public struct NumberedStills: Sendable, Equatable {
    /// What stands before the number, with its folder.
    public let prefix: String
    /// Numbers as they are written.
    public let first: String
    /// The last number, as it is written.
    public let last: String
    /// The path of the last picture.
    public let lastFile: String

    /// nil where `path` is no folder ending in / and no pattern, or its first picture is not there.
    public init?(_ path: String) {
        guard let name = try? NumberedName(path, frameCount: 2), name.exists(1) else { return nil }
        var count = 1
        while name.exists(count + 1) { count += 1 }
        prefix = "\(name.folder)/\(name.before)"
        (first, last) = (name.number(1), name.number(count))
        lastFile = name.path(count)
    }
}
