import GNCACells
import GNCATraining

/// What options make of a training's settings.
extension TrainingOptions {
    /// The recipe's settings with what `start` (a model to begin with) and then the options change.
    /// `time`: seconds that the training may take in place of a number of iterations, or nil.
    func settings(target: TargetOptions, start: LoadedModel?, time: Double?) throws -> TrainingSettings {
        let recipe = recipe?.entry ?? TrainingSettings.usualRecipe(seconds: time)
        let regime = regime?.entry ?? "regenerating"
        try checkLength(time: time)
        guard var settings = TrainingSettings(recipe: recipe, regime: regime) else {
            throw CommandError.usage("there is no recipe \"\(recipe)\"")
        }
        if let start {
            settings.adopt(start.checkpoint.rule)
            settings.startModel = start.hash
        }
        settings.setLength(iterations: iterations ?? settings.iterations, seconds: time ?? 0)
        if let optimiser { settings.setOptimiser(optimiser) }
        if let schedule { settings.setSchedule(schedule) }
        settings.until = until ?? 0
        let warmsUp = settings.warmUpIterations > 0
        let usual = (damaged: settings.damaged, batch: settings.batch)
        for change in changes(target: target) { change.apply(&settings) }
        // Where the recipe has no warm-up of its own, its steps are those of the rest.
        if warmUpSteps == nil, !warmsUp { settings.warmUpSteps = settings.steps }
        if damaged == nil { settings.damaged = usual.damaged * settings.batch / usual.batch }
        if target.size == nil { settings.size *= settings.rule.pictureScale }
        try checkUses(settings)
        return settings
    }

    /// What a training with the settings of a state goes on with: these, and the length that options name, in all. `time`:
    /// seconds, or nil. Where the learning rate falls follows the length as in a training of that length from its
    /// beginning, but where an option says it again.
    func settings(goingOnFrom state: TrainingSettings, target: TargetOptions, time: Double?) throws -> TrainingSettings
    {
        try checkLength(time: time)
        try check(against: state, target: target)
        guard iterations != nil || time != nil || until != nil else { return state }
        var settings = state
        if iterations != nil || time != nil {
            settings.setLength(iterations: iterations ?? state.iterations, seconds: time ?? 0)
        }
        if let until { settings.until = until }
        for change in changes(target: target) { change.apply(&settings) }
        return settings
    }

    private func checkLength(time: Double?) throws {
        guard iterations == nil || time == nil else {
            throw CommandError.usage("--time and --iterations both say how long to train (leave one out)")
        }
    }

    /// Throws where an option asks for another setting than that of the state with which a training goes on.
    private func check(against state: TrainingSettings, target: TargetOptions) throws {
        let changes = changes(target: target)
        var asked = state
        for change in changes { change.apply(&asked) }
        // One option may take back what another says, as --fire-rate and --rule fire=.
        guard asked != state else { return }
        for change in changes {
            var asked = state
            change.apply(&asked)
            guard asked == state else {
                throw CommandError.usage(
                    "\(change.flag) is \(change.text(asked)), and the state has \(change.text(state)) (--resume goes on "
                        + "with the settings of the state: leave it out)")
            }
        }
    }

    /// What the options that are given change, but for the length, in the order in which they count.
    private func changes(target: TargetOptions) -> [SettingChange] {
        var changes: [SettingChange] = []
        func take<Value>(_ flag: String, _ given: Value?, _ path: WritableKeyPath<TrainingSettings, Value>) {
            if let given { changes.append(SettingChange(flag) { $0[keyPath: path] = given }) }
        }
        take("--recipe", recipe?.entry, \.recipe)
        take("--regime", regime?.entry, \.regime)
        take("--channels", channels, \.rule.channels)
        take("--hidden", hidden, \.hidden)
        take("--learn-filters", learnFilters ? true : nil, \.learnsFilters)
        changes += ruleChanges
        take("--size", target.size, \.size)
        take("--padding", target.padding, \.padding)
        take("--resampling", target.resampling, \.resampling)
        take("--reseed", reseed, \.reseed)
        take("--gradient", gradient, \.gradient)
        take("--grow-first", growFirst, \.growFirst)
        take("--batch", batch, \.batch)
        take("--pool", pool, \.pool)
        take("--warm-up-iterations", warmUpIterations, \.warmUpIterations)
        take("--optimiser", optimiser, \.optimiser)
        take("--learning-rate", learningRate, \.learningRate)
        take("--schedule", schedule, \.schedule)
        take("--rate-warm-up", rateWarmUp, \.rateWarmUp)
        take("--momentum", momentum, \.momentum)
        take("--adam-rate", adamRate, \.adamRate)
        take("--decay-factor", decayFactor, \.decayFactor)
        take("--beta1", beta1, \.beta1)
        take("--beta2", beta2, \.beta2)
        take("--epsilon", epsilon, \.epsilon)
        take("--clip-norm", clipNorm, \.clipNorm)
        take("--loss", loss, \.loss)
        take("--loss-floor", lossFloor, \.lossFloor)
        take("--damaged", damaged, \.damaged)
        take("--ongoing-damage", ongoingDamage, \.ongoingDamage)
        take("--settle", settle, \.settle)
        take("--damage-shapes", damageShapes, \.damageShapes)
        take("--death-rate", deathRate, \.deathRate)
        take("--decay-at", decayAt, \.decayAt)
        take("--steps", steps, \.steps)
        take("--warm-up-steps", warmUpSteps, \.warmUpSteps)
        take("--random-seed", randomSeed, \.randomSeed)
        return changes
    }

    /// Those that change the rule's settings.
    private var ruleChanges: [SettingChange] {
        var changes: [SettingChange] = []
        func take<Value>(
            _ flag: String, _ setting: String, _ given: Value?, _ apply: @escaping (Value, inout Rule) -> Void
        ) {
            guard let given else { return }
            changes.append(SettingChange(flag, ruleSettings: [setting]) { apply(given, &$0.rule) })
        }
        if let rule {
            changes.append(SettingChange("--rule", ruleSettings: rule.names) { rule.apply(to: &$0.rule) })
        }
        take("--decoder", "decoder", decoder) { $1.decoder = $0 }
        take("--life-mask", "life", lifeMask.flatMap { Life(moments: $0.entry) }) { life, rule in
            (rule.life.before, rule.life.after) = (life.before, life.after)
        }
        take("--fire-rate", "fire", fireRate) { $1.fireRate = $0 }
        take("--life-threshold", "threshold", lifeThreshold) { $1.life.threshold = $0 }
        take("--edges", "padding", edges) { $1.edges = $0 }
        return changes
    }
}

/// What an option that was given changes.
private struct SettingChange {
    let flag: String
    let apply: (inout TrainingSettings) -> Void
    /// The setting as messages show it.
    let text: (TrainingSettings) -> String

    /// An option that is called as its setting is.
    init(_ flag: String, _ apply: @escaping (inout TrainingSettings) -> Void) {
        self.flag = flag
        self.apply = apply
        let name = String(flag.dropFirst(2).map { $0 == "-" ? "_" : $0 })
        text = { $0.texts[name] ?? "" }
    }

    /// An option that changes settings of the rule.
    init(_ flag: String, ruleSettings names: [String], _ apply: @escaping (inout TrainingSettings) -> Void) {
        self.flag = flag
        self.apply = apply
        text = { settings in
            let texts = names.compactMap { name in RuleSettings.named(name).map { (name, $0.text(settings.rule)) } }
            return texts.count == 1 ? texts[0].1 : texts.map { "\($0)=\($1)" }.joined(separator: ",")
        }
    }
}
