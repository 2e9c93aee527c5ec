import GNCACells

/// Times the stages that `Automaton.step` runs, for one 40-cell pattern on a small and on a large grid.
///
///     swift run -c release StageBenchmark [--json] [--threads N]
@main
struct StageBenchmark {
    static func main() throws {
        try verify()
        let results = try [64, 512].map { try measure(size: $0) }
        if CommandLine.arguments.contains("--json") {
            print("[" + results.map(\.json).joined(separator: ",\n ") + "]")
        } else {
            for result in results { print(result.table) }
            print(
                "512x512 takes \(StageBenchmark.decimal(results[1].median / results[0].median)) times as long as 64x64")
        }
    }

    /// The same pattern must go the same way on both grids.
    static func verify() throws {
        let small = try pattern(size: 64)
        let large = try pattern(size: 512)
        var fireSmall = [UInt8](repeating: 0, count: 64 * 64)
        var fireLarge = [UInt8](repeating: 0, count: 512 * 512)
        for step in 0..<20 {
            for y in 0..<64 {
                for x in 0..<64 {
                    let fires = UInt8((x * 7 + y * 13 + step * 5) % 2)
                    fireSmall[y * 64 + x] = fires
                    fireLarge[(y + 224) * 512 + x + 224] = fires
                }
            }
            try small.step(fire: fireSmall)
            try large.step(fire: fireLarge)
        }
        for y in 0..<64 {
            let length = 64 * small.state.channels
            let row = small.state.offset(x: 0, y: y)
            let rowThere = large.state.offset(x: 224, y: y + 224)
            guard small.state.values[row..<(row + length)] == large.state.values[rowThere..<(rowThere + length)] else {
                throw Failure.wrongResult
            }
        }
    }

    enum Failure: Error { case wrongResult }

    static var threads: Int {
        let arguments = CommandLine.arguments
        guard let index = arguments.firstIndex(of: "--threads"), index + 1 < arguments.count else { return 1 }
        return Int(arguments[index + 1]) ?? 1
    }

    /// Steps in one run, runs of which the median counts.
    static let steps = 200
    static let runs = 25

    static func measure(size: Int) throws -> Result {
        let automaton = try pattern(size: size)
        let clock = ContinuousClock()
        var seconds: [Double] = []
        for _ in 0..<runs {
            let start = clock.now
            for _ in 0..<steps { try automaton.step() }
            seconds.append((clock.now - start) / .seconds(steps))
        }
        var stages = [Double](repeating: 0, count: Automaton.stages.count)
        var last = clock.now
        for _ in 0..<(steps * runs / 5) {
            last = clock.now
            try automaton.step { stage in
                let now = clock.now
                if let index = Automaton.stages.firstIndex(of: stage) { stages[index] += (now - last) / .seconds(1) }
                last = now
            }
        }
        let living = automaton.rule.life.alive(in: automaton.state, edges: .zero).count { $0 == 1 }
        return Result(
            size: size, living: living, median: seconds.sorted()[runs / 2],
            stages: stages.map { $0 / Double(steps * runs / 5) })
    }

    struct Result {
        var size: Int
        var living: Int
        /// Seconds a step.
        var median: Double
        /// Seconds a step, one for each of `Automaton.stages`.
        var stages: [Double]

        /// Of the two dense layers, half of the living cells firing.
        var gigaflops: Double {
            let cell = 2.0 * (48 * 128 + 128 * 16)
            return Double(living) / 2 * cell / stages[Automaton.stages.firstIndex(of: .update) ?? 0] * 1e-9
        }

        var table: String {
            let share = zip(Automaton.stages, stages).map { "\($0.rawValue) \(StageBenchmark.decimal($1 * 1e6))" }
            return
                "\(size)x\(size), \(living) living cells: \(Int(1 / median)) steps/s, \(StageBenchmark.decimal(median * 1e6)) us "
                + "(\(share.joined(separator: ", "))), \(StageBenchmark.decimal(gigaflops)) GFLOP/s in update"
        }

        var json: String {
            let share = zip(Automaton.stages, stages).map { "\"\($0.rawValue)\": \(StageBenchmark.decimal($1 * 1e6))" }
            return "{\"grid\": \(size), \"living\": \(living), \"stepsPerSecond\": \(Int(1 / median)), "
                + "\"microseconds\": {\(share.joined(separator: ", "))}, \"gigaflops\": \(StageBenchmark.decimal(gigaflops))}"
        }
    }

    /// A disc that neither grows nor shrinks, in the middle, of as many living cells as the published regenerating
    /// lizard has (about 920). The arithmetic does not depend on values, so it costs what that lizard costs.
    static func pattern(size: Int) throws -> Automaton {
        var numbers = RandomNumbers()
        let w1 = (0..<(128 * 48)).map { _ in numbers.next() }
        var w2 = (0..<(16 * 128)).map { _ in numbers.next() * 1e-6 }
        for unit in 0..<128 { w2[3 * 128 + unit] = 0 }
        let rule = try Rule(
            channels: 16, hidden: 128, w1: w1, b1: (0..<128).map { _ in numbers.next() }, w2: w2,
            b2: [Float](repeating: 0, count: 16))
        var grid = CellGrid(height: size, width: size, channels: 16)
        for y in -20...20 {
            for x in -20...20 where x * x + y * y < 256 {
                grid.plantSeed(x: size / 2 + x, y: size / 2 + y, of: Appearance())
            }
        }
        return try Automaton(rule: rule, state: grid, threads: threads)
    }

    /// Weights between -0.5 and 0.5, the same in every run.
    struct RandomNumbers {
        private var index: UInt32 = 0
        private let source = RandomSource(seed: 0, stream: .damage)

        mutating func next() -> Float {
            index += 1
            return source.fraction(step: 0, x: index, y: 0) - 0.5
        }
    }

    /// Two digits after the point.
    static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
