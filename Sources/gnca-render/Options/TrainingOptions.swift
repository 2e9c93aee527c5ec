import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCATraining

/// Every hyper-parameter. What is not given is as the recipe says.
struct TrainingOptions: ParsableArguments {
    @Option(help: "What the model learns; default regenerating.")
    var regime: Named<RegimeNames>?

    @Option(help: "Which hyper-parameters are the defaults; default sharp, which is ours. What follows are sharp's.")
    var recipe: Named<RecipeNames>?

    @Option(in: 1...10_000_000, help: "Iterations; default 7500, temporal 5000, with --recipe distill 8000.")
    var iterations: Int?

    @Option(
        help: ArgumentHelp(
            """
            End before that where the picture is this good after 200 steps and still at step 2,000: box PSNR, as 40dB \
            (docs/training.md); default none.
            """, valueName: "decibels"),
        transform: OptionText.value("a quality as 40dB, \(OptionText.spelled(TrainingSettings.untilRange)), or none") {
            TrainingSettings.until($0)
        })
    var until: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Share of the training in which every run begins with the seed; default 0, with --time below 3m 1.",
            valueName: "0...1"))
    var growFirst: Double?

    @Option(parsing: .unconditional, help: "Numbers a cell; default 16.")
    var channels: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Units of every hidden layer, one number or several; default 128.", valueName: "n,..."),
        transform: OptionText.value("whole numbers, as 128 or 64,64") { TrainingSettings.counts($0) })
    var hidden: [Int]?

    @Option(
        help: ArgumentHelp(
            "Settings of the rule, named as with --dialect: filters=, activation=, clamp=, picture= and others.",
            valueName: "key=value,..."),
        completion: OptionCompletion.rule, transform: RuleChanges.init)
    var rule: RuleChanges?

    @Option(
        help: ArgumentHelp(
            """
            Draw so many pixels along the side of every cell by a small network that is learned, too, its layers as in \
            4:32:32; --size then counts pixels (docs/training.md#large-pictures); default none.
            """, valueName: "pixels"),
        transform: OptionText.value(
            "pixels along a cell's side, \(OptionText.spelled(PixelDecoder.scales)), and perhaps units of the layers, as 4:32:32"
        ) { PixelDecoder($0) })
    var decoder: PixelDecoder?

    @Flag(help: "Learn the filters of perception, too, one set for every channel.")
    var learnFilters = false

    @Option(parsing: .unconditional, help: "Probability that a cell updates in a step, 0...1; default 0.5.")
    var fireRate: Float?

    @Option(help: "When in a step life is tested; default before+after.")
    var lifeMask: Named<LifeTests>?

    @Option(parsing: .unconditional, help: "Alpha above which a cell is alive; default 0.1.")
    var lifeThreshold: Float?

    @Option(help: "What lies outside the grid; default zero.")
    var edges: Edges?

    @Option(parsing: .unconditional, help: "States in an iteration; default 2, temporal 4, with --recipe distill 8.")
    var batch: Int?

    @Option(parsing: .unconditional, help: "States in the pool; default 64, temporal 256, with --recipe distill 1024.")
    var pool: Int?

    @Option(help: "Which state of a batch becomes the seed; default worst.")
    var reseed: TrainingSettings.Reseed?

    @Option(
        help: ArgumentHelp("Steps of an iteration; default 64-95.", valueName: "a-b"), transform: OptionText.stepRange)
    var steps: ClosedRange<Int>?

    @Option(
        help: ArgumentHelp("Steps of the first iterations; default as --steps.", valueName: "a-b"),
        transform: OptionText.stepRange)
    var warmUpSteps: ClosedRange<Int>?

    @Option(parsing: .unconditional, help: "How many iterations take --warm-up-steps; default 0.")
    var warmUpIterations: Int?

    @Option(
        help: """
            What changes the weights: adam, or muon, whose orthogonal momentum changes the layers' matrices (Adam all \
            else); default muon, with --recipe distill adam.
            """)
    var optimiser: TrainingSettings.Optimiser?

    @Option(parsing: .unconditional, help: "Learning rate; default 0.03, with --recipe distill 0.002.")
    var learningRate: Float?

    @Option(
        help: """
            How the learning rate changes: as half a wave of the cosine, to nothing, or in steps, at each of --decay-at; \
            default cosine, with --recipe distill steps.
            """)
    var schedule: TrainingSettings.Schedule?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            In how many iterations the learning rate rises at the beginning; default a fiftieth of all, with \
            --schedule steps 0.
            """, valueName: "iterations"))
    var rateWarmUp: Int?

    @Option(
        parsing: .unconditional, help: "What the learning rate is multiplied by at each of --decay-at; default 0.1.")
    var decayFactor: Float?

    @Option(
        help: ArgumentHelp(
            "Numbers of iterations after which the learning rate falls; with --recipe distill 5500,7300 of 8000.",
            valueName: "n,..."),
        transform: OptionText.value("whole numbers, as 2000,6000") { TrainingSettings.counts($0) })
    var decayAt: [Int]?

    @Option(parsing: .unconditional, help: "How much of muon's momentum an iteration leaves; default 0.95.")
    var momentum: Float?

    @Option(
        parsing: .unconditional,
        help: "Learning rate of what muon leaves to Adam, biases and learned filters; default 0.002.")
    var adamRate: Float?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean; default 0.9.")
    var beta1: Float?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean square; default 0.999.")
    var beta2: Float?

    @Option(parsing: .unconditional, help: "Adam's epsilon; default 1e-7.")
    var epsilon: Float?

    @Option(
        help: """
            What of a state's error is made small: the mean square, or its log, by which the last decibel of a good state \
            counts as much as the first of a bad one; default log, with --recipe distill mean.
            """)
    var loss: TrainingSettings.LossForm?

    @Option(
        help: ArgumentHelp(
            """
            Box PSNR above which --loss log asks for little more of a state, at the beginning and at the end of the \
            training; default 15-45.
            """, valueName: "a-b"),
        transform: OptionText.value("decibels as 15-45, or one number, \(TrainingSettings.floorRange)") {
            TrainingSettings.lossFloor($0)
        })
    var lossFloor: ClosedRange<Double>?

    @Option(
        help: """
            What the optimiser takes of a gradient: each tensor divided by its norm, all of them clipped to --clip-norm, \
            or the plain one; default normalised.
            """)
    var gradient: TrainingSettings.GradientScaling?

    @Option(parsing: .unconditional, help: "Largest norm of a clipped gradient; default 1.")
    var clipNorm: Float?

    @Option(
        parsing: .unconditional,
        help: "States of a batch that are damaged; default half of them, temporal more.")
    var damaged: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Share of the damaged states that are damaged on and on while they heal, the others once before; default \
            0.5, temporal 0.67, with --recipe distill 0 and 0.67.
            """, valueName: "0...1"))
    var ongoingDamage: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Share of the training, at its end, in which some states of the pool are left in peace and grow old; \
            default 0.5 with --regime regenerating, else and with --recipe distill and article 0.
            """, valueName: "0...1"))
    var settle: Double?

    @Option(
        help: ArgumentHelp("Shapes of damage: \(RandomDamage.names); default circle,half.", valueName: "name,..."),
        completion: OptionCompletion.damageShapes,
        transform: OptionText.value(RandomDamage.names) { RandomDamage.list($0) })
    var damageShapes: [RandomDamage]?

    @Option(
        help: ArgumentHelp(
            "Probability that a cell dies in a step, from the least to the most; default 0.0001-0.01.", valueName: "a-b"
        ),
        transform: OptionText.value("probabilities as 0.0001-0.01, or one, \(TrainingSettings.deathRates)") {
            TrainingSettings.deathRate($0)
        })
    var deathRate: ClosedRange<Double>?

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers; default 0.")
    var randomSeed: UInt32?

    /// The recipe's settings with what `start` (a model to begin with) and then the options change.
    /// `time`: seconds that the training may take in place of a number of iterations, or nil.
    func settings(target: TargetOptions, start: LoadedModel?, time: Double?) throws -> TrainingSettings {
        let (recipe, regime) = (recipe?.entry ?? TrainingSettings.usualRecipe, regime?.entry ?? "regenerating")
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

/// Settings of a rule that the user names: "clamp=rgba:0:1,picture=single".
struct RuleChanges: Sendable {
    private let changes: [(setting: RuleSetting, value: String)]

    init(_ text: String) throws(OptionFault) {
        var changes: [(setting: RuleSetting, value: String)] = []
        var rule = Rule.blank
        for word in text.parts(at: ",") {
            let sides = word.parts(at: "=", most: 2)
            guard sides.count == 2, let setting = RuleSettings.named(sides[0]) else {
                let names = RuleSettings.all.map(\.name).joined(separator: ", ")
                throw OptionFault(text, expected: "KEY=VALUE,... with the keys \(names)")
            }
            guard setting.set(sides[1], &rule) else {
                throw OptionFault(
                    "the rule has a wrong \(setting.name) (got \"\(sides[1])\", expected \(setting.expected))")
            }
            changes.append((setting, sides[1]))
        }
        self.changes = changes
    }

    /// Which settings.
    var names: [String] { changes.map(\.setting.name) }

    func apply(to rule: inout Rule) {
        // Tried when they were read.
        for change in changes { _ = change.setting.set(change.value, &rule) }
    }
}
