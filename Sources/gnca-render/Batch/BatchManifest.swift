import GNCABasics
import GNCAExport
import GNCARaster

/// What batches have made in one folder: lines of JSON in `.gnca-batch/` beside the outputs, written before and after each
/// job. Every line is a fact about an output, and holds for ever, so that the order of lines and files means nothing.
///
/// A shard writes a file of its own and reads those of all others: nobody waits for anybody.
final class BatchManifest {
    /// What is known of one output.
    struct Facts {
        /// Keys of the jobs that began to make it, the last one of each file.
        var begun: Set<String> = []
        var made: [Made] = []
    }

    struct Made: Equatable {
        let key: String
        let digest: OutputFiles.Digest
    }

    private let path: String
    private let folder: String
    private var facts: [String: Facts] = [:]
    private var file: AppendedFile?

    /// Reads what there is in `folder`; `shard` as names of files have it, nil for a batch in one piece.
    init(folder: String, shard: Shard?) throws {
        self.folder = folder + "/.gnca-batch"
        path = self.folder + "/" + (shard.map { "manifest-\($0.number)-of-\($0.count).jsonl" } ?? "manifest.jsonl")
        for file in FileSearch.files(matching: Escaping.shellPattern(self.folder) + "/manifest*.jsonl") {
            try read(file)
        }
    }

    subscript(output: String) -> Facts { facts[output] ?? Facts() }

    /// Says that a job with `key` is about to make `output`.
    func begin(_ output: String, key: String) throws {
        try append("begun", output, key)
        facts[output, default: Facts()].begun.insert(key)
    }

    /// Says that a job with `key` has made `output`.
    func finish(_ output: String, key: String, digest: OutputFiles.Digest, seconds: Double) throws {
        try append(
            "made", output, key,
            ["sha256": JSONText.quoted(digest.sha256), "bytes": "\(digest.byteCount)", "seconds": "\(seconds)"])
        facts[output, default: Facts()].made.append(Made(key: key, digest: digest))
    }

    private func append(
        _ event: String, _ output: String, _ key: String, _ more: KeyValuePairs<String, String> = [:]
    ) throws {
        if file == nil {
            do { try FileSystem.makeFolder(folder) } catch {
                if error != .failed(EEXIST) { throw WriteFault.cannotCreate(file: folder, reason: error.reason) }
            }
            file = try AppendedFile(path: path)
        }
        let fact = [
            (name: "event", value: JSONText.quoted(event)), ("output", JSONText.quoted(output)),
            ("key", JSONText.quoted(key)),
        ]
        try file?.append(JSONText.object(fact + more.map { (name: $0.key, value: $0.value) }))
    }

    /// Lines that cannot be read are passed over: a crash tears the last one, and what follows stands in the next.
    private func read(_ file: String) throws {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(file, limit: 1 << 30)
        } catch {
            if FileSearch.isEmpty(file) { return }
            throw CommandError.badData("\(file): \(error)")
        }
        var begun: [String: String] = [:]
        var lines: [(output: String, text: ArraySlice<UInt8>)] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let fact = try? StrictJSON.parse(line), let output = fact["output"]?.text, let key = fact["key"]?.text
            else { continue }
            lines.append((output, line))
            switch fact["event"]?.text {
            case "begun": begun[output] = key
            case "made":
                guard let sha256 = fact["sha256"]?.text, case .number(let text)? = fact["bytes"], let count = Int(text)
                else { continue }
                let made = Made(key: key, digest: OutputFiles.Digest(sha256: sha256, byteCount: count))
                if self[output].made.contains(made) { continue }
                facts[output, default: Facts()].made.append(made)
            default: continue
            }
        }
        for (output, key) in begun { facts[output, default: Facts()].begun.insert(key) }
        if file == path { try compact(lines, outputs: begun.count) }
    }

    /// Writes the file anew where most of it is history: of each output, its last four lines stay.
    private func compact(_ lines: [(output: String, text: ArraySlice<UInt8>)], outputs: Int) throws {
        guard lines.count > 8 * outputs + 64 else { return }
        var seen: [String: Int] = [:]
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
    private var manifests: [String: BatchManifest] = [:]

    init(shard: Shard?) { self.shard = shard }

    subscript(folder: String) -> BatchManifest {
        get throws {
            if let manifest = manifests[folder] { return manifest }
            let manifest = try BatchManifest(folder: folder, shard: shard)
            manifests[folder] = manifest
            return manifest
        }
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
        for output in job.outputs {
            let facts = try self[output.folder][output.name]
            let made = facts.made.filter { $0.key == job.key }
            guard !made.isEmpty else { return facts.begun.isEmpty && facts.made.isEmpty ? .new : .changed }
            do {
                guard let digest = try OutputFiles(output.path).digest() else { return .outputMissing }
                guard made.contains(where: { $0.digest == digest }) else { return .outputChanged }
            } catch {
                throw CommandError.badData("\(output.path): \(error)")
            }
        }
        return .upToDate
    }

    /// Why an output may not be made: something stands in its place that no batch has made or begun to make. nil where
    /// it may.
    func refusal(of output: BatchJob.Output) throws -> WriteFault? {
        guard OutputFiles(output.path).exist else { return nil }
        let facts = try self[output.folder][output.name]
        guard facts.begun.isEmpty && facts.made.isEmpty else { return nil }
        return .cannotCreate(
            file: output.path, reason: "it exists already, and no batch has made it (--overwrite replaces it)")
    }
}
