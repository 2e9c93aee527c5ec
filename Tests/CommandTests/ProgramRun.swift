import Foundation
import GNCACells
import GNCACheckpoints
import GNCARaster
import GNCATestSupport
import Testing

/// One run of the built program, as a shell would start it.
struct ProgramRun {
    /// Exit code; 128 + N where signal N ended it.
    let status: Int32
    let output: [UInt8]
    /// What standard error says, but for `written`.
    let errors: String
    /// Lines of standard error that say what is in place: "a.mp4: 9 frames of 64x64 in 0.1 s".
    let written: [String]

    /// Lines of standard error.
    var lines: [String] { errors.split(separator: "\n").map(String.init) }

    /// The executable stands beside the tests.
    static var executable: String {
        get throws {
            #if os(macOS)
                let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
            #else
                // Not by way of Bundle: Swift 6.0's crashes where several threads ask for bundles.
                let tests = CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }
            #endif
            let program = try #require(tests).deletingLastPathComponent().appendingPathComponent("gnca-render").path
            try #require(FileManager.default.isExecutableFile(atPath: program), "no program at \(program)")
            return program
        }
    }

    /// Runs with `folder` as the working folder and waits for the end. A minute without one counts as hanging.
    @discardableResult
    init(_ arguments: [String], in folder: String) throws {
        let started = try StartedProgram(arguments, in: folder)
        self = started.wait()
    }

    init(status: Int32, output: [UInt8], errors: String) {
        (self.status, self.output) = (status, output)
        let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
        let mark = "wrote "
        self.errors = lines.filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
        written = lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    }
}

/// A run that still goes on.
final class StartedProgram: @unchecked Sendable {  // readers fill their own buffers; `wait` joins them first
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()
    private var outputBytes = Data()
    private var errorBytes = Data()
    private let readers = DispatchGroup()
    private let lock = NSLock()

    /// `shell`: a prefix as "ulimit -f 8;" that a shell runs first. `launcher`: a program with its options that runs another.
    init(
        _ arguments: [String], in folder: String, shell: String? = nil, launcher: [String] = [],
        readsOutput: Bool = true
    ) throws {
        let program = try ProgramRun.executable
        if !launcher.isEmpty {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = launcher + [program] + arguments
        } else if let shell {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", shell + " exec \"$0\" \"$@\"", program] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        if readsOutput { read(output) { self.outputBytes.append($0) } }
        read(errors) { self.errorBytes.append($0) }
    }

    private func read(_ pipe: Pipe, _ keep: @escaping @Sendable (Data) -> Void) {
        let handle = pipe.fileHandleForReading
        DispatchQueue.global().async(group: readers) {
            while true {
                let data = handle.availableData
                if data.isEmpty { return }
                self.lock.withLock { keep(data) }
            }
        }
    }

    /// Closes the reading end of standard output after its first bytes.
    func closeOutput() {
        _ = output.fileHandleForReading.readData(ofLength: 16)
        try? output.fileHandleForReading.close()
    }

    /// Waits until standard error holds `text`.
    func waitForErrors(containing text: String) {
        for _ in 0..<6000 {
            if lock.withLock({ String(decoding: errorBytes, as: UTF8.self).contains(text) }) { return }
            usleep(10_000)
        }
    }

    var processNumber: pid_t { process.processIdentifier }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    func wait() -> ProgramRun {
        // It stays in the queue when it is cancelled, and must not hold the process and its pipes.
        let watchdog = DispatchWorkItem { [number = process.processIdentifier] in kill(number, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: watchdog)
        process.waitUntilExit()
        watchdog.cancel()
        readers.wait()
        // Foundation reads past its buffer when it starts a process beside a thousand open files.
        for pipe in [output, errors] { try? pipe.fileHandleForReading.close() }
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return ProgramRun(
            status: status, output: Array(outputBytes), errors: String(decoding: errorBytes, as: UTF8.self))
    }
}

/// A folder with a model called m.ckpt, for one test of the whole program.
struct ProgramFolder {
    let folder: TemporaryFolder
    var path: String { folder.path }

    /// Options of a film that takes no time.
    static let small = ["--grid", "16x16", "--scale", "4", "--steps", "8", "--steps-per-frame", "1", "--hold", "0"]

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.add("m.ckpt", Self.model(gain: 0.02))
    }

    /// A model of 16 channels that stays finite for small gains and explodes for large ones.
    static func model(gain: Float) throws -> Checkpoint {
        let hidden = 8
        let w1 = (0..<(48 * hidden)).map { Float(($0 * 7919) % 201 - 100) / 100 * gain * 10 }
        let w2 = (0..<(hidden * 16)).map { Float(($0 * 104_729) % 201 - 100) / 100 * gain }
        let rule = try Rule(
            channels: 16, hidden: hidden, w1: w1, b1: (0..<hidden).map { Float($0) / 10 }, w2: w2,
            b2: [Float](repeating: 0.01, count: 16))
        return Checkpoint(rule: rule)
    }

    /// The same weights under names that no family has.
    static func namelessTensors(gain: Float) throws -> String {
        let layers = try model(gain: gain).rule.network.layers
        let tensors = zip(["in", "out"], layers).map { name, layer in
            let rows = (0..<layer.outputs).map { row in
                Array(layer.weights[row * layer.inputs..<(row + 1) * layer.inputs])
            }
            return "\"\(name).weight\": \(rows), \"\(name).bias\": \(layer.bias ?? [])"
        }
        return "{\(tensors.joined(separator: ", "))}"
    }

    /// A training on t.png that takes no time an iteration.
    static let tinyTraining = [
        "train", "t.png", "-o", "b.ckpt", "--size", "8", "--padding", "2", "--pool", "8", "--batch", "2", "--damaged",
        "1",
        "--channels", "8", "--hidden", "4", "--steps", "4-5",
    ]

    /// A picture of 8x8 pixels.
    func addPicture(_ name: String) throws {
        var picture = Frame(width: 8, height: 8)
        for y in 2..<6 {
            for x in 2..<6 { picture[x, y] = Pixel(red: 200, green: 100, blue: 50) }
        }
        _ = try folder.write(ImageFile.encodePNG(picture), name)
    }

    func put(_ text: String, name: String) throws {
        try folder.write(Array(text.utf8), name)
    }

    /// Everything in the folder, hidden files too, but for the model.
    var names: [String] { get throws { try folder.names.filter { $0 != "m.ckpt" } } }

    func bytes(_ name: String) throws -> [UInt8] { try folder.bytes(name) }

    func render(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(["m.ckpt"] + Self.small(but: arguments) + arguments, in: path)
    }

    /// `small`, but for the options that `arguments` have themselves.
    static func small(but arguments: [String]) -> [String] {
        stride(from: 0, to: small.count, by: 2).filter { !arguments.contains(small[$0]) }
            .flatMap { Array(small[$0...($0 + 1)]) }
    }

    func remove() { folder.remove() }
}
