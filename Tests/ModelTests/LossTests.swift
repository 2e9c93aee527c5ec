import Foundation
import Testing

@testable import GNCACells

/// What training makes small.
@Suite struct LossTests {
    private static let channels = [0, 1, 2, 3]
    private static let target: [Float] = (0..<48).map { Float($0 % 7) / 7 }

    private static func state() -> CellGrid {
        var state = CellGrid(height: 3, width: 4, channels: 16)
        for index in state.values.indices { state.values[index] = Float(index * 37 % 101) / 101 }
        return state
    }

    /// Where the floor lies above, at and far below the loss.
    @Test(arguments: [10, 0.1, 1e-9])
    func theLogarithmsGradientIsThatOfFiniteDifferences(floor: Double) {
        let state = Self.state()
        func logarithm(_ state: CellGrid) -> Double {
            log(Loss.meanSquare(state, target: Self.target, channels: Self.channels) + floor)
        }
        var (loss, gradient): (Double, [Float]) = Loss.meanSquare(state, target: Self.target)
        Loss.makeLogarithmic(&gradient, of: loss, floor: floor, stride: 16, channels: Self.channels)
        for index in state.values.indices {
            var (more, less) = (state, state)
            more.values[index] += 1e-3
            less.values[index] -= 1e-3
            let width = Double(more.values[index] - less.values[index])
            let expected = (logarithm(more) - logarithm(less)) / width
            #expect(abs(Double(gradient[index]) - expected) <= 1e-4 + 1e-3 * abs(expected), "\(index)")
        }
    }

    @Test
    func otherChannelsKeepTheirGradient() {
        var gradient = [Float](repeating: 1, count: 32)
        Loss.makeLogarithmic(&gradient, of: 0.25, floor: 0.25, stride: 16, channels: [1, 5])
        #expect(gradient.enumerated().allSatisfy { $1 == ([1, 5].contains($0 % 16) ? 2 : 1) })
    }
}
