import ArgumentParser
import GNCACells
import GNCACheckpoints

/// `--dialect`, of every subcommand that reads models of other programs.
struct DialectOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, \
            threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.
            """, valueName: "key=value,...|guess"),
        completion: OptionValues.dialect)
    var dialect: String?

    /// Throws `ModelError.badDialect`.
    func choice() throws(ModelError) -> DialectChoice {
        guard let dialect else { return .family }
        return try DialectChoice(dialect)
    }
}
