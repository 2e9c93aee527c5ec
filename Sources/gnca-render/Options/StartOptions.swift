import ArgumentParser
import GNCABasics
import GNCACells
import GNCARender

/// What a run begins with, in a film and on a page.
struct StartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Size of the grid in cells; default the model's own, else 72x72.", valueName: "WxH"),
        transform: { try GridSize(parsing: $0) })
    var grid: GridSize?

    @Option(
        name: .customLong("start"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Cell where a seed stands, repeatable; default the centre.", valueName: "x,y"),
        transform: { try CellPosition(parsing: $0) })
    var cells: [CellPosition] = []

    @Option(parsing: .unconditional, help: "Probability that a cell updates in a step, 0...1; default the model's own.")
    var fireRate: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How far what cells perceive is turned; default 0, may be negative.", valueName: "degrees"))
    var angle: Double?

    /// Refuses what a run of these models would ignore.
    func check(_ models: [LoadedModel]) throws {
        let others = models.filter { $0.checkpoint.rule.appearance.seed.start != .cell }
        guard !cells.isEmpty, let other = others.first, others.count == models.count else { return }
        throw CommandError.usage(
            "--start belongs to models that begin with a cell (\(other.path) begins with "
                + "\(other.checkpoint.rule.appearance.seed.start.rawValue))")
    }
}
