/// Frames a second, exactly: 30, or 30000/1001 as NTSC has them.
public struct FrameRate: Sendable, Hashable {
    /// So many frames come ...
    public let frames: Int
    /// ... in so many seconds; both without a common divisor.
    public let seconds: Int

    /// `frames` in `seconds`; both are at least 1.
    public init(_ frames: Int, in seconds: Int = 1) {
        let (frames, seconds) = (max(1, frames), max(1, seconds))
        let divisor = Self.greatestDivisor(frames, seconds)
        self.frames = frames / divisor
        self.seconds = seconds / divisor
    }

    /// Rates of television that people write rounded: a thousandth slower than these.
    private static let televisionRates = [15, 24, 30, 48, 60, 120]

    /// Reads "30", "12.5", "30000/1001", and television's rates as people round them ("29.97", "23.976"). nil where the
    /// text is no rate, or one of more than 1000 or less than a thousandth.
    public init?(parsing text: String) {
        let parts = text.parts(at: "/")
        if parts.count == 2, let frames = Int(parts[0]), let seconds = Int(parts[1]) {
            guard (1...10_000_000).contains(frames), (1...10_000_000).contains(seconds) else { return nil }
            self.init(frames, in: seconds)
        } else if let whole = Int(text), whole > 0 {
            self.init(whole)
        } else if let number = text.plainNumber, number > 0, number <= 1000 {
            let slowed = Self.televisionRates.first { abs(Double($0) * 1000 / 1001 - number) < 0.005 }
            if let slowed {
                self.init(slowed * 1000, in: 1001)
            } else {
                self.init(Int((number * 1000).rounded()), in: 1000)
            }
        } else {
            return nil
        }
        guard (0.001...1000).contains(perSecond) else { return nil }
    }

    /// Rounded to what a Double holds.
    public var perSecond: Double { Double(frames) / Double(seconds) }

    /// So many times slower.
    public func divided(by number: Int) -> FrameRate { FrameRate(frames, in: seconds * max(1, number)) }

    /// Seconds from the beginning to the frame with the given index.
    public func time(of frame: Int) -> Double { Double(frame) * Double(seconds) / Double(frames) }

    private static func greatestDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestDivisor(b, a % b) }
}

extension FrameRate: ExpressibleByIntegerLiteral {
    /// Whole frames a second.
    public init(integerLiteral value: Int) { self.init(value) }
}

extension FrameRate: CustomStringConvertible {
    /// "30", "29.97", "12.5"; "100/7" where no short number is exact.
    public var description: String {
        if seconds == 1 { return "\(frames)" }
        if seconds == 1001 {
            let thousandths = (frames * 1000 + 500) / 1001
            return Self.decimal(
                thousandths % 10 == 0 || frames % 24_000 == 0 ? thousandths : (thousandths + 5) / 10 * 10)
        }
        return frames * 1000 % seconds == 0 ? Self.decimal(frames * 1000 / seconds) : "\(frames)/\(seconds)"
    }

    private static func decimal(_ thousandths: Int) -> String {
        var digits = String(thousandths % 1000 + 1000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return digits.isEmpty ? "\(thousandths / 1000)" : "\(thousandths / 1000).\(digits)"
    }
}
