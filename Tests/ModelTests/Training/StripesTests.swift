import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct StripesTests {
    private static func stripes(_ cells: [UInt32], width: Int) -> Stripes {
        cells.withUnsafeBufferPointer { Stripes($0, width: width) }
    }

    /// Grids of these sizes, each with sparse and dense cells: from none to so many that all parts are full.
    @Test(arguments: [(5, 4), (9, 200), (40, 40), (72, 72), (130, 65), (1, 900), (900, 1)], 0..<12)
    func partsCoverAllCellsAndThoseOfOneKindTouchCellsOfTheirOwn(size: (width: Int, height: Int), seed: Int) {
        let (width, height) = size
        var random = TestRandom(seed)
        let share = Float(seed + 1) / 12
        let cells = random.numbers(width * height, 0...1).indices(below: share)
        let stripes = Self.stripes(cells, width: width)
        #expect([1, 4, 8].contains(stripes.count))
        #expect((0..<stripes.count).flatMap { Array(stripes[$0]) } == Array(cells.indices))
        #expect(stripes.parts(ofParity: 0) + stripes.parts(ofParity: 1) == stripes.count)
        for parity in 0...1 {
            var owners = [Int?](repeating: nil, count: width * height)
            for part in 0..<stripes.parts(ofParity: parity) {
                for cell in stripes[2 * part + parity] {
                    let (x, y) = (Int(cells[cell]) % width, Int(cells[cell]) / width)
                    for row in max(0, y - 1)...min(height - 1, y + 1) {
                        for column in max(0, x - 1)...min(width - 1, x + 1) {
                            let owner = owners[row * width + column]
                            #expect(owner == nil || owner == part)
                            owners[row * width + column] = part
                        }
                    }
                }
            }
        }
    }

    @Test
    func aGrownPatternGoesBackInEightPartsAFewCellsInOne() {
        let block = (20..<50).flatMap { y in (20..<50).map { UInt32(y * 72 + $0) } }
        #expect(Self.stripes(block, width: 72).count == 8)
        #expect(Self.stripes(Array(block.prefix(100)), width: 72).count == 1)
        #expect(Self.stripes([], width: 72).count == 1)
    }

    /// A pattern that keeps away from the edges is the same on a torus, where cells go back in one part.
    @Test
    func theGradientInPartsIsThatInOne() throws {
        func gradient(_ edges: Edges) throws -> (start: [Float], weights: WeightGradient) {
            let rule = try Rule.random(3, channels: 16, hidden: 40, edges: edges)
            var start = CellGrid(height: 64, width: 64, channels: 16)
            var random = TestRandom(4)
            for y in 12..<52 {
                for x in 12..<52 {
                    for channel in 0..<16 {
                        start.values[start.offset(x: x, y: y) + channel] = random.numbers(1, 0...1)[0]
                    }
                }
            }
            let unrolling = try Unrolling(rule: rule, state: start)
            unrolling.begin(state: start, randomSeed: 1)
            for _ in 0..<4 { try unrolling.automaton.step() }
            #expect(unrolling.computedCells > 4 * 8 * 32, "so many that they go in parts")
            let target = random.numbers(64 * 64 * 4, 0...1)
            let sums = unrolling.zeroSums
            unrolling.backward(Loss.meanSquare(unrolling.automaton.state, target: target).gradient, into: sums)
            return (unrolling.stateGradient, sums.gradient(of: rule))
        }
        let (parts, whole) = (try gradient(.zero), try gradient(.torus))
        #expect(distance(parts.start, whole.start) < 1e-5)
        #expect(parts.start.contains { $0 != 0 })
        for (part, all) in zip(parts.weights.tensors, whole.weights.tensors) {
            #expect(distance(part.values, all.values) < 1e-5, "\(part.name)")
        }
    }
}

/// The largest difference, as a share of the largest of `b`.
private func distance(_ a: [Float], _ b: [Float]) -> Float {
    (zip(a, b).map { abs($0 - $1) }.max() ?? 0) / (b.map { abs($0) }.max() ?? 1)
}

extension [Float] {
    /// Where numbers below `limit` stand.
    fileprivate func indices(below limit: Float) -> [UInt32] {
        enumerated().filter { $0.element < limit }.map { UInt32($0.offset) }
    }
}
