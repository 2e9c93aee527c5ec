import Foundation
import Testing

@testable import GNCACells

@Suite struct PerceptionTests {
    @Test func aFilterAndItsQuarterTurnMakeEveryAngle() throws {
        for filter in [Filter.named(.sobelX, 0.125), .named(.sobelY, -1), .named(.scharrX, 2), .named(.scharrY, 0.5)] {
            let across = try #require(filter.quarterTurned)
            let angle: Float = 0.7
            for (tap, turned) in filter.taps(channels: 1, angle: angle).enumerated() {
                let own = filter.taps(channels: 1)[tap]
                let expected = Float(cos(0.7)) * own + Float(sin(0.7)) * across[tap]
                #expect(abs(turned - expected) < 1e-5)
            }
        }
        #expect(Filter.named(.gauss, 1).quarterTurned == nil)
    }

    @Test(
        "perception is the reference's",
        arguments: [(5, 6, 16, 0), (5, 6, 4, 0.7), (1, 1, 16, 0), (1, 9, 20, -2), (3, 2, 130, 0.3)]
            as [(Int, Int, Int, Float)], Edges.allCases)
    func values(shape: (height: Int, width: Int, channels: Int, angle: Float), edges: Edges) throws {
        let rule = try Rule.random(1, channels: shape.channels, edges: edges)
        var grid = CellGrid(height: shape.height, width: shape.width, channels: shape.channels)
        var random = TestRandom(2)
        grid.values = random.numbers(grid.values.count, -1...1)
        var reference = ReferenceAutomaton(rule: rule, state: grid)
        reference.angle = shape.angle
        reference.fuses = UpdateKernel.bestKernels.pointee.fuses == 1
        let perception = rule.perception.values(of: grid, angle: shape.angle, edges: edges)
        var expected: [Float] = []
        for y in 0..<shape.height { for x in 0..<shape.width { expected += reference.perception(x: x, y: y) } }
        #expect(perception == expected)
    }

    @Test
    func onARampTheGradientsAreItsSlopeAndTurningByAQuarterExchangesThem() {
        var grid = CellGrid(height: 3, width: 3, channels: 4)
        for y in 0..<3 { for x in 0..<3 { grid.values[grid.offset(x: x, y: y)] = Float(2 * x + 5 * y) } }
        let centre = (3 + 1) * 12
        let straight = Perception().values(of: grid, angle: 0, edges: .zero)
        #expect(straight[centre] == 7 && straight[centre + 4] == 2 && straight[centre + 8] == 5)
        let turned = Perception().values(of: grid, angle: .pi / 2, edges: .zero)
        #expect(abs(turned[centre + 4] + 5) < 1e-5 && abs(turned[centre + 8] - 2) < 1e-5)
    }

    @Test
    func aliveCellsAreThoseAroundAMatureOne() {
        var grid = CellGrid(height: 4, width: 5, channels: 4)
        grid.values[grid.offset(x: 0, y: 1) + 3] = 0.2
        grid.values[grid.offset(x: 3, y: 3) + 3] = 0.1
        grid.values[grid.offset(x: 3, y: 1) + 3] = .nan
        let mask = Life(threshold: 0.1)
        #expect(
            mask.alive(in: grid, edges: .zero) == [
                1, 1, 0, 0, 0,
                1, 1, 0, 0, 0,
                1, 1, 0, 0, 0,
                0, 0, 0, 0, 0,
            ])
        #expect(
            mask.alive(in: grid, edges: .torus) == [
                1, 1, 0, 0, 1,
                1, 1, 0, 0, 1,
                1, 1, 0, 0, 1,
                0, 0, 0, 0, 0,
            ])
    }
}
