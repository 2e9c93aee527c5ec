import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCATraining

/// Every hyper-parameter. What is not given is as the recipe says.
struct TrainingOptions: ParsableArguments {
    @Option(
        help: "What the model learns: \(OptionValues.regimes.joined(separator: ", ")).",
        completion: .list(OptionValues.regimes))
    var regime = "regenerating"

    @Option(
        help: "Whose hyper-parameters are the defaults: \(TrainingSettings.recipes.joined(separator: " or ")).",
        completion: .list(TrainingSettings.recipes))
    var recipe = "distill"

    @Option(parsing: .unconditional, help: "Iterations; default 8000.")
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
        help: ArgumentHelp("Units of every hidden layer: one number or several; default 128.", valueName: "n,...")
    )
    var hidden: String?

    @Option(
        help: ArgumentHelp(
            "Settings of the rule, as --dialect names them: filters=..., activation=..., clamp=..., picture=....",
            valueName: "key=value,..."))
    var rule: String?

    @Flag(help: "Learn the filters of perception, too, one set a channel.")
    var learnFilters = false

    @Option(parsing: .unconditional, help: "Probability that a cell updates in a step, 0...1; default 0.5.")
    var fireRate: Float?

    @Option(
        help: "When life is tested: before+after, before, after or none; default before+after.",
        completion: .list(Life.allMoments))
    var lifeMask: String?

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

    @Option(name: .customLong("steps"), help: ArgumentHelp("Steps of an iteration; default 64-95.", valueName: "a-b"))
    var steps: String?

    @Option(help: ArgumentHelp("Steps of the first iterations; default as --steps.", valueName: "a-b"))
    var warmUpSteps: String?

    @Option(parsing: .unconditional, help: "How many iterations take --warm-up-steps; default 0.")
    var warmUpIterations: Int?

    @Option(parsing: .unconditional, help: "Learning rate; default 0.002.")
    var learningRate: Float?

    @Option(parsing: .unconditional, help: "The learning rate is multiplied by this ...; default 0.1.")
    var decayFactor: Float?

    @Option(
        help: ArgumentHelp(
            "... after each of these numbers of iterations; default 5500,7300 of 8000.", valueName: "n,...")
    )
    var decayAt: String?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean; default 0.9.")
    var beta1: Float?

    @Option(parsing: .unconditional, help: "Adam's decay of the mean square; default 0.999.")
    var beta2: Float?

    @Option(parsing: .unconditional, help: "Adam's epsilon; default 1e-7.")
    var epsilon: Float?

    @Option(help: "Gradient: normalised (each tensor by its norm), clipped (all by --clip-norm) or plain.")
    var gradient: TrainingSettings.GradientScaling?

    @Option(parsing: .unconditional, help: "Largest norm of a clipped gradient; default 1.")
    var clipNorm: Float?

    @Option(parsing: .unconditional, help: "States of a batch that are damaged; default 4, temporal 5.")
    var damaged: Int?

    @Option(
        help: ArgumentHelp("Shapes of damage: \(RandomDamage.names); default circle,half.", valueName: "name,..."),
        completion: OptionValues.damageShapes)
    var damageShapes: String?

    @Option(parsing: .unconditional, help: "Seed of the random numbers.")
    var randomSeed: UInt32 = 0

    /// The recipe's settings with what `start` (a model to begin with) and then the options change.
    func settings(target: TargetOptions, start: LoadedModel?) throws -> TrainingSettings {
        guard OptionValues.regimes.contains(regime) else {
            throw CommandError.usage(
                "--regime is \"\(regime)\" (expected \(OptionValues.regimes.joined(separator: ", ")))")
        }
        guard var settings = TrainingSettings(recipe: recipe, regime: regime) else {
            throw CommandError.usage(
                "--recipe is \"\(recipe)\" (expected \(TrainingSettings.recipes.joined(separator: " or ")))")
        }
        if let start {
            settings.adopt(start.checkpoint.rule)
            settings.startModel = start.hash
        }
        if let iterations {
            guard (1...10_000_000).contains(iterations) else {
                throw CommandError.usage("--iterations is out of range (got \(iterations), expected 1...10000000)")
            }
            settings.stretch(iterations: iterations)
        }
        take(channels, &settings.rule.channels)
        if learnFilters { settings.learnsFilters = true }
        try takeRule(&settings)
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
        settings.randomSeed = randomSeed
        try takeChoices(&settings)
        return settings
    }

    private func takeRule(_ settings: inout TrainingSettings) throws {
        if let rule, !settings.setRule(rule) {
            throw CommandError.usage(
                "--rule is \"\(rule)\" (expected KEY=VALUE,... with the keys "
                    + "\(RuleSettings.all.map(\.name).joined(separator: ", ")))")
        }
        if let lifeMask, RuleSettings.named("life")?.set(lifeMask, &settings.rule) != true {
            throw CommandError.usage(
                "--life-mask is \"\(lifeMask)\" (expected \(Life.allMoments.joined(separator: ", ")))")
        }
        try take("--hidden", hidden, &settings.hidden, "whole numbers, as 128 or 64,64") { TrainingSettings.counts($0) }
    }

    private func takeChoices(_ settings: inout TrainingSettings) throws {
        try take("--damage-shapes", damageShapes, &settings.damageShapes, RandomDamage.names) { RandomDamage.list($0) }
        try take("--decay-at", decayAt, &settings.decayAt, "whole numbers, as 2000,6000") {
            TrainingSettings.counts($0)
        }
        let expected = "a range of whole numbers, as 64-95"
        try take("--steps", steps, &settings.steps, expected) { TrainingSettings.stepRange($0) }
        try take("--warm-up-steps", warmUpSteps, &settings.warmUpSteps, expected) { TrainingSettings.stepRange($0) }
    }

    private func take<Value>(_ given: Value?, _ setting: inout Value) {
        if let given { setting = given }
    }

    private func take<Value>(
        _ option: String, _ given: String?, _ setting: inout Value, _ expected: String, _ read: (String) -> Value?
    ) throws {
        guard let given else { return }
        guard let value = read(given) else {
            throw CommandError.usage("\(option) is \"\(given)\" (expected \(expected))")
        }
        setting = value
    }
}
