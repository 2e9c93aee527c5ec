import Foundation
import GNCARaster
import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct BoxPSNRTests {
    /// Alpha 1 in a block of cells, and its colours random.
    private static func target(
        _ seed: Int, width: Int = 9, height: Int = 7, columns: ClosedRange<Int> = 2...5, rows: ClosedRange<Int> = 1...4,
        alpha: Float = 1
    ) -> Target {
        var random = TestRandom(seed)
        var values = [Float](repeating: 0, count: width * height * 4)
        for y in rows {
            for x in columns {
                let cell = (y * width + x) * 4
                for channel in 0..<3 { values[cell + channel] = random.number(0...alpha) }
                values[cell + 3] = alpha
            }
        }
        return Target(width: width, height: height, values: values)
    }

    private static func state(_ seed: Int, like target: Target, channels: Int = 16) -> CellGrid {
        var random = TestRandom(seed)
        var state = CellGrid(height: target.height, width: target.width, channels: channels)
        state.values = random.numbers(state.values.count, -0.5...1.5)
        return state
    }

    /// The definition, written down for premultiplied and straight pictures without a thought of speed.
    private static func reference(_ state: CellGrid, _ target: Target, straight: Bool = false) -> Double {
        var living: [(x: Int, y: Int)] = []
        for y in 0..<target.height {
            for x in 0..<target.width where target.values[(y * target.width + x) * 4 + 3] > 0.1 {
                living.append((x, y))
            }
        }
        let (xs, ys) = (living.map(\.x), living.map(\.y))
        var (sum, count) = (0.0, 0)
        for y in ys.min()!...ys.max()! {
            for x in xs.min()!...xs.max()! {
                for channel in 0..<4 {
                    var value = Double(state.values[(y * state.width + x) * state.channels + channel])
                    if straight, channel < 3 {
                        let alpha = Double(state.values[(y * state.width + x) * state.channels + 3])
                        value *= min(1, max(0, alpha))
                    }
                    sum += pow(value - Double(target.values[(y * target.width + x) * 4 + channel]), 2)
                    count += 1
                }
            }
        }
        return 10 * log10(1 / (sum / Double(count)))
    }

    @Test(arguments: 0..<6)
    func itIsThatOfTheDefinition(seed: Int) {
        let target = Self.target(seed, columns: (seed % 3)...(5 + seed % 4), rows: (seed % 2)...(3 + seed % 4))
        let state = Self.state(seed + 10, like: target, channels: 4 + seed * 3)
        #expect(abs(BoxPSNR(target).decibels(of: state) - Self.reference(state, target)) < 1e-6)
        let straight = BoxPSNR(target, appearance: Appearance(picture: .straight))
        #expect(abs(straight.decibels(of: state) - Self.reference(state, target, straight: true)) < 1e-6)
    }

    @Test
    func theBoxHoldsTheLivingCellsAndNoMore() throws {
        let psnr = BoxPSNR(Self.target(1, columns: 3...6, rows: 2...2))
        #expect(psnr.columns == 3..<7 && psnr.rows == 2..<3)
        // A faint speck in a corner is no part of the picture.
        var speck = Self.target(1, columns: 3...6, rows: 2...4)
        var values = speck.values
        values[3] = 0.09
        speck = Target(width: speck.width, height: speck.height, values: values)
        #expect(BoxPSNR(speck).columns == 3..<7 && BoxPSNR(speck).rows == 2..<5)
        // Unless there is nothing else.
        let faint = BoxPSNR(Self.target(1, columns: 0...1, rows: 3...3, alpha: 0.05))
        #expect(faint.columns == 0..<2 && faint.rows == 3..<4)
        let nothing = BoxPSNR(Target(width: 3, height: 2, values: [Float](repeating: 0, count: 24)))
        #expect(nothing.columns == 0..<3 && nothing.rows == 0..<2)
    }

    @Test
    func whatLiesOutsideOfTheBoxDoesNotCount() {
        let target = Self.target(2)
        var state = Self.state(3, like: target)
        let before = BoxPSNR(target).decibels(of: state)
        for y in 0..<target.height {
            for x in 0..<target.width where !(2...5).contains(x) || !(1...4).contains(y) { state.erase(x: x, y: y) }
        }
        #expect(BoxPSNR(target).decibels(of: state) == before)
        state.erase(x: 2, y: 1)
        #expect(BoxPSNR(target).decibels(of: state) != before)
    }

    @Test(arguments: [(0.1, 20), (0.01, 40), (1, 0), (10, -20)] as [(Float, Double)])
    func aMeanErrorHasItsDecibels(error: Float, decibels: Double) {
        let target = Self.target(4)
        var state = CellGrid(height: target.height, width: target.width, channels: 4)
        state.values = target.values.map { $0 + error }
        #expect(abs(BoxPSNR(target).decibels(of: state) - decibels) < 1e-4)
    }

    @Test
    func equalStatesHaveTheLargestNumberAndInfiniteOnesTheLeast() {
        let target = Self.target(5)
        var state = CellGrid(height: target.height, width: target.width, channels: 4)
        state.values = target.values
        #expect(BoxPSNR(target).decibels(of: state) == 120 && BoxPSNR(target).meanSquare(of: state) == 0)
        for wrong in [Float.infinity, .nan] {
            state.values[(1 * 9 + 2) * 4] = wrong
            #expect(BoxPSNR(target).decibels(of: state) == -.infinity)
        }
        state.values[(1 * 9 + 2) * 4] = 3e38
        #expect(BoxPSNR(target).decibels(of: state).isFinite)
    }

    @Test
    func ofPicturesWithoutAlphaTheirOwnChannelsCount() {
        let target = Self.target(6, columns: 0...8, rows: 0...6)
        var opaque = CellGrid(height: 7, width: 9, channels: 5)
        var single = opaque
        for cell in 0..<63 {
            let colours = target.values[(cell * 4)..<(cell * 4 + 3)]
            for (channel, colour) in colours.enumerated() { opaque.values[cell * 5 + 1 + channel] = colour - 0.5 + 0.1 }
            let (red, green, blue) = (target.values[cell * 4], target.values[cell * 4 + 1], target.values[cell * 4 + 2])
            single.values[cell * 5 + 2] = 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.01
        }
        let opaquely = BoxPSNR(target, appearance: Appearance(picture: .opaque, first: 1))
        #expect(abs(opaquely.decibels(of: opaque) - 20) < 1e-3)
        let singly = BoxPSNR(target, appearance: Appearance(picture: .channel, first: 2))
        #expect(abs(singly.decibels(of: single) - 40) < 1e-3)
    }
}
