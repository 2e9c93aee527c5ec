import GNCABasics
import GNCARaster
import GNCARender

/// What `train --log` writes and `figure loss` reads: CSV, or JSON lines.
enum TrainingLogFile {
    private static let byteLimit = 1 << 28

    /// CSV, or JSON lines where the first character is a brace. Throws a sentence with file and line.
    static func read(_ path: String) throws -> TrainingLog {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: byteLimit)
        } catch {
            throw CommandError.badData("\(path): \(error.reason)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw noLog(path) }
        let losses = try losses(text, file: path)
        guard losses.contains(where: { $0.loss.isFinite && $0.loss > 0 }) else {
            throw CommandError.badData("\(path): holds no loss above 0")
        }
        return TrainingLog(name: Paths.stem(path), losses: losses)
    }

    /// The log of iterations 1, 2, ...; the ending of `path` says in which form.
    static func bytes(of losses: [Float], for path: String) -> [UInt8] {
        let isJSON = path.hasSuffix(".jsonl") || path.hasSuffix(".json")
        var text = isJSON ? "" : "iteration,loss\n"
        for (index, loss) in losses.enumerated() {
            text +=
                isJSON
                ? JSONText.object(["iteration": "\(index + 1)", "loss": JSONText.number(loss)]) + "\n"
                : "\(index + 1),\(loss.isNaN ? "" : "\(loss)")\n"
        }
        return Array(text.utf8)
    }

    /// Whether `file` is a log of a training with these losses: it has the first of them, or, where the training goes back
    /// to an earlier state, all of them and more.
    static func isPart(of losses: [Float], file: String) -> Bool {
        guard let found = try? FileBytes.read(file, limit: byteLimit) else { return false }
        let ours = bytes(of: losses, for: file)
        return found.count <= ours.count ? ours.starts(with: found) : found.starts(with: ours)
    }

    private static func noLog(_ file: String) -> CommandError {
        .badData("\(file): is no log of a training (expected a first line \"iteration,loss\", or JSON lines)")
    }

    private static func losses(_ text: String, file: String) throws -> [(iteration: Int, loss: Double)] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let isJSON = text.hasPrefix("{")
        guard isJSON || lines.first == "iteration,loss" else {
            throw noLog(file)
        }
        var losses: [(iteration: Int, loss: Double)] = []
        for (index, line) in lines.enumerated() where !line.isEmpty && (isJSON || index > 0) {
            guard let entry = isJSON ? jsonEntry(line) : csvEntry(line), entry.iteration > losses.last?.iteration ?? 0
            else {
                throw CommandError.badData(
                    "\(file):\(index + 1): \"\(line.prefix(60))\" is no iteration and its loss, later than the one before"
                )
            }
            losses.append(entry)
        }
        return losses
    }

    /// "12,0.034"; no loss where the iteration was skipped.
    private static func csvEntry(_ line: Substring) -> (iteration: Int, loss: Double)? {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let iteration = Int(parts[0]) else { return nil }
        return parts[1].isEmpty ? (iteration, .nan) : Double(parts[1]).map { (iteration, $0) }
    }

    /// {"iteration":12,"loss":0.034}
    private static func jsonEntry(_ line: Substring) -> (iteration: Int, loss: Double)? {
        guard let entry = try? StrictJSON.parse(line.utf8), case .number(let iteration)? = entry["iteration"],
            let iteration = Int(iteration)
        else { return nil }
        switch entry["loss"] {
        case .number(let loss): return Double(loss).map { (iteration, $0) }
        case .null: return (iteration, .nan)
        default: return nil
        }
    }
}
