import GNCACells
import GNCACheckpoints
import GNCARender

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `PageState MODEL SCENARIO.yaml [--picture]`: the state after a scenario's last step on standard output, float32, `[H][W][C]`,
/// or its picture, by the code that makes films. `Tests/Page/run` compares pages with it.
@main
enum State {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count == 3 || words.last == "--picture" else {
            print("Usage: PageState MODEL SCENARIO.yaml [--picture] > STATE")
            exit(64)
        }
        let rule = try CheckpointFile(path: words[1], options: ReadingOptions()).checkpoint.rule
        let description = try ScenarioFile.read(words[2])
        let seed = description.randomSeed ?? 0
        let request = ScenarioRequest(
            grid: description.grid ?? GridSize(width: 72, height: 72), randomSeed: seed)
        let simulation = try Simulation(rule: rule, timeline: description.timeline(request), randomSeed: seed)
        var last: Snapshot?
        while let snapshot = try simulation.next() { last = snapshot }
        let shown = last.map { words.count == 3 ? $0.grid : rule.picture(of: $0.grid) }
        guard let bytes = shown?.values.withUnsafeBytes({ Array($0) }) else { return }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            guard count > 0 else { exit(74) }
            written += count
        }
    }
}
