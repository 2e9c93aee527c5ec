import GNCABasics
import GNCAExport

/// What batches have made in one folder: lines of JSON in `.gnca-batch/` beside the outputs, written before and after each
/// job. Every line is a fact about an output, and holds for ever, so that the order of lines and files means nothing.
///
/// A shard writes a file of its own and reads those of all others: nobody waits for anybody. Reading writes nothing; who
/// writes holds the lock of the file (`BatchManifests.lock`).
final class BatchManifest {
    /// The folder of the records, beside the outputs.
    static let folderName = ".gnca-batch"

    /// What is known of one output.
    struct Facts {
        /// Keys of the jobs that began to make it, the last one of each file.
        var begun: Set<String> = []
        var made: [Made] = []
        /// Of runs that began and were not heard of again: the stills that were there before and were not ours.
        var unfinished: [Set<[UInt8]>] = []

        /// Names of stills that a batch has made or, having ended in the middle, may have.
        func owns(_ still: String) -> Bool {
            let name = SystemText.bytes(still)
            return made.contains { $0.stills.isEmpty || $0.stills.contains { SystemText.bytes($0.name) == name } }
                || unfinished.contains { !$0.contains(name) }
        }
    }

    struct Made: Equatable {
        let key: String
        let digest: OutputFiles.Digest
        /// Empty where the output is a single file, and where release 1.0.0 wrote the line.
        var stills: [OutputFiles.Still] = []
    }

    /// The folder of the records.
    let folder: String
    /// Where this run writes.
    private let path: String
    /// By the names' bytes, as the system tells names apart.
    private var facts: [[UInt8]: Facts] = [:]
    private var file: AppendedFile?
    /// Why nothing can be written here; nil where it can.
    var obstacle: WriteFault?
    /// What the records say that no batch has written.
    private(set) var doubts: [String] = []

    /// Reads what there is in `folder`, and writes nothing; `shard` as names of files have it, nil for a batch in one piece.
    init(folder: String, shard: Shard?) throws {
        self.folder = folder + "/" + Self.folderName
        path = self.folder + "/" + Self.name(shard)
        guard let kind = Self.kind(self.folder) else { return }
        guard kind == S_IFDIR else {
            throw CommandError.badData(
                "\(self.folder): is no folder (a batch keeps its records there, and follows no link)")
        }
        let names = Paths.entries(of: self.folder).filter { name in
            name.utf8.starts(with: "manifest".utf8) && SystemText.bytes(name).suffix(6).elementsEqual(".jsonl".utf8)
        }
        for name in names.sorted() { try read(self.folder + "/" + name) }
    }

    private static func name(_ shard: Shard?) -> String {
        shard.map { "manifest-\($0.number)-of-\($0.count).jsonl" } ?? "manifest.jsonl"
    }

    /// Who holds this file may write.
    static func lockName(_ shard: Shard?) -> String { shard.map { "lock-\($0.number)-of-\($0.count)" } ?? "lock" }

    /// What stands at `path` itself, links not followed; nil where nothing does.
    private static func kind(_ path: String) -> mode_t? {
        (try? FileSystem.status(path, followsLink: false)).map { $0.st_mode & S_IFMT }
    }

    subscript(output: String) -> Facts { facts[SystemText.bytes(output)] ?? Facts() }

    private func change(_ output: String, _ body: (inout Facts) -> Void) {
        body(&facts[SystemText.bytes(output), default: Facts()])
    }

    /// Says that a job with `key` is about to make `output`; `others`: stills that are there and are not ours.
    func begin(_ output: String, key: String, others: [String] = []) throws {
        try append(
            "begun", output, key,
            others.isEmpty ? [] : [(name: "others", value: JSONText.list(others.map { JSONText.quoted($0) }))])
        change(output) { $0.begun.insert(key) }
    }

    /// Says that a job with `key` has made `output`.
    func finish(_ output: String, key: String, content: OutputFiles.Content, seconds: Double) throws {
        let digest = content.digest
        let stills = content.stills.map { (name: $0.name, value: JSONText.quoted($0.sha256)) }
        let more = stills.isEmpty ? [] : [(name: "stills", value: JSONText.object(stills))]
        try append(
            "made", output, key,
            [
                (name: "sha256", value: JSONText.quoted(digest.sha256)), ("bytes", "\(digest.byteCount)"),
                ("seconds", "\(seconds)"),
            ] + more)
        change(output) { $0.made.append(Made(key: key, digest: digest, stills: content.stills)) }
    }

    private func append(
        _ event: String, _ output: String, _ key: String, _ more: [(name: String, value: String)]
    ) throws {
        if let obstacle { throw obstacle }
        if file == nil { file = try AppendedFile(path: path) }
        let fact = [
            (name: "event", value: JSONText.quoted(event)), ("output", JSONText.quoted(output)),
            ("key", JSONText.quoted(key)),
        ]
        try file?.append(JSONText.object(fact + more))
    }

    // MARK: - Reading

    /// Lines that cannot be read are passed over: a crash tears the last one, and what follows stands in the next. So are
    /// those that give an output stills which it cannot have: somebody else has written them, and they decide what is removed.
    private func read(_ file: String) throws {
        var begun: [[UInt8]: (key: String, others: Set<[UInt8]>, isOpen: Bool)] = [:]
        for line in try Self.lines(of: file) {
            guard let fact = try? StrictJSON.parse(line), let output = fact["output"]?.text, let key = fact["key"]?.text
            else { continue }
            let name = SystemText.bytes(output)
            switch fact["event"]?.text {
            case "begun":
                let others = (fact["others"]?.elements ?? []).compactMap(\.text).map(SystemText.bytes)
                begun[name] = (key, Set(others), true)
            case "made":
                guard let made = Self.made(key, fact) else { continue }
                if let strange = made.stills.first(where: { !OutputFiles(output).mayHold($0.name) }) {
                    doubts.append(
                        "\(file): a line is passed over, since \(output) has no still \"\(strange.name.beginning())\"")
                    continue
                }
                begun[name]?.isOpen = false
                if !self[output].made.contains(made) { change(output) { $0.made.append(made) } }
            default: continue
            }
        }
        for (name, begun) in begun {
            facts[name, default: Facts()].begun.insert(begun.key)
            if begun.isOpen { facts[name, default: Facts()].unfinished.append(begun.others) }
        }
    }

    private static func lines(of file: String) throws -> [ArraySlice<UInt8>] {
        guard kind(file) == S_IFREG else {
            throw CommandError.badData("\(file): is no file (a batch keeps its records there, and follows no link)")
        }
        do {
            return try FileBytes.read(file, limit: 1 << 30).split(separator: UInt8(ascii: "\n"))
        } catch {
            if (try? FileSystem.status(file))?.st_size == 0 { return [] }
            throw CommandError.badData("\(file): \(error)")
        }
    }

    private static func made(_ key: String, _ fact: JSONValue) -> Made? {
        guard let sha256 = fact["sha256"]?.text, case .number(let text)? = fact["bytes"], let count = Int(text) else {
            return nil
        }
        var stills: [OutputFiles.Still] = []
        if case .object(let members)? = fact["stills"] {
            for member in members {
                guard let sha256 = member.value.text else { return nil }
                stills.append(OutputFiles.Still(name: member.name, sha256: sha256))
            }
        }
        return Made(key: key, digest: OutputFiles.Digest(sha256: sha256, byteCount: count), stills: stills)
    }

    // MARK: - History

    /// Writes the file anew where most of it is history: of each output, its last four lines stay. Only who holds the lock may.
    func compact() throws {
        guard Self.kind(path) != nil else { return }
        let lines = try Self.lines(of: path).compactMap { line -> (output: [UInt8], text: ArraySlice<UInt8>)? in
            guard let output = (try? StrictJSON.parse(line))?["output"]?.text else { return nil }
            return (SystemText.bytes(output), line)
        }
        guard lines.count > 8 * Set(lines.map(\.output)).count + 64 else { return }
        var seen: [[UInt8]: Int] = [:]
        var kept: [ArraySlice<UInt8>] = []
        for (output, text) in lines.reversed() {
            seen[output, default: 0] += 1
            if seen[output, default: 0] <= 4 { kept.append(text) }
        }
        let bytes = kept.reversed().flatMap { $0 + [UInt8(ascii: "\n")] }
        try AtomicFile.write(bytes, to: path, overwrite: true)
    }
}

/// The manifests of all folders that a batch writes to.
final class BatchManifests {
    private let shard: Shard?
    private var manifests: [[UInt8]: BatchManifest] = [:]
    private var locks: [LockFile] = []
    /// Paths that jobs read: whatever records say, none of them is removed.
    private var inputs: [String] = []

    init(shard: Shard?) { self.shard = shard }

    /// Keeps what `jobs` read, whatever records say.
    func protectInputs(of jobs: [BatchJob]) {
        var seen: Set<[UInt8]> = []
        inputs = jobs.flatMap(\.inputs).filter { $0.kind == .file }.map(\.path).filter {
            seen.insert(SystemText.bytes($0)).inserted
        }
    }

    subscript(folder: String) -> BatchManifest {
        get throws {
            let bytes = SystemText.bytes(folder)
            if let manifest = manifests[bytes] { return manifest }
            let manifest = try BatchManifest(folder: folder, shard: shard)
            manifests[bytes] = manifest
            return manifest
        }
    }

    /// Makes the folders of `outputs` and takes the locks of their manifests, for as long as this object lives; what was read
    /// before is read again, and long histories are made short. Throws `CommandError.busy` where another batch has one of
    /// them. Where nothing can be written, the job that wants to is told. Returns what the user should know.
    func lock(_ outputs: [BatchJob.Output]) throws -> [String] {
        var seen: Set<[UInt8]> = []
        var notes: [String] = []
        // A lock and a manifest a folder.
        LockFile.expectMany()
        for folder in outputs.map(\.folder) where seen.insert(SystemText.bytes(folder)).inserted {
            manifests[SystemText.bytes(folder)] = nil
            let records = folder + "/" + BatchManifest.folderName
            var obstacle: WriteFault?
            var taking = LockFile.Taking.unknown
            do throws(WriteFault) {
                try FileSearch.makeFolder(records)
                taking = LockFile.take(records + "/" + BatchManifest.lockName(shard))
            } catch {
                obstacle = error
            }
            let manifest = try self[folder]
            manifest.obstacle = obstacle
            notes += manifest.doubts
            switch taking {
            case _ where obstacle != nil: continue
            case .taken(let lock):
                locks.append(lock)
                try manifest.compact()
            case .busy:
                throw CommandError.busy("\(folder): another batch is at work here (wait until it is done, or stop it)")
            case .failed(let fault):
                manifest.obstacle = .cannotCreate(file: records, reason: fault.reason)
            case .unknown:
                notes.append("\(folder): this file system has no locks: see that only one batch at a time works here")
            }
        }
        return notes
    }

    /// What has to happen to a job.
    enum State: String {
        case upToDate = "up to date"
        case new, changed
        case outputMissing = "output missing"
        case outputChanged = "output changed"
    }

    /// Compares a job's outputs with what was made. Throws where an output cannot be read.
    func state(of job: BatchJob) throws -> State {
        var isMade = false
        for output in job.outputs {
            let facts = try self[output.folder][output.name]
            let made = facts.made.filter { $0.key == job.key }
            if made.isEmpty && output.isOptional { continue }
            guard !made.isEmpty else { return facts.begun.isEmpty && facts.made.isEmpty ? .new : .changed }
            isMade = true
            do {
                switch try Self.compare(OutputFiles(output.path), made) {
                case .upToDate: continue
                case let other: return other
                }
            } catch {
                throw CommandError.badData("\(output.path): \(error)")
            }
        }
        return isMade ? .upToDate : .new
    }

    private static func compare(_ files: OutputFiles, _ made: [BatchManifest.Made]) throws(FileFault) -> State {
        // Of several lines, the last one is the likeliest.
        var state = State.outputMissing
        for record in made.reversed() {
            let isOfRelease1 = files.isNumbered && record.stills.isEmpty
            let digest =
                isOfRelease1 ? try files.digestOfEverything() : try files.content(record.stills.map(\.name))?.digest
            if digest == record.digest { return .upToDate }
            if digest != nil { state = .outputChanged }
        }
        return state
    }

    /// Why an output may not be made: something stands in its place that no batch has made or begun to make. nil where
    /// it may. `stills`: how many there will be, where it is numbered.
    func refusal(of output: BatchJob.Output, stills: Int? = nil) throws -> WriteFault? {
        let files = OutputFiles(output.path)
        guard files.isNumbered else {
            let facts = try self[output.folder][output.name]
            return files.exists && facts.begun.isEmpty && facts.made.isEmpty ? Self.isNotOurs(output.path) : nil
        }
        // A film that cannot be planned is refused by its own command.
        let names = stills.map(files.names) ?? []
        return try others(of: output, among: files.present(names)).first.map { Self.isNotOurs(files.place(of: $0)) }
    }

    private static func isNotOurs(_ path: String) -> WriteFault {
        .cannotCreate(file: path, reason: "it exists already, and no batch has made it (--overwrite replaces it)")
    }

    /// Those of `names` that no batch has made.
    private func others(of output: BatchJob.Output, among names: [String]) throws -> [String] {
        let facts = try self[output.folder][output.name]
        return names.filter { !facts.owns($0) }
    }

    /// Whether a file that is read where it is there, and else made, is to be made: nothing stands there but what a batch made.
    func mayMake(_ input: BatchJob.Input) throws -> Bool {
        let output = BatchJob.Output(path: input.path, source: input.source)
        let facts = try self[output.folder][output.name]
        return !facts.begun.isEmpty || !facts.made.isEmpty || !OutputFiles(input.path).exists
    }

    /// Says that a job is about to make an output.
    func begin(_ output: BatchJob.Output, of job: BatchJob) throws {
        let others = try others(of: output, among: OutputFiles(output.path).allPresent)
        try self[output.folder].begin(output.name, key: job.key, others: others)
    }

    /// Writes down what a job has made, and then removes those stills of an earlier, longer film that are still as a batch
    /// has made them. Returns false where an output is missing.
    func finish(_ output: BatchJob.Output, of job: BatchJob, stills: Int?, seconds: Double) throws -> Bool {
        let files = OutputFiles(output.path)
        guard let content = try files.content(files.names(stills ?? files.count)) else { return output.isOptional }
        try self[output.folder].finish(output.name, key: job.key, content: content, seconds: seconds)
        try removeStale(output, except: content.stills)
        return true
    }

    /// Removes what a killed batch could not.
    func tidy(_ job: BatchJob) throws {
        for output in job.outputs {
            let facts = try self[output.folder][output.name]
            if let current = facts.made.last(where: { $0.key == job.key }), !current.stills.isEmpty {
                try removeStale(output, except: current.stills)
            }
        }
    }

    private func removeStale(_ output: BatchJob.Output, except stills: [OutputFiles.Still]) throws {
        let current = Set(stills.map { SystemText.bytes($0.name) })
        let old = try self[output.folder][output.name].made.flatMap(\.stills).filter {
            !current.contains(SystemText.bytes($0.name))
        }
        guard !old.isEmpty else { return }
        OutputFiles(output.path).remove(old, except: Set(inputs.map { FileIdentity($0) }))
    }
}
