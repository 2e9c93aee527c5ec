import ArgumentParser
import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCARender
import GNCATraining

/// Why a text is no value of an option. What begins with "is" goes on a sentence that the option's name begins.
struct OptionFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    init(_ text: String, expected: String) { self.init("is \"\(text)\" (expected \(expected))") }
}

extension Option {
    /// A number between two limits, which help shows with the default.
    init(
        wrappedValue: Value, name: NameSpecification = .long, in range: ClosedRange<Value>, help: ArgumentHelp
    ) where Value: LosslessStringConvertible & Comparable & Sendable {
        var help = help
        help.abstract += " (\(OptionText.spelled(range)); default: \(wrappedValue))"
        self.init(
            wrappedValue: wrappedValue, name: name, parsing: .unconditional, help: help,
            transform: OptionText.number(in: range))
    }

    /// A number between two limits, which help shows, or none.
    init<Number: LosslessStringConvertible & Comparable & Sendable>(
        name: NameSpecification = .long, in range: ClosedRange<Number>, help: ArgumentHelp
    ) where Value == Number? {
        var help = help
        help.abstract += " (\(OptionText.spelled(range)))"
        self.init(name: name, parsing: .unconditional, help: help, transform: OptionText.number(in: range))
    }
}

/// Reads the texts of options that are more than a word.
enum OptionText {
    static func number<Number: LosslessStringConvertible & Comparable & Sendable>(
        in range: ClosedRange<Number>
    ) -> @Sendable (String) throws -> Number {
        { text in
            guard let number = Number(text) else {
                throw OptionFault(text, expected: "\(numberExpected(inPlaceOf: text)), \(spelled(range))")
            }
            guard range.contains(number) else {
                throw OptionFault("is out of range (got \(text), expected \(spelled(range)))")
            }
            return number
        }
    }

    /// Only where whole numbers are expected is a number refused for what it is.
    static func numberExpected(inPlaceOf text: String) -> String { Double(text) == nil ? "a number" : "a whole number" }

    /// "zero, one or two"
    static func choice(of words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) or \(last)"
    }

    /// "1...64", "0.5...500"
    static func spelled(_ range: ClosedRange<some LosslessStringConvertible>) -> String {
        [range.lowerBound, range.upperBound].map { bound in
            bound.description.without(ending: ".0") ?? bound.description
        }.joined(separator: "...")
    }

    /// What `read` makes of a text; where that is nil, `expected` tells what it reads.
    static func value<Value>(
        _ expected: String, _ read: @escaping @Sendable (String) -> Value?
    ) -> @Sendable (String) throws -> Value {
        { text in
            guard let value = read(text) else { throw OptionFault(text, expected: expected) }
            return value
        }
    }

    /// Values separated by commas.
    static func list<Value>(
        _ expected: String, _ read: @escaping @Sendable (String) -> Value?
    ) -> @Sendable (String) throws -> [Value] {
        { text in
            try text.parts(at: ",").map { part in
                guard let value = read(part) else { throw OptionFault(text, expected: expected) }
                return value
            }
        }
    }

    /// Without the words and the hexadecimal digits that Double reads, too.
    @Sendable static func plainNumber(_ text: String) -> Double? {
        text.plainNumber
    }

    /// "KEY=VALUE"
    static func pair(_ text: String) throws -> (key: String, value: String) {
        guard let (key, value) = text.cut(at: "="), !key.isEmpty else {
            throw OptionFault(text, expected: "KEY=VALUE")
        }
        return (key, value)
    }

    /// "30", "29.97", "30000/1001"
    @Sendable static func frameRate(_ text: String) throws -> FrameRate {
        guard let rate = FrameRate(parsing: text) else {
            guard text.plainNumber == nil else {
                throw OptionFault("is out of range (got \(text), expected 1...240)")
            }
            throw OptionFault(text, expected: "frames a second, 1...240, as 30, 29.97 or 30000/1001")
        }
        guard (1...240).contains(rate.perSecond) else {
            throw OptionFault("is out of range (got \(text), expected 1...240)")
        }
        return rate
    }

    /// "1920x1080"
    static let frameSize = pair("a size in pixels, as 1920x1080", between: "x", in: 16...16_384) {
        FrameShape.size(width: $0, height: $1)
    }

    /// "16:9"
    static let aspect = pair("width to height, as 16:9", between: ":", in: 1...100) {
        FrameShape.aspect(width: $0, height: $1)
    }

    private static func pair(
        _ expected: String, between mark: Unicode.Scalar, in range: ClosedRange<Int>,
        _ make: @escaping @Sendable (Int, Int) -> FrameShape
    ) -> @Sendable (String) throws -> FrameShape {
        { text in
            let numbers = text.parts(at: mark).map { Int($0) }
            guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else {
                throw OptionFault(text, expected: expected)
            }
            for number in [first, second] where !range.contains(number) {
                throw OptionFault("is out of range (got \(text), expected \(spelled(range)) on each side)")
            }
            return make(first, second)
        }
    }

    /// "64-95"
    static let stepRange = value("a range of whole numbers, as 64-95") { TrainingSettings.stepRange($0) }

    /// How often an animation plays; 0 = for ever.
    static let loop = value("1...65535 or forever") { text in
        text == "forever" ? 0 : Int(text).flatMap { (1...65_535).contains($0) ? $0 : nil }
    }

    /// Bytes of "2MB", "500kB", "1.5 MiB" or "80000".
    static let byteCount = value("a size as 2MB or 500kB, from 1kB to 1000GB") { text -> Int? in
        let units = [
            ("KiB", 1024.0), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000),
            ("GB", 1_000_000_000), ("B", 1),
        ]
        let unit = units.first { text.ends(with: $0.0) } ?? ("", 1)
        let number = unit.0.isEmpty ? text : text.without(ending: unit.0) ?? text
        guard let count = plainNumber(number.without(ending: " ") ?? number).map({ $0 * unit.1 }), count >= 1000,
            count <= 1e12
        else { return nil }
        return Int(count)
    }

    /// Seconds of "90", "60s", "10m", "1h30m".
    @Sendable static func duration(_ text: String) throws -> Double {
        guard let seconds = Durations.seconds(text), seconds >= 1, seconds <= TrainingSettings.longestTime else {
            throw OptionFault(text, expected: "at least a second, as 60s, 10m or 1h30m")
        }
        return seconds
    }
}

/// What shells offer behind options that take several words.
enum OptionCompletion {
    /// Overlays separated by commas.
    static let overlays = separatedByCommas { typed in
        Overlays.all.map { $0.name }.filter { !typed.contains($0) }
    }

    /// Shapes separated by commas; one that stands twice is drawn twice as often.
    static let damageShapes = separatedByCommas { _ in RandomDamage.allCases.map(\.rawValue) }

    /// Parts of a dialect separated by commas, each key once.
    static let dialect = separatedByCommas { typed in
        let parts = parts(DialectChoice.keys, typed)
        return typed.isEmpty ? parts + ["guess"] : parts
    }

    /// Settings of a rule separated by commas, each once.
    static let rule = separatedByCommas { typed in parts(RuleSettings.all.map { ($0.name, $0.words) }, typed) }

    /// "KEY=WORD" for every key that is not typed yet; "KEY=" where no words are known.
    private static func parts(_ keys: [(name: String, words: [String])], _ typed: [String]) -> [String] {
        keys.filter { key in !typed.contains { $0.begins(with: key.name + "=") } }
            .flatMap { key in (key.words.isEmpty ? [""] : key.words).map { "\(key.name)=\($0)" } }
    }

    /// `words`: those that may follow the words that stand already.
    private static func separatedByCommas(_ words: @escaping @Sendable ([String]) -> [String]) -> CompletionKind {
        .custom { _, _, prefix in
            let typed = Array(prefix.parts(at: ",").dropLast())
            return words(typed).map { (typed + [$0]).joined(separator: ",") }
        }
    }
}
