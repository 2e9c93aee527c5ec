// Overlay MODEL OUT.mp4: the model grows, with an overlay that this package brings.
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCARaster
import GNCARender

let (model, output) = (CommandLine.arguments[1], CommandLine.arguments[2])
let rule = try Checkpoint.load(model).rule
let timeline = try Scenarios.named("grow").timeline(
    ScenarioRequest(grid: GridSize(width: 72, height: 72), stepsPerFrame: 4))
var options = CompositionOptions(scale: 4, overlays: ["alive", "centre", "counter"])
options.knownOverlays.append(CentreOverlay.self)
let compositor = try Compositor(options, timelines: [timeline], rules: [rule])
let simulation = try Simulation(rule: rule, timeline: timeline, recordsTrace: compositor.needsTrace)
var frame = Frame(width: compositor.width, height: compositor.height)
let film = FilmDescription(
    width: frame.width, height: frame.height, frameRate: 30, frameCount: timeline.cues.count)
let sink = try MP4.open(.path(output, overwrite: true), film, EncodingOptions())
while let snapshot = try simulation.next() {
    try compositor.draw([snapshot], into: &frame)
    try sink.append(frame)
}
try sink.finish()
try sink.commit()
