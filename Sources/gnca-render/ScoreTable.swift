import GNCABasics
import GNCACells
import GNCATraining

/// The scores of models, as people and programs read them.
struct ScoreTable {
    /// A model's file, as the command line names it, and its scores.
    let models: [(name: String, scores: Evaluation)]
    let trials: Int

    /// In which form they leave.
    enum Form: String, CaseIterable { case csv, json }

    /// What `evaluate` writes and, without a form, prints: lines without a break at their end.
    func text(_ form: Form?) -> String {
        switch form {
        case nil: table
        case .csv: csv
        case .json: json
        }
    }

    /// One line of a model's scores: unharmed patterns after some steps, or damaged ones at the end.
    private struct Line {
        let model: String
        /// "growth", or the damage.
        let what: String
        let step: Int
        let scores: Evaluation.Scores
        /// nil where nothing was damaged.
        var recovery: Evaluation.Recovery?

        var label: String { recovery == nil ? "step \(step)" : what }
        var levels: [(level: Double, share: Share)] {
            Evaluation.levels.map { ($0, scores.share(atLeast: $0)) }
        }
    }

    /// Of each model, first those of growth, and then each kind of damage.
    private var lines: [[Line]] {
        models.map { model in
            model.scores.growth.map { Line(model: model.name, what: "growth", step: $0.step, scores: $0.scores) }
                + model.scores.recoveries.map {
                    Line(model: model.name, what: $0.damage, step: $0.step, scores: $0.scores, recovery: $0)
                }
        }
    }

    // MARK: people

    /// Models stand below each other in every line, so that they can be compared.
    private var table: String {
        let lines = lines
        let names = models.count > 1
        var rows = [[""] + (names ? [""] : []) + ["loss", "PSNR", "worst"]]
        rows[0] += Evaluation.levels.map { "\(Int($0)) dB" } + ["recovered", "loss < \(Evaluation.survival)"]
        for place in lines[0].indices {
            for (model, line) in lines.map({ $0[place] }).enumerated() {
                var shares: [Share?] = line.levels.map(\.share)
                shares += [line.recovery?.recovered, line.recovery?.survived]
                var row = [model == 0 ? line.label : ""] + (names ? [line.model] : [])
                row += [Self.loss(line.scores.meanLoss), Self.decibels(line.scores.median)]
                row += [Self.decibels(line.scores.worst)] + shares.map { $0.map(Self.percent) ?? "" }
                rows.append(row)
            }
        }
        return Columns.text(rows, numbersFrom: names ? 2 : 1) + "\n\n" + (endurances + [legend]).joined(separator: "\n")
    }

    /// "0.00056 deaths a cell and step (0.00046-0.00068): ..."
    private var endurances: [String] {
        models.compactMap { model in
            guard let endurance = model.scores.endurance else { return nil }
            func text(_ rate: Double) -> String { TrainingProgress.digits(rate) }
            return (models.count > 1 ? "\(model.name): " : "")
                + "Half of the runs keep \(Int(Endurance.level)) dB for \(Endurance.steps) steps while cells die with a "
                + "probability of \(text(endurance.rate)) a step (\(text(endurance.interval.lowerBound))-"
                + "\(text(endurance.interval.upperBound)))."
        }
    }

    private var legend: String {
        let levels = Evaluation.levels.map { "\(Int($0))" }
        return """
            PSNR in the picture's box, dB: the median and the worst of \(trials) run\(trials == 1 ? "" : "s"), and how many \
            reach \(levels.joined(separator: " and ")) dB.
            Recovered: not more than \(Int(RecoveryLevel.tolerance)) dB below unharmed runs, and \(levels[0]) dB at least. Shares \
            with their 95 % intervals.
            """
    }

    private static func loss(_ loss: Double) -> String { loss.isFinite ? TrainingProgress.digits(loss) : "blew up" }

    private static func decibels(_ number: Double) -> String {
        number.isFinite ? "\((number * 10).rounded() / 10)" : "blew up"
    }

    /// "97 % (92-99)"; of more than 100 runs, "97.2 % (96.1-98.3)".
    private static func percent(_ share: Share) -> String {
        func text(_ part: Double) -> String {
            share.trials > 100 ? "\((1000 * part).rounded() / 10)" : "\(Int((100 * part).rounded()))"
        }
        let interval = share.interval
        return "\(text(share.value)) % (\(text(interval.lowerBound))-\(text(interval.upperBound)))"
    }

    // MARK: programs

    /// Every number of a line by name, those of damage last; nil for one that is infinite.
    private static func numbers(_ line: Line) -> [(name: String, value: Double?)] {
        let scores = line.scores
        var numbers: [(name: String, value: Double)] = [
            ("loss", scores.meanLoss), ("psnr", hundredths(scores.median)), ("psnr_worst", hundredths(scores.worst)),
        ]
        var shares = line.levels.map { (name: "at_\(Int($0.level))_db", share: $0.share) }
        if let recovery = line.recovery {
            shares += [("recovered", recovery.recovered), ("survived", recovery.survived)]
        }
        for (name, share) in shares {
            let interval = share.interval
            numbers.append((name, share.value))
            numbers += [(name + "_low", interval.lowerBound), (name + "_high", interval.upperBound)]
        }
        return numbers.map { ($0.name, $0.value.isFinite ? $0.value : nil) }
    }

    /// What damage that never stops came to, by name; nothing where nobody asked.
    private static func deathRates(_ scores: Evaluation) -> [(name: String, value: Double)] {
        guard let endurance = scores.endurance else { return [] }
        return [
            ("death_rate", endurance.rate), ("death_rate_low", endurance.interval.lowerBound),
            ("death_rate_high", endurance.interval.upperBound),
        ]
    }

    private static func hundredths(_ number: Double) -> Double { (number * 100).rounded() / 100 }

    /// A line of names, and a line a line of scores. What belongs to damage is empty where there was none.
    private var csv: String {
        let lines = lines.joined()
        let names = ["model", "after", "step", "trials"] + (lines.last.map(Self.numbers) ?? []).map(\.name)
        let rows = lines.map { line in
            let words = [CSVText.field(line.model), CSVText.field(line.what), "\(line.step)", "\(trials)"]
            let fields = words + Self.numbers(line).map { $0.value.map { "\($0)" } ?? "" }
            return fields + [String](repeating: "", count: names.count - fields.count)
        }
        let rates = models.compactMap { model in model.scores.endurance.map { _ in model } }.map { model in
            let empty = [String](repeating: "", count: names.count - 3)
            let found = Self.deathRates(model.scores).map { "\($0.value)" }
            return [CSVText.field(model.name), "deaths", "\(Endurance.steps)"] + empty + found
        }
        let more = rates.isEmpty ? [] : Self.deathRates(models[0].scores).map(\.name)
        let blank = more.map { _ in "" }
        return ([names + more] + rows.map { $0 + blank } + rates).map { $0.joined(separator: ",") }.joined(
            separator: "\n")
    }

    private var json: String {
        func object(_ line: Line, _ first: (name: String, value: String)) -> String {
            JSONText.object([first] + Self.numbers(line).map { ($0.name, $0.value.map { "\($0)" } ?? "null") })
        }
        let objects = zip(lines, models.map(\.scores)).map { lines, scores in
            let growth = lines.filter { $0.recovery == nil }.map { object($0, ("step", "\($0.step)")) }
            let recoveries = lines.filter { $0.recovery != nil }.map {
                object($0, ("damage", JSONText.quoted($0.what)))
            }
            var members = [
                (name: "model", value: JSONText.quoted(lines[0].model)), ("trials", "\(trials)"),
                ("losses", JSONText.list(growth)), ("recoveries", JSONText.list(recoveries)),
            ]
            members += Self.deathRates(scores).map { ($0.name, "\($0.value)") }
            return JSONText.object(members)
        }
        return JSONText.object(["models": JSONText.list(objects)])
    }
}
