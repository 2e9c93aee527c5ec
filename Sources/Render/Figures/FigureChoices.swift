import GNCACells
import GNCARaster

/// What the kinds have in common: the user's choice, or the kind's own.
extension FigureRequest {
    /// The colours of the theme.
    public var palette: ThemeColors { theme.palette }

    /// What is behind cells: the user's, or the theme's page.
    public var ground: Background {
        if let background { return background }
        let page = palette.page.packed.pixel
        return .colour(red: page.red, green: page.green, blue: page.blue)
    }

    /// One cell a pixel, or as many pixels as its decoder draws, as the figure's ground has it.
    public func picture(of snapshot: Snapshot) -> Mosaic {
        var mosaic = Mosaic(width: snapshot.pictureSize.width, height: snapshot.pictureSize.height)
        CellPicture(background: ground, scale: 1).paint(snapshot, into: &mosaic)
        return mosaic
    }

    /// One number a cell in diverging colours, held to -limit...limit.
    public func map(_ values: some Collection<Float>, limit: Float, width: Int, height: Int) -> Mosaic {
        var mosaic = Mosaic(width: width, height: height)
        for (cell, value) in values.enumerated() { mosaic.pixels[cell] = palette.diverging.pixel(for: value / limit) }
        return mosaic
    }

    /// Steps in the user's order, or the kind's own. Throws where one is out of range.
    public func steps(default steps: [Int]) throws(RenderError) -> [Int] {
        let steps = self.steps.isEmpty ? steps : self.steps
        for step in steps { try check(step, .steps) }
        return steps
    }

    /// How many steps, where the kind takes one number of them.
    public func length(default length: Int) throws(RenderError) -> Int {
        try single(steps(default: [length]), .steps) ?? length
    }

    /// The step, or the kind's own. Throws where it is out of range.
    public func step(default step: Int) throws(RenderError) -> Int {
        let step = self.step ?? step
        try check(step, .step)
        return step
    }

    private func check(_ step: Int, _ option: FigureOption) throws(RenderError) {
        guard (0...TimelineLimits.steps).contains(step) else {
            throw .option(option, "is out of range (got \(step), expected 0...\(TimelineLimits.steps))")
        }
    }

    /// The user's channels, or the kind's own. Throws where the model has no such channel.
    public func channels(default channels: [Int], of model: FigureModel) throws(RenderError) -> [Int] {
        let channels = self.channels.isEmpty ? channels : self.channels
        for channel in channels where !(0..<model.rule.channels).contains(channel) {
            throw .invalid(
                "channel \(channel) does not exist (the model has channels 0...\(model.rule.channels - 1))")
        }
        return channels
    }

    /// `values` where the kind takes at most one of them.
    public func single<Value>(_ values: [Value], _ option: FigureOption) throws(RenderError) -> Value? {
        guard values.count <= 1 else { throw .option(option, "has one value here (got \(values.count))") }
        return values.first
    }

    /// The user's captions, or the kind's own; one for each of `defaults`. `noun`: what each of them names.
    public func captions(_ noun: String, _ defaults: [String]) throws(RenderError) -> [String] {
        guard showsCaptions else { return [] }
        guard !captions.isEmpty else { return defaults }
        guard captions.count == defaults.count else {
            throw .option(.caption, "stands once a \(noun) (got \(captions.count), expected \(defaults.count))")
        }
        return captions
    }

    /// Throws where even one pixel a cell is more than a page holds: nothing has to run to know that.
    public func checkRoom(columns: Int, rows: Int) throws(RenderError) {
        let (width, height) = (columns * grid.width, rows * grid.height)
        guard max(width, height) <= FigureSheet.longestSide else {
            throw .invalid(
                "the figure is too large (got at least \(width)x\(height) pixels, limit \(FigureSheet.longestSide))")
        }
    }

    /// Columns for `count` panels: the user's, or at most `most`. Throws where they have no room on a page.
    public func columns(_ count: Int, most: Int) throws(RenderError) -> Int {
        let columns = self.columns ?? min(count, most)
        guard (1...count).contains(columns) else {
            throw .option(.columns, "is out of range (got \(columns), expected 1...\(count))")
        }
        try checkRoom(columns: columns, rows: (count + columns - 1) / columns)
        return columns
    }
}
