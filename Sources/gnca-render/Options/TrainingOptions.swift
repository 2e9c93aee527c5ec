import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCATraining

/// Every hyper-parameter. What is not given is as the recipe says.
struct TrainingOptions: ParsableArguments {
    @Option(help: "What the model learns; default regenerating.")
    var regime: Named<RegimeNames>?

    @Option(
        help:
            "Which hyper-parameters are the defaults; default sharp, which is ours, with --time below 5m quick. What follows are sharp's."
    )
    var recipe: Named<RecipeNames>?

    @Option(
        in: 1...10_000_000, help: "Iterations; default 5000, with --recipe quick 7500 unless temporal, distill 8000.")
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
        help: ArgumentHelp(
            "Units of every hidden layer, one number or several; default 256, with other recipes 128.",
            valueName: "n,..."),
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

    @Option(
        parsing: .unconditional,
        help: "States in an iteration; default 3, temporal 4, with --recipe quick 2, distill 8.")
    var batch: Int?

    @Option(
        parsing: .unconditional,
        help: "States in the pool; default 128, temporal 256, with --recipe quick 64, distill 1024.")
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
        help:
            "States of a batch that are damaged; default two of three, temporal three of four, with other recipes half of them."
    )
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
}
