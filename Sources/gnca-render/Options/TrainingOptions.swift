import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCATraining

/// Every hyper-parameter. What is not given is as the recipe says.
struct TrainingOptions: ParsableArguments {
    @Option(help: "What the model learns.")
    var regime: Named<RegimeNames> = "regenerating"

    @Option(help: "Whose hyper-parameters are the defaults.")
    var recipe: Named<RecipeNames> = "distill"

    @Option(in: 1...10_000_000, help: "Iterations; default 8000.")
    var iterations: Int?

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

    @Option(parsing: .unconditional, help: "States in an iteration; default 8.")
    var batch: Int?

    @Option(parsing: .unconditional, help: "States in the pool; default 1024.")
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

    @Option(parsing: .unconditional, help: "Learning rate; default 0.002.")
    var learningRate: Float?

    @Option(
        parsing: .unconditional, help: "What the learning rate is multiplied by at each of --decay-at; default 0.1.")
    var decayFactor: Float?

    @Option(
        help: ArgumentHelp(
            "Numbers of iterations after which the learning rate falls; default 5500,7300 of 8000.", valueName: "n,..."),
        transform: OptionText.value("whole numbers, as 2000,6000") { TrainingSettings.counts($0) })
    var decayAt: [Int]?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean; default 0.9.")
    var beta1: Float?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean square; default 0.999.")
    var beta2: Float?

    @Option(parsing: .unconditional, help: "Adam's epsilon; default 1e-7.")
    var epsilon: Float?

    @Option(
        help: """
            What the optimiser takes of a gradient: each tensor divided by its norm, all of them clipped to --clip-norm, \
            or the plain one; default normalised.
            """)
    var gradient: TrainingSettings.GradientScaling?

    @Option(parsing: .unconditional, help: "Largest norm of a clipped gradient; default 1.")
    var clipNorm: Float?

    @Option(parsing: .unconditional, help: "States of a batch that are damaged; default 4, temporal 5.")
    var damaged: Int?

    @Option(
        help: ArgumentHelp("Shapes of damage: \(RandomDamage.names); default circle,half.", valueName: "name,..."),
        completion: OptionCompletion.damageShapes,
        transform: OptionText.value(RandomDamage.names) { RandomDamage.list($0) })
    var damageShapes: [RandomDamage]?

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers.")
    var randomSeed: UInt32 = 0

    /// The recipe's settings with what `start` (a model to begin with) and then the options change.
    func settings(target: TargetOptions, start: LoadedModel?) throws -> TrainingSettings {
        guard var settings = TrainingSettings(recipe: recipe.entry, regime: regime.entry) else {
            throw CommandError.usage("there is no recipe \"\(recipe.entry)\"")
        }
        if let start {
            settings.adopt(start.checkpoint.rule)
            settings.startModel = start.hash
        }
        if let iterations { settings.stretch(iterations: iterations) }
        take(channels, &settings.rule.channels)
        take(hidden, &settings.hidden)
        if learnFilters { settings.learnsFilters = true }
        rule?.apply(to: &settings.rule)
        if let life = lifeMask.flatMap({ Life(moments: $0.entry) }) {
            (settings.rule.life.before, settings.rule.life.after) = (life.before, life.after)
        }
        take(fireRate, &settings.rule.fireRate)
        take(lifeThreshold, &settings.rule.life.threshold)
        take(target.size, &settings.size)
        take(target.padding, &settings.padding)
        take(target.resampling, &settings.resampling)
        take(edges, &settings.rule.edges)
        take(reseed, &settings.reseed)
        take(gradient, &settings.gradient)
        take(growFirst, &settings.growFirst)
        take(batch, &settings.batch)
        take(pool, &settings.pool)
        take(warmUpIterations, &settings.warmUpIterations)
        take(learningRate, &settings.learningRate)
        take(decayFactor, &settings.decayFactor)
        take(beta1, &settings.beta1)
        take(beta2, &settings.beta2)
        take(epsilon, &settings.epsilon)
        take(clipNorm, &settings.clipNorm)
        if let damaged { settings.damaged = damaged } else { settings.damaged = min(settings.damaged, settings.batch) }
        take(damageShapes, &settings.damageShapes)
        take(decayAt, &settings.decayAt)
        take(steps, &settings.steps)
        take(warmUpSteps, &settings.warmUpSteps)
        settings.randomSeed = randomSeed
        return settings
    }

    private func take<Value>(_ given: Value?, _ setting: inout Value) {
        if let given { setting = given }
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

    func apply(to rule: inout Rule) {
        // Tried when they were read.
        for change in changes { _ = change.setting.set(change.value, &rule) }
    }
}
