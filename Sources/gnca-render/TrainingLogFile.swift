import GNCABasics
import GNCARaster
import GNCARender
import GNCATraining

/// What `train --log` writes and `figure loss` reads: CSV, or JSON lines.
enum TrainingLogFile {
    private static let byteLimit = 1 << 28
    /// Lines of all logs of a figure together: as many as a training may have iterations.
    static let mostLines = 10_000_000
    /// Bytes.
    private static let longestLine = 1000
    private static let iterations = 1...1_000_000_000_000
    /// The first line of a CSV log; the second is that of release 1.0.0.
    private static let headers = ["iteration,loss,psnr", "iteration,loss"]

    /// Logs of CSV, or of JSON lines where the first character is a brace. Throws a sentence with file and line.
    static func read(_ paths: [String]) throws -> [TrainingLog] {
        var lines = 0
        return try paths.map { path in
            let log = try read(path, lines: mostLines - lines)
            lines += log.losses.count
            return log
        }
    }

    /// `lines`: as many as may be in the file.
    private static func read(_ path: String, lines: Int) throws -> TrainingLog {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: byteLimit)
        } catch {
            throw CommandError.badData("\(path): \(error.reason)")
        }
        let losses = try losses(bytes, file: path, most: lines)
        guard losses.contains(where: { $0.loss.isFinite && $0.loss > 0 }) else {
            throw CommandError.badData("\(path): holds no loss above 0")
        }
        return TrainingLog(name: SystemText.spelled(Paths.stem(path)), losses: losses)
    }

    /// The log of a training's first `count` iterations, of all of them where it is nil; the ending of `path` says in which
    /// form. The PSNR (dB) stands to the hundredth.
    static func bytes(of trainer: Trainer, first count: Int? = nil, for path: String) -> [UInt8] {
        let isJSON = isJSON(path)
        var text = isJSON ? "" : "iteration,loss,psnr\n"
        for (index, (loss, quality)) in zip(trainer.losses, trainer.qualities).prefix(count ?? .max).enumerated() {
            let psnr = (quality * 100).rounded() / 100
            text +=
                isJSON
                ? JSONText.object([
                    "iteration": "\(index + 1)", "loss": JSONText.number(loss), "psnr": JSONText.number(psnr),
                ]) + "\n" : "\(index + 1),\(number(loss)),\(number(psnr))\n"
        }
        return Array(text.utf8)
    }

    /// Nothing where there is no number.
    private static func number(_ number: Float) -> String { number.isFinite ? "\(number)" : "" }

    /// Whether `file` holds the first iterations of a training, one at least, and not a byte besides. Lines beyond them
    /// belong to a training that went further from the same state, whose they may be alone.
    static func isPart(of trainer: Trainer, file: String) -> Bool {
        guard let found = try? FileBytes.read(file, limit: byteLimit) else { return false }
        let lines = found.count { $0 == UInt8(ascii: "\n") } - (isJSON(file) ? 0 : 1)
        return (1...max(1, trainer.iteration)).contains(lines) && found == bytes(of: trainer, first: lines, for: file)
    }

    /// In which form a log is written.
    private static func isJSON(_ path: String) -> Bool { path.ends(with: ".jsonl") || path.ends(with: ".json") }

    private static func noLog(_ file: String) -> CommandError {
        .badData("\(file): is no log of a training (expected a first line \"iteration,loss\", or JSON lines)")
    }

    private static func losses(
        _ bytes: [UInt8], file: String, most: Int
    ) throws -> [(iteration: Int, loss: Double)] {
        let isJSON = bytes.first == UInt8(ascii: "{")
        // Of CSV, as many as the first line names.
        var columns: Int?
        var losses: [(iteration: Int, loss: Double)] = []
        var (start, number) = (0, 0)
        while start < bytes.count {
            let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var line = bytes[start..<newline]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            start = newline + 1
            number += 1
            if number == 1 && !isJSON {
                guard headers.contains(where: { line.elementsEqual($0.utf8) }) else { throw noLog(file) }
                columns = line.split(separator: UInt8(ascii: ",")).count
            } else if !line.isEmpty {
                guard losses.count < most else {
                    throw CommandError.badData("\(file): logs of more than \(mostLines) lines together are not drawn")
                }
                losses.append(
                    try entry(line, columns: columns, after: losses.last?.iteration, place: "\(file):\(number)"))
            }
        }
        guard number > 0 else { throw noLog(file) }
        return losses
    }

    private static func entry(
        _ line: ArraySlice<UInt8>, columns: Int?, after last: Int?, place: String
    ) throws -> (iteration: Int, loss: Double) {
        guard line.count <= longestLine else {
            throw CommandError.badData("\(place): the line is too long (got \(line.count) bytes, limit \(longestLine))")
        }
        let found = if let columns { csvEntry(line, columns: columns) } else { jsonEntry(line) }
        guard let entry = found, entry.iteration > last ?? 0, !(entry.loss < 0) else {
            let text = String(decoding: line.prefix(60), as: UTF8.self)
            throw CommandError.badData(
                "\(place): \"\(text)\" is no iteration and its loss, later than the one before")
        }
        guard iterations.contains(entry.iteration) else {
            throw CommandError.badData(
                "\(place): the iteration is out of range (got \(entry.iteration), limit \(iterations.upperBound))")
        }
        return entry
    }

    /// "12,0.034,15.2", or without the PSNR; no loss and no PSNR where the iteration was skipped.
    private static func csvEntry(_ line: ArraySlice<UInt8>, columns: Int) -> (iteration: Int, loss: Double)? {
        let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard fields.count == columns, let iteration = number(fields[0]).flatMap({ Int($0) }),
            fields[2...].allSatisfy({ $0.isEmpty || number($0) != nil })
        else { return nil }
        return fields[1].isEmpty ? (iteration, .nan) : number(fields[1]).flatMap { Double($0) }.map { (iteration, $0) }
    }

    /// The text of a number that is written as JSON has it: what is cut off, or goes on behind a zero byte, is none.
    private static func number(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.allSatisfy({ $0 > UInt8(ascii: " ") }), case .number(let text)? = try? StrictJSON.parse(bytes)
        else {
            return nil
        }
        return text
    }

    /// {"iteration":12,"loss":0.034}
    private static func jsonEntry(_ line: ArraySlice<UInt8>) -> (iteration: Int, loss: Double)? {
        guard let entry = try? StrictJSON.parse(line), case .number(let iteration)? = entry["iteration"],
            let iteration = Int(iteration)
        else { return nil }
        switch entry["loss"] {
        case .number(let loss): return Double(loss).map { (iteration, $0) }
        case .null: return (iteration, .nan)
        default: return nil
        }
    }
}
