import GNCACells
import GNCACheckpoints
import GNCARaster
import GNCARender

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Dependent MODEL OUT.png: the model after 80 steps.
@main
enum Dependent {
    static func main() throws {
        let (model, picture) = (CommandLine.arguments[1], CommandLine.arguments[2])
        let rule = try Checkpoint.load(model).rule
        let request = ScenarioRequest(grid: GridSize(width: 72, height: 72), steps: 80, stepsPerFrame: 80)
        let timeline = try Scenarios.named("grow").timeline(request)
        let compositor = try Compositor(CompositionOptions(), timelines: [timeline], rules: [rule])
        let simulation = try Simulation(rule: rule, timeline: timeline)
        var frame = Frame(width: compositor.width, height: compositor.height)
        while let snapshot = try simulation.next() { try compositor.draw([snapshot], into: &frame) }
        let bytes = try ImageFile.encodePNG(frame)
        guard let file = fopen(picture, "wb"), fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0
        else { exit(74) }
        print("\(picture): \(frame.width)x\(frame.height)")
    }
}
