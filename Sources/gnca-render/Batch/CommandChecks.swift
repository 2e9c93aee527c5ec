import GNCABasics
import GNCAExport
import GNCARaster
import GNCARender

extension FileUser {
    /// Whether another job makes one of the files that are read.
    fileprivate func waits(_ isMade: (String) -> Bool) throws -> Bool {
        try files().uses.contains { !$0.isWritten && isMade($0.path) }
    }
}

extension RenderCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        guard try waits(isMade) else {
            _ = try Film(self, looksAtOutputs: false)
            return
        }
        // What encoders are told says nothing of the model; the size is one that all of them take.
        let films = try output.films()
        try checkUses(films)
        _ = try output.posterPath()
        let film = FilmDescription(width: 256, height: 256, frameRate: output.frameRate(of: films), frameCount: 1)
        for output in films { try output.format.check(film, output.encoding) }
    }

    mutating func write(_ option: String, _ words: [String]) {
        switch option {
        case "output": output.outputs = words
        case "captions": output.captions = words.last
        default: output.poster = words.last
        }
    }
}

extension FigureCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        for output in outputs { _ = try FigureOutput.format(of: output) }
        try checkOptions(of: kind.entry)
        _ = try look.size()
        for rate in content.fireRate ?? [] where !(0...1).contains(rate) {
            throw CommandError.usage("--fire-rate is out of range (got \(rate), expected 0...1)")
        }
        if !content.targets.contains(where: isMade) { _ = try request() }
        for damage in content.damages {
            if case .image(let mask) = damage.shape, !isMade(mask) { _ = try ScenarioOptions.readImage(mask) }
        }
        let models = models.filter { !isMade($0) }
        if case .logs = kind.entry.subject {
            _ = try TrainingLogFile.read(models)
        } else {
            _ = try reading.load(models, grid: content.grid)
        }
    }

    mutating func write(_ option: String, _ words: [String]) {
        if option == "data" { data = words } else { outputs = words }
    }
}

extension TrainCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        _ = try model()
        if let lossCurve { _ = try FigureOutput.format(of: lossCurve) }
        // What a model that is not there yet brings along may change every setting.
        guard !(from.map(isMade) ?? false) else { return }
        _ = try TrainingRun.settings(self, readsTarget: !(target.map(isMade) ?? false))
    }

    mutating func write(_ option: String, _ words: [String]) {
        switch option {
        case "output": output = words.last
        case "log": log = words.last
        case "loss-curve": lossCurve = words.last
        default: film = words.last
        }
    }
}

extension ConvertCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        let format = try outputFormat()
        if !isMade(input) { _ = try format.write(reading.read(input).checkpoint, file: output) }
    }

    mutating func write(_ option: String, _ words: [String]) { output = words.last ?? output }
}

extension EmbedCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        _ = try checkedSnippet()
        if isPage {
            if !isMade(films[0]) { _ = try page() }
            return
        }
        for film in films where !isMade(film) { _ = try kind(of: film) }
        if let path = posterPath, !isMade(path) { _ = try poster(path) }
    }

    mutating func write(_ option: String, _ words: [String]) {
        output = words.last ?? output
    }
}

extension TargetCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        try checkOutput()
        if !isMade(picture) { _ = try options.target(picture) }
    }

    mutating func write(_ option: String, _ words: [String]) { output = words.last ?? output }
}

extension EvaluateCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        _ = try form()
        _ = try reading.load(models.filter { !isMade($0) })
        if !isMade(target) { _ = try options.target(target) }
    }

    mutating func write(_ option: String, _ words: [String]) { output = words.last }
}

extension PageCommand: JobCommand {
    func checkBeforeWork(isMade: (String) -> Bool) throws {
        try checkUses()
        if let target = look.target, !isMade(target) { _ = try targetOptions.target(target) }
        guard try !waits(isMade) else { return }
        _ = try page(of: reading.load(models, grid: show.start.grid))
    }

    mutating func write(_ option: String, _ words: [String]) { output = words.last ?? output }
}
