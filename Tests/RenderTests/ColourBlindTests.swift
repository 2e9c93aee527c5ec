import Foundation
import GNCARaster
import Testing

@testable import GNCARender

/// What the colours of meanings become for readers who lack one kind of cone, after Viénot, Brettel and Mollon (1999) for
/// red and green, and Brettel, Viénot and Mollon (1997) in its linear form for blue.
struct ColourBlindTests {
    enum Vision: CaseIterable, Sendable {
        case whole, withoutRed, withoutGreen, withoutBlue

        /// Of linear light, row by row.
        var matrix: [[Double]] {
            switch self {
            case .whole: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .withoutRed: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]
            case .withoutGreen: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]
            case .withoutBlue: [[1, 0.14461, -0.14461], [0, 0.85924, 0.14076], [0, 0.85924, 0.14076]]
            }
        }
    }

    /// Distance in OKLab: 0.02 is just seen, black and white are 1 apart.
    static func distance(_ one: Color, _ other: Color, _ vision: Vision) -> Double {
        let (a, b) = (lab(one, vision), lab(other, vision))
        return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private static func lab(_ color: Color, _ vision: Vision) -> [Double] {
        let channels: [Double] = [Double(color.red), Double(color.green), Double(color.blue)]
        let light = channels.map { value -> Double in
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let seen = times(vision.matrix, light).map { max(0, $0) }
        return times(Self.fromCones, times(Self.toCones, seen).map { cbrt($0) })
    }

    private static let toCones: [[Double]] = [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    private static let fromCones: [[Double]] = [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]

    private static func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    @Test(arguments: Theme.allCases, Vision.allCases)
    func signalsStayApartFromEachOtherAndFromThePage(theme: Theme, vision: Vision) {
        let palette = theme.palette
        let signals = [palette.life, palette.fire, palette.damage]
        for (index, signal) in signals.enumerated() {
            #expect(Self.distance(signal, palette.page, vision) > 0.2)
            for other in signals[(index + 1)...] { #expect(Self.distance(signal, other, vision) > 0.08) }
        }
        #expect(Self.distance(palette.fire, palette.resting, vision) > 0.08)
    }

    @Test(arguments: Theme.allCases, Vision.allCases)
    func bothArmsOfADivergingMapStayApart(theme: Theme, vision: Vision) {
        let map = theme.palette.diverging
        for value in stride(from: Float(0.25), through: 1, by: 0.25) {
            let (low, high) = (Color(map.pixel(for: -value)), Color(map.pixel(for: value)))
            #expect(Self.distance(low, high, vision) > 0.04, "at \\(value)")
        }
    }
}
