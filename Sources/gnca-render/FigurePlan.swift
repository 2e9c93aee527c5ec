import GNCAExport
import GNCARaster
import GNCARender

/// One figure, with every option read and checked.
struct FigurePlan {
    let kind: any Figure.Type
    let metadata: DrawingMetadata
    private let request: FigureRequest
    private let size: FigureSize
    private let fontSize: Double?

    init(_ command: FigureCommand) throws {
        let (content, look) = (command.content, command.look)
        kind = try Figures.named(command.kind)
        try Self.checkOptions(command, kind)
        try Self.checkSubject(command.models, kind)
        size = try Self.size(look)
        fontSize = try Self.fontSize(look)
        var request = FigureRequest(
            theme: look.theme, threads: try ThreadChoice.count(command.threads))
        request.background = try Self.background(look)
        request.step = content.step
        request.steps = try content.steps.map { try Self.list($0, "--steps", "as 0,20,40", Int.init) } ?? []
        request.damage = try content.damages.map { try FigureDamage(parsing: $0) }
        request.angles = try content.angle.map { try Self.list($0, "--angle", "as 0,45,90", Self.number) } ?? []
        request.fireRates = try content.fireRate.map { try Self.list($0, "--fire-rate", "as 0.5,1", Self.number) } ?? []
        request.channels = try content.channels.map { try Self.list($0, "--channels", "as 3,4,5", Int.init) } ?? []
        request.randomSeed = content.randomSeed ?? 0
        request.gap = look.gap
        request.columns = look.columns
        request.captions = look.captions
        request.showsCaptions = !look.noCaptions
        request.readImage = TimelineChoice.readImage
        if let gap = look.gap, !(0...1000).contains(gap) {
            throw CommandError.usage("--gap is out of range (got \(gap), expected 0...1000 cells)")
        }
        if let target = content.target {
            request.target = try TargetChoice.target(
                target, size: command.targetOptions.size ?? 40, padding: command.targetOptions.padding ?? 16,
                resampling: command.targetOptions.resampling ?? .area)
        }
        let names = command.models.map(Self.name).joined(separator: ", ")
        let title = "\(kind.name) of \(names)"
        if case .logs = kind.subject {
            request.logs = try command.models.map(TrainingLogFile.read)
            metadata = Provenance.figure(title: title, models: [], randomSeed: nil)
        } else {
            let models = try LoadedModel.load(command.models)
            request.models = models.map { FigureModel(rule: $0.checkpoint.rule, name: $0.caption, file: $0.path) }
            request.grid = try TimelineChoice.gridSize(content.grid, written: nil, models: models)
            metadata = Provenance.figure(
                title: title, models: models,
                randomSeed: kind.options.contains(.randomSeed) ? request.randomSeed : nil)
        }
        self.request = request
    }

    /// Runs and draws.
    func sheet() throws -> FigureSheet { try FigureSheet(kind.init(request), size: size, fontSize: fontSize) }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    // MARK: options

    /// Refuses what the kind would ignore.
    private static func checkOptions(_ command: FigureCommand, _ kind: any Figure.Type) throws {
        for option in given(command) where !kind.options.contains(option) {
            let taken = kind.options.map(\.flag).joined(separator: ", ")
            throw CommandError.usage(
                "figure \(kind.name) does not use \(option.flag) "
                    + (taken.isEmpty ? "(it has no options of its own)" : "(it takes \(taken))"))
        }
        guard command.look.captions.isEmpty || !command.look.noCaptions else {
            throw CommandError.usage("--caption and --no-captions cannot stand together")
        }
        let options = command.targetOptions
        if command.content.target == nil, options.size != nil || options.padding != nil || options.resampling != nil {
            throw CommandError.usage("--size, --padding and --resampling belong to --target")
        }
    }

    private static func given(_ command: FigureCommand) -> [FigureOption] {
        let (content, look) = (command.content, command.look)
        let given: [(FigureOption, Bool)] = [
            (.step, content.step != nil), (.steps, content.steps != nil), (.grid, content.grid != nil),
            (.damage, !content.damages.isEmpty), (.angle, content.angle != nil),
            (.fireRate, content.fireRate != nil), (.randomSeed, content.randomSeed != nil),
            (.target, content.target != nil), (.channels, content.channels != nil), (.columns, look.columns != nil),
            (.scale, look.scale != nil), (.gap, look.gap != nil), (.caption, !look.captions.isEmpty),
            (.noCaptions, look.noCaptions),
        ]
        return given.filter(\.1).map(\.0)
    }

    private static func checkSubject(_ inputs: [String], _ kind: any Figure.Type) throws {
        let (what, fits) =
            switch kind.subject {
            case .oneModel: ("one model", inputs.count == 1)
            case .models: ("at least one model", inputs.count >= 1)
            case .logs: ("at least one log of a training (.csv or .jsonl)", inputs.count >= 1)
            }
        guard fits else {
            throw CommandError.usage("figure \(kind.name) is made from \(what) (got \(inputs.count))")
        }
    }

    private static func list<Value>(
        _ text: String, _ option: String, _ example: String, _ read: (String) -> Value?
    ) throws -> [Value] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let value = read(String(part)) else {
                throw CommandError.usage("\(option) is \"\(text)\" (expected numbers, \(example))")
            }
            return value
        }
    }

    /// Double reads words and hexadecimal, too.
    private static func number(_ text: String) -> Double? {
        text.allSatisfy { $0.isASCII && ($0.isWholeNumber || "+-.".contains($0)) } ? Double(text) : nil
    }

    private static func size(_ look: FigureLookOptions) throws -> FigureSize {
        guard let width = look.width else {
            if look.dpi != nil { throw CommandError.usage("--dpi belongs to a --width in cm") }
            return try look.scale.map { .scale(try scale($0)) } ?? .natural
        }
        guard look.scale == nil else { throw CommandError.usage("--width and --scale cannot stand together") }
        if width.hasSuffix("px"), let pixels = Int(width.dropLast(2)) {
            if look.dpi != nil { throw CommandError.usage("--dpi belongs to a --width in cm") }
            guard (1...FigureSheet.longestSide).contains(pixels) else {
                throw CommandError.usage(
                    "--width is out of range (got \(pixels)px, expected 1px...\(FigureSheet.longestSide)px)")
            }
            return .pixels(pixels)
        }
        guard width.hasSuffix("cm"), let centimetres = number(String(width.dropLast(2))) else {
            throw CommandError.usage("--width is \"\(width)\" (expected a length as 8.5cm or 900px)")
        }
        guard centimetres >= 0.5, centimetres <= 500 else {
            throw CommandError.usage("--width is out of range (got \(centimetres)cm, expected 0.5cm...500cm)")
        }
        let dpi = look.dpi ?? 300
        guard dpi >= 10, dpi <= 4800 else {
            throw CommandError.usage("--dpi is out of range (got \(dpi), expected 10...4800)")
        }
        return .centimetres(centimetres, dotsPerInch: dpi)
    }

    private static func scale(_ scale: Int) throws -> Int {
        guard (1...256).contains(scale) else {
            throw CommandError.usage("--scale is out of range (got \(scale), expected 1...256)")
        }
        return scale
    }

    private static func fontSize(_ look: FigureLookOptions) throws -> Double? {
        guard let size = look.fontSize else { return nil }
        guard size >= 1, size <= 400 else {
            throw CommandError.usage("--font-size is out of range (got \(size), expected 1...400)")
        }
        return size
    }

    private static func background(_ look: FigureLookOptions) throws -> Background? {
        guard let name = look.background else { return nil }
        guard let background = Background(parsing: name), background != .checker else {
            throw CommandError.usage("--background is \"\(name)\" (expected white, black, transparent or #RRGGBB)")
        }
        return background
    }
}
