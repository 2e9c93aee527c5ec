import GNCABasics

/// One job: a command line of this program, with what it reads and writes.
struct BatchJob {
    /// The entry's name and the matrix' values: films/turtle/regen/0.
    let name: String
    /// The words after the program's name.
    let arguments: [String]
    let outputs: [Output]
    var inputs: [Input]
    let source: YAMLValue
    /// Keys of its matrix.
    var matrixKeys: [String] = []
    /// Indices of the jobs whose outputs it reads.
    var needs: [Int] = []
    /// SHA-256 of everything that decides what it makes.
    var key = ""

    struct Output {
        /// As the command line names it; that of a folder ends in "/".
        let path: String
        /// Folder and name as the system resolves them; the name of a folder of stills ends in "/".
        let folder: String
        let name: String
        /// The key it stands behind.
        let source: YAMLValue

        var place: String { (folder == "/" ? "" : folder) + "/" + (isFolder ? String(name.dropLast()) : name) }
        var isFolder: Bool { name.hasSuffix("/") }

        init(path: String, isFolder: Bool, source: YAMLValue) {
            self.path = isFolder && !path.hasSuffix("/") ? path + "/" : path
            self.source = source
            let place = BatchRoots.place(of: path)
            let slash = place.lastIndex(of: "/") ?? place.startIndex
            folder = slash == place.startIndex ? "/" : String(place[..<slash])
            name = place[slash...].dropFirst() + (isFolder ? "/" : "")
        }
    }

    struct Input {
        let path: String
        let place: String
        /// The key it stands behind.
        let source: YAMLValue
        /// Whether another job of the batch makes it.
        var isMade = false
    }

    /// As a shell takes it; `overwrites`: whether it may replace what is there.
    func command(overwrites: Bool = true) -> String {
        let words = overwrites ? arguments : arguments.filter { $0 != "--overwrite" }
        return (["gnca-render"] + words.map(Escaping.shellWord)).joined(separator: " ")
    }
}
