import GNCABasics
import GNCACells

/// One "SPEC@STEP": what is erased, and when.
public struct DamageRequest: Sendable, Equatable {
    /// What is erased.
    public var shape: DamageShape
    /// Steps done when it happens.
    public var step: Int
    /// As it was written; messages begin with it.
    public var spec: String

    /// Reads "circle:36,36,12@200". Throws a sentence that begins with the text.
    public init(parsing spec: String) throws(RenderError) {
        guard let (shapeText, stepText) = spec.cut(atLast: "@") else {
            throw .invalid("\(spec): no step (expected SPEC@STEP, for instance circle:36,36,12@200)")
        }
        guard let step = Int(stepText), step >= 0 else {
            throw .invalid("\(spec): \"\(stepText)\" is not a step (expected a whole number, 0 or more)")
        }
        do {
            shape = try DamageShape(parsing: shapeText)
        } catch {
            throw error.at(spec)
        }
        self.step = step
        self.spec = spec
    }
}

extension Length {
    /// Reads "12", "-3.5", "50%".
    public init(parsing text: some StringProtocol) throws(RenderError) {
        let share = text.without(ending: "%")
        guard let value = (share ?? String(text)).plainNumber, abs(value) <= 1e6 else {
            throw .invalid("\"\(text)\" is not a length (expected cells, or a share of the grid such as 50%)")
        }
        self = share == nil ? .cells(value) : .percent(value)
    }

    private var value: Double {
        switch self {
        case .cells(let value), .percent(let value): value
        }
    }

    /// Throws where it is 0 or less.
    func checkPositive(_ what: String) throws(RenderError) {
        guard value > 0 else { throw .invalid("the \(what) must be above 0 (got \(value.shortText))") }
    }
}

extension DamageShape {
    /// The most circles one damage may draw.
    public static let circleLimit = 1000

    /// Reads "circle:36,36,12", "rect:0,0,50%,10", "half:left,top", "random:8", "erase:FILE.png".
    /// Throws a sentence that does not repeat the text.
    public init(parsing text: String) throws(RenderError) {
        guard let (kind, arguments) = text.cut(at: ":") else { throw DamageShape.unknownKind(text) }
        let list = arguments.parts(at: ",")
        switch kind {
        case "circle": self = try .circle(list)
        case "rect": self = try .rectangle(list)
        case "half": self = try .halves(list)
        case "random": self = try .random(arguments)
        case "erase":
            guard !arguments.isEmpty else { throw .invalid("no picture is named (expected erase:FILE.png)") }
            self = .image(file: arguments)
        default: throw DamageShape.unknownKind(kind)
        }
    }

    private static func unknownKind(_ kind: String) -> RenderError {
        .invalid("\"\(kind)\" is no damage (expected circle:, rect:, half:, random: or erase:)")
    }

    private static func circle(_ list: [String]) throws(RenderError) -> DamageShape {
        guard list.count == 3 else { throw .invalid("a circle has 3 lengths (got \(list.count), expected X,Y,R)") }
        let radius = try Length(parsing: list[2])
        try radius.checkPositive("radius")
        return .circle(x: try Length(parsing: list[0]), y: try Length(parsing: list[1]), radius: radius)
    }

    private static func rectangle(_ list: [String]) throws(RenderError) -> DamageShape {
        guard list.count == 4 else { throw .invalid("a rectangle has 4 lengths (got \(list.count), expected X,Y,W,H)") }
        let width = try Length(parsing: list[2])
        let height = try Length(parsing: list[3])
        try width.checkPositive("width")
        try height.checkPositive("height")
        return .rectangle(
            x: try Length(parsing: list[0]), y: try Length(parsing: list[1]), width: width, height: height)
    }

    private static func halves(_ list: [String]) throws(RenderError) -> DamageShape {
        var halves: [Half] = []
        for name in list {
            guard let half = Half(rawValue: name) else {
                throw .invalid("\"\(name)\" is no half (expected left, right, top or bottom)")
            }
            guard !halves.contains(half) else { throw .invalid("\(name) is named twice") }
            halves.append(half)
        }
        return .halves(halves)
    }

    private static func random(_ text: String) throws(RenderError) -> DamageShape {
        guard let count = Int(text), (1...circleLimit).contains(count) else {
            throw .invalid("\"\(text)\" is no number of circles (expected 1...\(circleLimit))")
        }
        return .random(count: count)
    }

    /// As the counter shows it: "circle of radius 12 removed".
    public func eventName(on grid: GridSize) -> String {
        switch self {
        case .circle(_, _, let radius):
            return "circle of radius \(radius.cells(of: min(grid.width, grid.height)).shortText) removed"
        case .rectangle(_, _, let width, let height):
            return "rectangle of \(width.cells(of: grid.width).shortText)x"
                + "\(height.cells(of: grid.height).shortText) removed"
        case .halves(let halves):
            let names = halves.map(\.rawValue)
            guard let last = names.last, names.count > 1 else { return "\(names.first ?? "no") half removed" }
            return names.dropLast().joined(separator: ", ") + " and \(last) halves removed"
        case .random(let count):
            return count == 1 ? "random circle removed" : "\(count) random circles removed"
        case .image(let file):
            return "shape of \(Paths.name(file)) removed"
        }
    }
}

extension DamageShape {
    /// The same where the cells become noise: "circle of radius 12 filled with noise".
    func noiseName(on grid: GridSize) -> String {
        let name = eventName(on: grid)
        return "\(name.without(ending: " removed") ?? name) filled with noise"
    }
}

extension Double {
    /// At most one decimal, none where it is a whole number: "12", "12.5".
    var shortText: String {
        let tenths = (self * 10).rounded() / 10
        guard tenths == tenths.rounded(), let whole = Int(exactly: tenths) else { return "\(tenths)" }
        return "\(whole)"
    }
}
