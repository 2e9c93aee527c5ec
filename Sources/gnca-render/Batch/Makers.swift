import GNCABasics

/// Which job makes which file, however files are named.
struct Makers {
    private var files: [FileIdentity: Int] = [:]
    /// Single files and stills by their folder: stills have no names yet.
    private var names: [FileIdentity: [(name: String, job: Int)]] = [:]
    private var stills: [FileIdentity: [(kind: RunFiles.Kind, job: Int)]] = [:]
    /// Folders that are outputs as a whole.
    private var folders: [FileIdentity: Int] = [:]

    /// Throws where another job makes the same file; a job's own files are compared by its command.
    mutating func add(_ output: BatchJob.Output, of index: Int, _ jobs: [BatchJob]) throws {
        let (folder, name) = Self.place(output.path)
        if let other = maker(of: output, folder, name), other != index {
            throw Self.conflict(output, index, other, jobs)
        }
        guard case .stills = output.kind else {
            files[FileIdentity(output.path)] = index
            names[folder, default: []].append((name, index))
            return
        }
        stills[folder, default: []].append((output.kind, index))
        if name.isEmpty { folders[folder] = index }
    }

    private func maker(of output: BatchJob.Output, _ folder: FileIdentity, _ name: String) -> Int? {
        guard case .stills = output.kind else {
            return files[FileIdentity(output.path)] ?? stills[folder]?.first { $0.kind.hasName(name) }?.job
        }
        return stills[folder]?.first { $0.kind.sharesNames(with: output.kind) }?.job
            ?? names[folder]?.first { output.kind.hasName($0.name) }?.job
    }

    /// Folder and name of a file; of a folder of stills itself and nothing.
    private static func place(_ path: String) -> (folder: FileIdentity, name: String) {
        let (folder, name) = Paths.split(path)
        return (FileIdentity(folder), name)
    }

    private static func conflict(
        _ output: BatchJob.Output, _ index: Int, _ other: Int, _ jobs: [BatchJob]
    ) -> YAMLFileError {
        let (job, one) = (jobs[index], jobs[other])
        // Jobs of one entry differ in what the output's name leaves out.
        let missing = job.matrixKeys.filter { !output.source.isText(containing: "{\($0)}") }
        let isSibling = one.source.line == job.source.line && !missing.isEmpty
        let advice = missing.map { "{\($0)}" }.joined(separator: ", ")
        return job.source.error(
            "\(one.name) and \(job.name) both make \(output.path)"
                + (isSibling ? " (the output leaves out \(advice))" : ""))
    }

    /// Who makes what a job reads, or one of several files.
    func maker(of input: BatchJob.Input) -> Int? {
        if let maker = files[FileIdentity(input.path)] { return maker }
        let (folder, name) = Self.place(input.path)
        let maker = stills[folder]?.first { made in
            input.kind == .file ? made.kind.hasName(name) : made.kind.sharesNames(with: input.kind)
        }
        return maker?.job
    }

    /// Throws where an output stands in a folder that is itself an output, or whose name is that of a file that is made.
    func checkFolders(_ jobs: [BatchJob]) throws {
        for job in jobs {
            for output in job.outputs {
                let (place, name) = Self.place(output.path)
                if name.isEmpty, let other = files[place] {
                    throw job.source.error("\(jobs[other].name) and \(job.name) both make \(output.path)")
                }
                var folder = output.folder
                while true {
                    let place = FileIdentity(folder)
                    if let other = files[place] {
                        throw job.source.error(
                            "\(job.name) makes \(output.path) in a folder whose name is that of a file (which "
                                + "\(jobs[other].name) makes)"
                        )
                    }
                    if let other = folders[place] {
                        throw job.source.error(
                            "\(job.name) makes \(output.path) in a folder that is itself an output (of \(jobs[other].name))"
                        )
                    }
                    let parent = Paths.split(folder).folder
                    if parent == folder || parent == "." { break }
                    folder = parent
                }
            }
        }
    }
}
