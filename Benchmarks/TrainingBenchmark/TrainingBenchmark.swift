import GNCACells
import GNCACheckpoints
import GNCARaster
import GNCATraining

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Times the work of a training iteration: 8 states of a grown pattern, 80 steps forward and backward.
///
///     swift run -c release TrainingBenchmark MODEL.ckpt TARGET.png [--rule laplacian|layers] [--threads N] [--rounds N]
///         [--export FILE]
///
/// Prints one JSON object. `--rule` runs another rule (`OtherRule`) on the state that the model has grown. `--export`
/// writes start, filters, weights, fire masks, loss and gradient, so that other implementations can be checked before
/// they are timed.
@main
struct TrainingBenchmark {
    static let (samples, steps, growth) = (8, 80, 200)

    static func main() throws {
        let arguments = CommandLine.arguments
        func option(_ name: String) -> String? {
            guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
            return arguments[index + 1]
        }
        guard arguments.count >= 3 else { throw Failure.usage }
        let model = try CheckpointFile(path: arguments[1]).checkpoint.rule
        let rule =
            try option("--rule").map { name in
                guard let other = OtherRule(rawValue: name) else { throw Failure.usage }
                return try other.rule()
            } ?? model
        let target = try Target(ImageFile.read(arguments[2]), size: 40, padding: 16)
        let threads = option("--threads").flatMap(Int.init) ?? 1
        let rounds = option("--rounds").flatMap(Int.init) ?? 5
        let start = try grown(model, target)
        let probe = try TrainingProbe(rule: rule, target: target, start: start, samples: samples, threads: threads)
        var loss = probe.run(steps: Self.steps)
        if let file = option("--export") {
            try export(probe, rule: rule, target: target, start: start, loss: loss, to: file)
        }
        let clock = ContinuousClock()
        var seconds: [Double] = []
        var peaks: [Double] = []
        for _ in 0..<rounds {
            // Peak and work in turn, for a machine's speed drifts.
            peaks.append(TrainingProbe.peak(threads: threads))
            let begin = clock.now
            for _ in 0..<3 { loss = probe.run(steps: Self.steps) }
            seconds.append((clock.now - begin) / .seconds(3))
        }
        let steps = try [64, 512].map {
            try steppingRate(rule, centred(start, size: $0), threads: threads)
        }
        let median = seconds.sorted()[rounds / 2]
        let rate = Double(probe.cells) * probe.operationsPerCell / median
        let shares = zip(seconds, peaks).map { Double(probe.cells) * probe.operationsPerCell / $0 / $1 }
        print(
            """
            {"threads": \(threads), "sample_steps_per_second": \(Double(samples * Self.steps) / median), \
            "gflops": \(rate * 1e-9), "peak_gflops": \(peaks.sorted()[rounds / 2] * 1e-9), \
            "share_of_peak": \(shares.sorted()[rounds / 2]), "cells_per_step": \
            \(Double(probe.cells) / Double(samples * Self.steps)), "steps_64": \(steps[0]), "steps_512": \(steps[1]), \
            "loss": \(loss)}
            """)
    }

    /// Steps a second of a state alone.
    static func steppingRate(_ rule: Rule, _ state: CellGrid, threads: Int) throws -> Double {
        let automaton = try Automaton(rule: rule, state: state, threads: threads)
        for _ in 0..<50 { try automaton.step() }
        let count = 500
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<count { try automaton.step() }
        return Double(count) / ((clock.now - start) / .seconds(1))
    }

    /// The middle of `state` on a square grid of another size.
    static func centred(_ state: CellGrid, size: Int) -> CellGrid {
        var grid = CellGrid(height: size, width: size, channels: state.channels)
        let (left, top) = ((size - state.width) / 2, (size - state.height) / 2)
        for y in max(0, -top)..<min(state.height, size - top) {
            for x in max(0, -left)..<min(state.width, size - left) {
                let (from, to) = (state.offset(x: x, y: y), grid.offset(x: x + left, y: y + top))
                for channel in 0..<state.channels { grid.values[to + channel] = state.values[from + channel] }
            }
        }
        return grid
    }

    enum Failure: Error { case usage, cannotWrite }

    static func grown(_ rule: Rule, _ target: Target) throws -> CellGrid {
        let state = rule.startState(width: target.width, height: target.height)
        let automaton = try Automaton(rule: rule, state: state)
        for _ in 0..<growth { try automaton.step() }
        return automaton.state
    }

    static func export(
        _ probe: TrainingProbe, rule: Rule, target: Target, start: CellGrid, loss: Double, to file: String
    ) throws {
        let gradient = probe.gradient
        var fire: [Float] = []
        for sample in 0..<samples {
            for step in 0..<steps { fire += probe.fire(sample: sample, step: step).map(Float.init(_:)) }
        }
        let (height, width, channels) = (target.height, target.width, rule.channels)
        let filters = rule.perception.filters
        let bytes = tensorFile(
            [
                ("taps", [filters.count, 3, 3], filters.flatMap { $0.taps(channels: 1) }),
                ("start", [height, width, channels], start.values), ("target", [height, width, 4], target.values),
                ("fire", [samples, steps, height, width], fire), ("loss", [1], [Float(loss)]),
            ] + rule.tensors.map { ($0.name, $0.shape, $0.values) }
                + gradient.tensors.map { ("g_" + $0.name, $0.shape, $0.values) })
        guard let output = fopen(file, "wb") else { throw Failure.cannotWrite }
        defer { fclose(output) }
        guard fwrite(bytes, 1, bytes.count, output) == bytes.count else { throw Failure.cannotWrite }
    }
}
