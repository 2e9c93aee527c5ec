/// What is given up to make a film smaller, and how much of it.
struct Sacrifice: Equatable {
    /// The codec's own quality; nil = its default.
    var quality: Int?
    /// Colours of the palette; nil = as many as there are.
    var colours: Int?
    /// Pixels of the drawn picture to one that is kept, along a side.
    var shrink = 1
    /// Drawn frames to one that is kept.
    var step = 1

    /// In words: "at quality 30, with 64 colours, at half the size (288x288)".
    func sentence(_ film: FilmDescription) -> String {
        var words: [String] = []
        if let quality { words.append("at quality \(quality)") }
        if let colours { words.append("with \(colours) colours") }
        if shrink > 1 { words.append("scaled down to \(film.width)x\(film.height)") }
        if step > 1 { words.append("with one of \(step) frames") }
        return words.isEmpty ? "as it is" : words.joined(separator: ", ")
    }
}

/// What may be given up, step by step.
struct SacrificePlan {
    /// From the best to the smallest; of each stage, the first is tried that fits.
    let stages: [[Sacrifice]]

    /// `bearable`: qualities or colours, from the best to the worst that is pleasant to see; `worst`: on to the worst that
    /// there is. `shortestSide`: pixels that the encoder needs.
    init(_ film: FilmDescription, shortestSide: Int, bearable: [Sacrifice], worst: [Sacrifice]) {
        let divisors = (2...8).filter { film.cellSize % $0 == 0 }
        let least = max(shortestSide, 32)
        // Cells stay squares of one colour where their side is divided without remainder.
        let shrinks =
            [1] + (divisors.isEmpty ? [2, 4] : divisors).filter { min(film.width, film.height) / $0 >= least }
        let smallest = shrinks.last ?? 1
        var stages = shrinks.prefix(2).map { shrink in bearable.map { $0.with(shrink: shrink, step: 1) } }
        for (shrink, step) in [(shrinks.prefix(2).last ?? 1, 2), (smallest, 2)] where film.frameCount >= 2 * step {
            stages.append(bearable.map { $0.with(shrink: shrink, step: step) })
        }
        for step in [1, 2, 3, 4, 6] where film.frameCount >= 2 * step {
            stages.append(worst.map { $0.with(shrink: smallest, step: step) })
        }
        self.stages = stages
    }
}

extension Sacrifice {
    fileprivate func with(shrink: Int, step: Int) -> Sacrifice {
        var changed = self
        (changed.shrink, changed.step) = (shrink, step)
        return changed
    }
}

extension SacrificePlan {
    /// Whether anything can be given up for size.
    static func exists(for codec: Codec) -> Bool {
        codec.defaultQuality != nil || [Codec.webp.name, Codec.gif.name].contains(codec.name)
    }

    /// What pictures with a palette can give up.
    init(ofColours film: FilmDescription) {
        let bearable = [nil, 255, 192, 128, 96, 64, 48, 32].map { Sacrifice(colours: $0) }
        let worst = bearable + [24, 16, 8, 4].map { Sacrifice(colours: $0) }
        self.init(film, shortestSide: 1, bearable: bearable, worst: worst)
    }

    /// What a codec can give up, beginning at the quality that is asked for; nil for one that can give up nothing.
    init?(_ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions) {
        guard Self.exists(for: codec) else { return nil }
        let bearable: [Sacrifice]
        let worst: [Sacrifice]
        switch codec.name {
        case Codec.gif.name:
            self.init(ofColours: film)
            return
        case Codec.webp.name:
            let best = options.quality ?? 95
            let lossless = options.quality == nil ? [Sacrifice()] : []
            bearable = lossless + stride(from: best, through: min(best, 50), by: -5).map { Sacrifice(quality: $0) }
            worst = lossless + stride(from: best, through: 0, by: -5).map { Sacrifice(quality: $0) }
        default:
            let best = options.quality ?? codec.defaultQuality ?? 0
            let end = codec.qualityRange.upperBound
            bearable = (best...max(best, best + (end - best) / 2)).map { Sacrifice(quality: $0) }
            worst = (best...max(best, end)).map { Sacrifice(quality: $0) }
        }
        self.init(film, shortestSide: codec.shortestSide, bearable: bearable, worst: worst)
    }
}
