import GNCABasics

/// One job: a command line of this program, with what it reads and writes.
struct BatchJob {
    /// The entry's name and the matrix' values: films/turtle/regen/0.
    let name: String
    /// The words after the program's name.
    let arguments: [String]
    var outputs: [Output]
    var inputs: [Input]
    let source: YAMLValue
    /// Keys of its matrix.
    var matrixKeys: [String] = []
    /// Indices of the jobs whose outputs it reads.
    var needs: [Int] = []
    /// SHA-256 of everything that decides what it makes.
    var key = ""

    struct Output {
        /// As the command line names it; that of a folder of stills ends in "/".
        let path: String
        /// The folder that holds it, as the system resolves it, and its name there, which ends in "/" for a folder of stills.
        let folder: String
        let name: String
        /// What stands behind the path.
        let kind: RunFiles.Kind
        /// Whether it follows from another name, and is not always made.
        let isOptional: Bool
        /// The key it stands behind.
        let source: YAMLValue

        init(path: String, kind: RunFiles.Kind = .file, isOptional: Bool = false, source: YAMLValue) {
            (self.path, self.kind, self.isOptional, self.source) = (path, kind, isOptional, source)
            let (folder, name) = Paths.split(Paths.withoutSlashes(path))
            self.folder = BatchRoots.place(of: folder) ?? folder
            self.name = Paths.isFolder(path) ? name + "/" : name
        }
    }

    struct Input {
        let path: String
        let kind: RunFiles.Kind
        let access: RunFiles.Access
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
