#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How near a state comes to its target where the picture is: the peak signal-to-noise ratio over the target's own box.
///
/// PSNR = -10 log10(MSE) dB. MSE is the mean of (state - target)^2 over the cells of the box and over red, green and blue,
/// premultiplied, and alpha; the numbers are taken as they are, and the peak is 1. 20 dB is a mean error of 0.1, 40 dB one
/// of 0.01. The box is the least rectangle that holds every living cell of the target: one whose alpha is above 0.1.
///
/// The loss is a mean over the grid, most of which is empty as a rule; what is broken in a small picture hardly moves it.
public struct BoxPSNR: Sendable {
    /// Where the box lies on the grid.
    public let columns: Range<Int>
    /// Where the box lies on the grid.
    public let rows: Range<Int>
    /// Cells of the grid in a row.
    private let width: Int
    private let appearance: Appearance
    /// What is compared, `[H * W][count]`, and how many numbers a cell has.
    private let target: [Float]
    private let count: Int

    /// The largest PSNR: a state that equals its target to the last bit has a number, too, dB.
    public static let most = 120.0
    /// Alpha above which a cell of the target lives, as in the Distill article, whatever the rule that is compared.
    private static let living: Float = 0.1

    /// `appearance`: how states are read. Of pictures without alpha, the channels that there are count.
    public init(_ target: Target, appearance: Appearance = Appearance()) {
        self.appearance = appearance
        width = target.width
        // Straight colours say nothing where alpha is 0: they are multiplied first, as they are seen.
        self.target = appearance.picture == .straight ? target.values : target.values(for: appearance)
        count = appearance.channels.count
        (columns, rows) = Self.box(of: target)
    }

    /// Of a picture so faint that nothing lives: all that is not empty, else the grid.
    private static func box(of target: Target) -> (columns: Range<Int>, rows: Range<Int>) {
        let grid = GridSize(width: target.width, height: target.height)
        for threshold in [living, 0] {
            if let box = grid.bounds(where: { target.values[$0 * 4 + 3] > threshold }) { return box }
        }
        return (0..<target.width, 0..<target.height)
    }

    /// The PSNR of a state of the target's size, dB.
    public func decibels(of state: CellGrid) -> Double { Self.decibels(meanSquare: meanSquare(of: state)) }

    /// The same of a state of `rule`, whose picture has the target's size.
    public func decibels(of state: CellGrid, rule: Rule) -> Double { decibels(of: rule.picture(of: state)) }

    /// What a mean squared error is in dB; minus infinity for one that is no number.
    public static func decibels(meanSquare: Double) -> Double {
        guard meanSquare.isFinite else { return -.infinity }
        return min(most, -10 * log10(meanSquare))
    }

    /// The mean squared error that so many dB are.
    public static func meanSquare(decibels: Double) -> Double { pow(10, -decibels / 10) }

    /// Cells of the box.
    public var cells: Int { rows.count * columns.count }

    /// The mean squared error over the box.
    public func meanSquare(of state: CellGrid) -> Double {
        var sum = 0.0
        for y in rows {
            for x in columns { sum += meanSquare(of: state, cell: y * width + x) }
        }
        return sum / Double(cells)
    }

    /// The mean squared error of one cell (index, row by row), which may lie outside of the box.
    public func meanSquare(of state: CellGrid, cell: Int) -> Double {
        let start = cell * state.channels
        var factor: Float = 1
        if appearance.picture == .straight { factor = min(max(state.values[start + appearance.alpha], 0), 1) }
        let first = start + appearance.first
        var sum = 0.0
        for index in 0..<count {
            let isAlpha = index == 3
            let value = isAlpha ? state.values[start + appearance.alpha] : state.values[first + index] * factor
            let difference = Double(value) - Double(target[cell * count + index])
            sum += difference * difference
        }
        return sum / Double(count)
    }
}
