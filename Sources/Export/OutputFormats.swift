import GNCABasics

/// Every kind of output, in the order of listings.
public enum OutputFormats {
    static let registry = Registry<any OutputFormat.Type>([
        MP4.self, MOV.self, MKV.self, WebM.self, GIF.self, APNG.self, WebP.self, AVIF.self, PNGSequence.self, NUT.self,
        Y4M.self,
    ])

    /// Every kind of output, those of other modules last.
    public static var all: [any OutputFormat.Type] { registry.all }

    /// Adds a format of another module. Where its name or an extension is taken already, the other format is picked.
    public static func register(_ format: any OutputFormat.Type) { registry.add(format) }

    /// The format called `name`, or nil.
    public static func named(_ name: String) -> (any OutputFormat.Type)? { all.first { $0.name == name } }

    /// The format that a path asks for: by its extension, or numbered PNGs for a folder (ends in "/"). nil where none does.
    public static func forPath(_ path: String) -> (any OutputFormat.Type)? {
        if Paths.isFolder(path) { return PNGSequence.self }
        let ending = Paths.ending(path)
        return all.first { $0.extensions.contains(ending) }
    }
}
