/// The parts of paths. A path is bytes to the system: a combining mark behind a slash does not hide it.
public enum Paths {
    private static let slash = UInt8(ascii: "/")

    /// Folder ("." where none is named) and name ("" where a folder is named).
    public static func split(_ path: String) -> (folder: String, name: String) {
        guard let last = path.utf8.lastIndex(of: slash) else { return (".", path) }
        let folder = String(path.unicodeScalars[..<last])
        let name = path.utf8.index(after: last)
        return (folder.isEmpty ? "/" : folder, String(path.unicodeScalars[name...]))
    }

    /// Whether the path says that it names a folder: it ends in "/".
    public static func isFolder(_ path: String) -> Bool { path.utf8.last == slash }

    /// The last part that is not empty, without slashes; the path itself where there is none.
    public static func name(_ path: String) -> String { parts(path).last ?? path }

    /// The last part without its extension.
    public static func stem(_ path: String) -> String {
        let name = name(path)
        guard let dot = dot(name) else { return name }
        return String(name.unicodeScalars[..<dot])
    }

    /// The extension of the last part in lower case, without the dot; "" where there is none, or the path ends in "/".
    public static func ending(_ path: String) -> String {
        let name = split(path).name
        guard let dot = dot(name) else { return "" }
        return String(name.unicodeScalars[name.utf8.index(after: dot)...]).lowercased()
    }

    /// Where the extension begins; a name that begins with a dot has none there.
    private static func dot(_ name: String) -> String.Index? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
        return dot
    }

    /// The path without slashes at its end; "/" stays.
    public static func withoutSlashes(_ path: String) -> String {
        var path = path.unicodeScalars[...]
        while path.count > 1 && path.last == "/" { path.removeLast() }
        return String(path)
    }

    /// The same text for every way to name the same file: the folder as the system resolves it, and the name.
    public static func place(_ path: String) -> String {
        let (folder, name) = split(path)
        guard let resolved = FileSystem.resolved(folder) else { return path }
        return resolved + "/" + name
    }

    /// `file` as seen from the folder of `page`: "../films/a.mp4".
    public static func relative(_ file: String, to page: String) -> String {
        let from = parts(place(page)).dropLast()
        let to = parts(place(file))
        let shared = zip(from, to.dropLast()).prefix { $0.isExactly($1) }.count
        return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared)).joined(separator: "/")
    }

    /// The parts that are not empty.
    public static func parts(_ path: String) -> [String] { path.unicodeScalars.split(separator: "/").map(String.init) }

    /// Names of what is in a folder, hidden files too, in no order; none where it cannot be read.
    public static func entries(of folder: String) -> [String] { (try? FileSystem.names(in: folder)) ?? [] }
}
