import GNCABasics
import GNCATraining

/// Tells on standard error how far a training is.
struct TrainingProgress {
    private let form: ProgressForm
    private var lastReport: ContinuousClock.Instant?
    private var lastIteration = 0
    private var rate = 0.0

    init(_ form: ProgressForm) { self.form = form }

    /// `share`: of the training that is done, 0...1.
    mutating func report(_ trainer: Trainer, elapsed: Double, share: Double) {
        guard form != .silent else { return }
        let now = ContinuousClock.now
        let pause: Duration = form == .live ? .milliseconds(250) : .seconds(5)
        if let lastReport {
            guard now - lastReport >= pause || share >= 1 else { return }
            rate = Double(trainer.iteration - lastIteration) / max((now - lastReport).seconds, 1e-3)
        }
        lastReport = now
        lastIteration = trainer.iteration
        let left = secondsLeft(trainer, elapsed: elapsed, share: share)
        let (loss, psnr) = (trainer.losses.last ?? .nan, trainer.qualities.last ?? .nan)
        let goal = trainer.settings.timeBudget > 0 ? "" : " of \(trainer.settings.iterations)"
        let words =
            "iteration \(trainer.iteration)\(goal), loss \(Self.digits(Double(loss))), \(Self.decibels(Double(psnr))), "
            + "\(Double(Int(rate * 10)) / 10) iterations/s, \(Durations.spelled(seconds: left)) left"
        switch form {
        case .live: form.rewrite(words)
        case .plain: tell(words)
        case .json:
            let members = [
                ("event", JSONText.quoted("progress")), ("iteration", "\(trainer.iteration)"),
                ("loss", JSONText.number(loss)), ("psnr", JSONText.number(psnr)),
                ("elapsed_seconds", JSONText.number(Duration.seconds(elapsed).hundredths)),
                ("remaining_seconds", JSONText.number(Duration.seconds(left).hundredths)),
            ]
            tell(JSONText.object(members))
        case .silent: break
        }
    }

    private func secondsLeft(_ trainer: Trainer, elapsed: Double, share: Double) -> Double {
        let budget = trainer.settings.timeBudget
        if budget > 0 { return max(0, budget - elapsed) }
        // The time of an iteration changes as a pattern grows: the present rate tells more than the past.
        if rate > 0 { return Double(trainer.settings.iterations - trainer.iteration) / rate }
        return elapsed / max(share, 1e-9) * (1 - share)
    }

    /// Removes a line that stands.
    func clear() { form.rewrite() }

    /// "regenerating, 8000 iterations in 1h12m, mean loss of the last 100 0.0012, 41.2 dB at step 200, 41.1 dB at step 2000,
    /// 8 of 8 circles healed"
    static func summary(_ trainer: Trainer, _ score: TrainingScore, elapsed: Double) -> String {
        let last = trainer.losses.suffix(100).filter { !$0.isNaN }
        let loss = last.reduce(0.0) { $0 + Double($1) } / Double(max(1, last.count))
        let settings = trainer.settings
        let isEnded = settings.until > 0 && score.reaches(settings.until)
        let words = [
            settings.learned == settings.regime
                ? settings.regime : "\(settings.learned) only, not \(settings.regime)",
            "\(trainer.iteration) iterations in \(Durations.spelled(seconds: elapsed))"
                + (isEnded ? " to reach \(decibels(settings.until))" : ""),
            "mean loss of the last \(last.count) \(digits(loss))", reached(score),
            score.healed.map { "\($0.count) of \($0.trials) circles healed" },
        ]
        return words.compactMap { $0 }.joined(separator: ", ")
    }

    /// The same as members of a JSON object.
    static func members(_ score: TrainingScore) -> [(name: String, value: String)] {
        score.growth.map { ("psnr_\($0.step)", JSONText.number($0.decibels)) }
            + (score.healed.map { [("healed", "\($0.value)")] } ?? [])
    }

    /// That a training has come to its end without the quality that it was to reach; nil where it has reached it, or none
    /// was named.
    static func shortfall(_ trainer: Trainer, _ score: TrainingScore) -> String? {
        let goal = trainer.settings.until
        guard goal > 0, !score.reaches(goal) else { return nil }
        return "\(decibels(goal)) were not reached and held: \(reached(score)) "
            + "(more --iterations or --time may lead there)"
    }

    /// "41.2 dB at step 200, 41.1 dB at step 2000"
    private static func reached(_ score: TrainingScore) -> String {
        score.growth.map { quality in
            let isThere = quality.decibels.isFinite
            return (isThere ? "\(quality.decibels) dB" : "blown up") + " at step \(quality.step)"
        }.joined(separator: ", ")
    }

    /// "41.2 dB"
    static func decibels(_ number: Double) -> String {
        number.isFinite ? "\((number * 10).rounded() / 10) dB" : "blown up"
    }

    /// What went wrong on the way and was mended, a sentence each.
    static func incidents(_ trainer: Trainer) -> [String] {
        let incidents = trainer.incidents
        var sentences: [String] = []
        if incidents.skipped > 0 {
            sentences.append("skipped iterations (gradient infinite or NaN): \(incidents.skipped)")
        }
        if incidents.returns > 0 {
            sentences.append("returns to the last good weights, with half the learning rate: \(incidents.returns)")
        }
        if incidents.reseeds > 0 {
            sentences.append("the whole pool died and was seeded again: \(incidents.reseeds) times")
        }
        return sentences
    }

    /// Three significant digits; without an exponent where the number is below a million.
    static func digits(_ number: Double) -> String {
        guard number > 0, number < 1e6 else { return "\(Float(number))" }
        var decimals = 2
        var scaled = number
        while scaled < 1 && decimals < 8 {
            scaled *= 10
            decimals += 1
        }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = Int((number * scale).rounded())
        let text = String(whole % Int(scale))
        return "\(whole / Int(scale))." + String(repeating: "0", count: max(0, decimals - text.count)) + text
    }
}
