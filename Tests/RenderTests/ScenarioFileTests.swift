import Foundation
import GNCABasics
import GNCACells
import GNCARender
import GNCATestSupport
import Testing

@Suite struct ScenarioFileTests {
    private func parse(_ text: String) throws(YAMLFileError) -> TimelineDescription {
        try ScenarioFile.parse(text, file: "film.yaml")
    }

    /// What is said of a text that is refused.
    private func refusal(_ text: String) -> String? {
        do {
            _ = try parse(text)
            return nil
        } catch { return error.description }
    }

    // MARK: what is read

    @Test func everyKeyIsRead() throws {
        let description = try parse(
            """
            grid: 64x96
            steps: 400
            random-seed: 4294967295
            seeds: [{x: 1, y: 2}, {x: 3, y: 4}]
            angle: -22.5
            fire-rate: 0.25
            padding: torus
            time-lapse:
              - {from: 0, steps-per-frame: 1}
              - {from: 100, steps-per-frame: 4}
            hold: {seconds: 1.5}
            columns: 2
            column-captions: [slow, fast]
            stagger: 20
            own-randomness: true
            """)
        #expect(
            description
                == TimelineDescription(
                    grid: GridSize(width: 64, height: 96), steps: 400,
                    randomSeed: 4_294_967_295, starts: [CellPosition(x: 1, y: 2), CellPosition(x: 3, y: 4)],
                    angleDegrees: -22.5, fireRate: 0.25,
                    edges: .torus,
                    timeLapse: [TimeLapse(from: 0, stepsPerFrame: 1), TimeLapse(from: 100, stepsPerFrame: 4)],
                    hold: .seconds(1.5), columns: 2, columnCaptions: ["slow", "fast"], stagger: 20,
                    ownRandomness: true))
    }

    @Test func everythingButStepsHasADefault() throws {
        #expect(try parse("steps: 5") == TimelineDescription(steps: 5))
        #expect(
            try parse("steps: 5\nsteps-per-frame: 2\nseeds: centre").timeLapse
                == [TimeLapse(from: 0, stepsPerFrame: 2)])
    }

    @Test(arguments: [
        ("plant: centre", TimelineEntry.Action.plant([])),
        (
            "noise: \"circle:1,2,3\"",
            TimelineEntry.Action.noise(.circle(x: .cells(1), y: .cells(2), radius: .cells(3)))
        ),
        ("plant: {x: 3, y: 4}", .plant([CellPosition(x: 3, y: 4)])),
        ("plant: [{x: 3, y: 4}]", .plant([CellPosition(x: 3, y: 4)])),
        ("erase: circle:36,36,12", .erase(.circle(x: .cells(36), y: .cells(36), radius: .cells(12)))),
        ("erase: \"half:left,top\"", .erase(.halves([.left, .top]))),
        ("erase: erase:bite.png", .erase(.image(file: "folder/bite.png"))),
        ("mask: bite.png", .erase(.image(file: "folder/bite.png"))),
        ("mask: /bite.png", .erase(.image(file: "/bite.png"))),
        (
            "eraser: {radius: 8%, path: [{after: 0, x: -20, y: 50%}], wave: {amplitude: -8, period: 31.4}}",
            .eraser(
                MovingEraser(
                    radius: .percent(8), path: [.init(after: 0, x: .cells(-20), y: .percent(50))],
                    waveAmplitude: .cells(-8), wavePeriod: 31.4))
        ),
        (
            "eraser: {radius: 8, path: [{after: 0, x: 1, y: 2}], across-film: true}",
            .eraser(
                MovingEraser(
                    radius: .cells(8), path: [.init(after: 0, x: .cells(1), y: .cells(2))], acrossFilm: true))
        ),
        ("clear: true", .clear),
        ("roll: {rows: 0-23, cells: -2}", .roll([RowBand(rows: 0...23, cells: -2)])),
        (
            "roll: [{rows: 5, cells: 1}, {rows: 7-7, cells: 2}]",
            .roll([RowBand(rows: 5...5, cells: 1), RowBand(rows: 7...7, cells: 2)])
        ),
        ("angle: 45", .angle(degrees: 45)),
        ("fire-rate: 1", .fireRate(1)),
        ("padding: zero", .edges(.zero)),
        ("hold: {frames: 20}", .hold(.frames(20))),
        ("hold: {seconds: 0.5}", .hold(.seconds(0.5))),
        ("fade: {frames: 30}", .fade(.frames(30))),
    ])
    func everyActionIsRead(yaml: String, action: TimelineEntry.Action) throws {
        let description = try ScenarioFile.parse("steps: 9\nevents:\n  - at: 4\n    \(yaml)", file: "folder/film.yaml")
        #expect(description.entries == [TimelineEntry(step: 4, action: action, origin: "folder/film.yaml:3")])
    }

    @Test(arguments: [
        ("times: 3", TimelineEntry.Repetition.steps(every: 1, times: 3)),
        ("times: 3, every: 20", .steps(every: 20, times: 3)),
        ("frames: 24", .frames(times: 24)),
        ("name: x", .once),
    ])
    func repetitionsAreRead(yaml: String, repetition: TimelineEntry.Repetition) throws {
        let description = try parse("steps: 99\nevents: [{at: 4, clear: true, \(yaml)}]")
        #expect(description.entries.map(\.repetition) == [repetition])
    }

    @Test func aByteOrderMarkIsNoText() throws {
        #expect(try parse("\u{FEFF}grid: 5x5\nsteps: 5") == parse("grid: 5x5\nsteps: 5"))
    }

    // MARK: what is refused

    @Test(arguments: [
        ("", "film.yaml: is empty"),
        ("# nothing", "film.yaml: is empty"),
        ("- 1", "film.yaml:1: the file must be a mapping (got a list)"),
        ("grid: 5x5", "film.yaml:1: a scenario has no steps"),
        ("steps: 5\nstpes: 6", "film.yaml:2: unknown key \"stpes\" in a scenario (did you mean steps?)"),
        ("steps: 5\n? [a]\n: 6", "film.yaml:2: a key must be a word"),
        ("steps: 5\n&a grid: 5x5", "film.yaml:2: anchors and aliases are not allowed"),
        ("steps: 5\n\nsteps: 6", "film.yaml:3: key \"steps\" is written twice in one mapping"),
        (
            "steps: [5",
            "film.yaml:2: is no YAML: did not find expected ',' or ']' (while parsing a flow sequence from line 1 on)"
        ),
        (
            "steps: 5\n\tgrid: 5x5",
            "film.yaml:2: is no YAML: found a tab character that violates indentation (while scanning a plain scalar "
                + "from line 1 on)"
        ),
        ("steps: 5\ngrid: \u{1}", "film.yaml:2: is no YAML: control characters are not allowed"),
        ("steps: 5\n---\nsteps: 6", "film.yaml:2: another document begins, and a file has one"),
        ("steps: many", "film.yaml:1: steps must be a whole number (got \"many\")"),
        ("steps: \"5\"", "film.yaml:1: steps must be a whole number (got \"5\")"),
        ("steps: 5.5", "film.yaml:1: steps must be a whole number (got \"5.5\")"),
        ("steps:", "film.yaml:1: steps must be a whole number (got nothing)"),
        ("steps: [5]", "film.yaml:1: steps must be a whole number (got a list)"),
        ("steps: 0", "film.yaml:1: steps out of range (got 0, expected 1...10000000)"),
        ("steps: 10000001", "film.yaml:1: steps out of range (got 10000001, expected 1...10000000)"),
        ("steps: 5\ngrid: 0x5", "film.yaml:2: grid: grid out of range (got 0x5, expected 1x1...4096x4096 cells)"),
        ("steps: 5\ngrid: 72", "film.yaml:2: grid: \"72\" is not a grid (expected WxH in cells, for instance 72x72)"),
        ("steps: 5\nangle: .nan", "film.yaml:2: angle must be a number (got \".nan\")"),
        ("steps: 5\nfire-rate: 1.5", "film.yaml:2: fire-rate out of range (got 1.5, expected 0...1)"),
        ("steps: 5\nfire-rate: 50%", "film.yaml:2: fire-rate must be a number (got \"50%\")"),
        ("steps: 5\npadding: wrap", "film.yaml:2: padding must be zero or torus (got \"wrap\")"),
        ("steps: 5\nseeds: []", "film.yaml:2: seeds is empty"),
        ("steps: 5\nseeds: [{x: 1}]", "film.yaml:2: a cell has no y"),
        ("steps: 5\nseeds: [{x: 1, y: -1}]", "film.yaml:2: y out of range (got -1, expected 0...4095)"),
        (
            "steps: 5\nsteps-per-frame: 2\ntime-lapse: []",
            "film.yaml:3: steps-per-frame and time-lapse cannot stand together"
        ),
        (
            "steps: 5\ntime-lapse:\n- {from: 4, steps-per-frame: 1}\n- {from: 4, steps-per-frame: 2}",
            "film.yaml:4: from must increase (got 4 after 4)"
        ),
        ("steps: 5\nhold: 5", "film.yaml:2: hold must be a mapping (got \"5\")"),
        ("steps: 5\nhold: {}", "film.yaml:2: a pause has either frames or seconds"),
        ("steps: 5\nhold: {frames: 1, seconds: 1}", "film.yaml:2: a pause has either frames or seconds"),
        ("steps: 5\nhold: {seconds: -1}", "film.yaml:2: seconds out of range (got -1, expected 0...100000)"),
        ("steps: &a 5", "film.yaml:1: anchors and aliases are not allowed"),
        ("steps: 5\ngrid: &a 5x5\nangle: *a", "film.yaml:2: anchors and aliases are not allowed"),
        ("steps: *a", "film.yaml:1: anchors and aliases are not allowed"),
        ("steps: !!int 5", "film.yaml:1: tags are not allowed (got tag:yaml.org,2002:int)"),
        ("steps: 5\nevents: !mine []", "film.yaml:2: tags are not allowed (got !mine)"),
        (
            "steps: 5\n<<: {grid: 5x5}",
            "film.yaml:2: unknown key \"<<\" in a scenario (there are: grid, steps, random-seed, seeds, "
                + "angle, fire-rate, padding, steps-per-frame, time-lapse, hold, columns, column-captions, stagger, own-randomness, events)"
        ),
        ("steps: 5\nevents: 5", "film.yaml:2: events must be a list (got \"5\")"),
        (
            "steps: 5\ngrid: \"5x5\nangle: 5",
            "film.yaml:3: is no YAML: found unexpected end of stream (while scanning a quoted scalar from line 2 on)"
        ),
        (
            "steps: 5\n\"\\e[31m\": 5",
            "film.yaml:2: control characters are not allowed, nor are escapes that stand for them"
        ),
    ])
    func aWrongFileIsRefused(yaml: String, sentence: String) {
        #expect(refusal(yaml) == sentence)
    }

    @Test func aLongTagIsCutInTheMessage() {
        let tag = String(repeating: "m", count: 99)
        #expect(refusal("steps: !\(tag) 5") == "film.yaml:1: tags are not allowed (got !\(tag.prefix(39)))")
    }

    @Test(arguments: [
        ("5", "film.yaml:3: events must be a mapping (got \"5\")"),
        ("{clear: true}", "film.yaml:3: an event has no at"),
        ("{at: 1, claer: true}", "film.yaml:3: unknown key \"claer\" in an event (did you mean clear?)"),
        ("{at: -1, clear: true}", "film.yaml:3: at out of range (got -1, expected 0...10000000)"),
        (
            "{at: 1}",
            "film.yaml:3: an event must do something (expected one of plant, erase, mask, noise, eraser, clear, roll, angle, "
                + "fire-rate, death-rate, padding, hold, fade)"
        ),
        ("{at: 1, clear: true, angle: 5}", "film.yaml:3: an event does one thing (got clear and angle)"),
        ("{at: 1, clear: yes}", "film.yaml:3: clear must be true (got \"yes\")"),
        ("{at: 1, clear: true, every: 5}", "film.yaml:3: every needs times"),
        ("{at: 1, clear: true, times: 0}", "film.yaml:3: times out of range (got 0, expected 1...100000)"),
        ("{at: 1, clear: true, frames: 5, times: 5}", "film.yaml:3: frames cannot stand beside every and times"),
        ("{at: 1, erase: circle:1}", "film.yaml:3: erase: a circle has 3 lengths (got 1, expected X,Y,R)"),
        ("{at: 1, erase: [1]}", "film.yaml:3: erase must be text (got a list)"),
        ("{at: 1, roll: []}", "film.yaml:3: roll is empty"),
        (
            "{at: 1, roll: {rows: 5-3, cells: 1}}",
            "film.yaml:3: \"5-3\" are no rows (expected FIRST-LAST, for instance 0-23)"
        ),
        ("{at: 1, roll: {rows: 0-3}}", "film.yaml:3: a roll has no cells"),
        ("{at: 1, eraser: {radius: 6}}", "film.yaml:3: an eraser has no path"),
        (
            "{at: 1, eraser: {radius: big, path: []}}",
            "film.yaml:3: radius: \"big\" is not a length (expected cells, or a share of the grid such as 50%)"
        ),
        (
            "{at: 1, eraser: {radius: 6, path: [{after: 0, x: 1, z: 1}]}}",
            "film.yaml:3: unknown key \"z\" in a point of a path (there are: after, x, y)"
        ),
    ])
    func aWrongEventIsRefused(yaml: String, sentence: String) {
        #expect(refusal("steps: 5\nevents:\n- \(yaml)") == sentence)
    }

    @Test func whatOnlyTheGridCanTellIsRefusedWithItsLine() throws {
        let description = try parse("steps: 50\nevents:\n- {at: 1, clear: true}\n- {at: 7, erase: \"circle:99,99,5\"}")
        #expect(throws: RenderError.unusable("film.yaml:4: erases no cell of the 72x72 grid")) {
            try description.timeline(ScenarioRequest(grid: GridSize(width: 72, height: 72)))
        }
    }

    @Test func deepNestingIsRefused() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        #expect(
            throws: YAMLFileError(file: "film.yaml", line: 1, reason: "the file must be a mapping (got a list)")
        ) {
            try parse(nested(16))
        }
        #expect(throws: YAMLFileError(file: "film.yaml", line: 1, reason: "nests too deep (limit 16 levels)")) {
            try parse(nested(17))
        }
        #expect(throws: YAMLFileError.self) { try parse(nested(100_000)) }
        #expect(throws: YAMLFileError.self) { try parse(String(repeating: "- ", count: 100_000)) }
    }

    @Test func aBombOfAliasesIsRefusedBeforeItIsBuilt() {
        var bomb = "a0: &a0 [x, x]\n"
        for level in 1...60 { bomb += "a\(level): &a\(level) {? *a\(level - 1) : 1, ? [*a\(level - 1)] : 2}\n" }
        #expect(
            throws: YAMLFileError(file: "film.yaml", line: 1, reason: "anchors and aliases are not allowed")
        ) { try parse(bomb) }
    }

    @Test func filesThatAreNoneAreRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func refused(_ name: String, _ reason: String) {
            let path = folder.path(name)
            #expect(throws: YAMLFileError(file: path, line: nil, reason: reason)) { try ScenarioFile.read(path) }
        }
        refused("missing.yaml", "there is no such file")
        refused("", "not a regular file (got a folder, expected a file)")
        try folder.write([UInt8](repeating: 0x20, count: (1 << 20) + 1), "large.yaml")
        refused("large.yaml", "the file is too large (got 1048577 bytes, limit 1048576)")
        try folder.write([0x73, 0xff, 0xfe], "bytes.yaml")
        refused("bytes.yaml", "is not UTF-8 text")
        try folder.write([], "empty.yaml")
        refused("empty.yaml", "the file is empty")
        try folder.write("steps: 5", "film.yaml")
        #expect(try ScenarioFile.read(folder.path("film.yaml")).steps == 5)
    }

    // MARK: samples

    private func sample(_ name: String) throws -> Timeline {
        let description = try ScenarioFile.read(
            Repository.root.appending(path: "samples/scenarios/" + name).path)
        return try description.timeline(ScenarioRequest(grid: try #require(description.grid)))
    }

    @Test func theExampleOfTheGuideIsAFilm() throws {
        let guide = try String(contentsOf: Repository.root.appending(path: "docs/scenarios.md"), encoding: .utf8)
        let blocks = guide.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(blocks.count == 1)
        for block in blocks {
            let film = try parse(block).timeline(ScenarioRequest(grid: GridSize(width: 72, height: 72)))
            #expect(film.events.count { $0.name == "random circle removed" } == 8)
            #expect(film.cues.last == FrameCue(step: 560, fade: 1, isHeld: true))
        }
    }

    @Test func thePlanarianHasThePublishedNumbers() throws {
        let film = try sample("planarian.yaml")
        #expect(film.grid == GridSize(width: 96, height: 64))
        #expect(film.steps == 399)
        #expect(film.cues.count == 444)
        #expect(film.cues.count { $0.step == 151 } == 45)
        #expect(film.events[0].action == .plantSeed(x: 48, y: 32))
        #expect(film.events[1].action == .angle(Float(Double.pi / 2)))
        let rolls = film.events.dropFirst(2)
        #expect(rolls.count == 48)
        #expect(rolls.allSatisfy { $0.step == 151 && $0.name == "cut in three" })
        for (index, roll) in rolls.enumerated() {
            let isUpper = index % 2 == 0
            #expect(roll.action == .roll(rows: isUpper ? 0..<24 : 40..<64, cells: isUpper ? 1 : -1))
            #expect(roll.afterFrames == 1 + index / 2, "one cell a frame while the automaton stands still")
        }
    }

    @Test func theTeasersErasersFollowThePublishedWave() throws {
        let description = try ScenarioFile.read(
            Repository.root.appending(path: "samples/scenarios/teaser.yaml").path)
        func film(_ place: FilmPlace) throws -> Timeline {
            try description.timeline(ScenarioRequest(grid: GridSize(width: 64, height: 64), place: place))
        }
        #expect(try film(FilmPlace()).cues.count == 530)
        #expect(try film(FilmPlace(model: 9)).events.first?.step == 180)
        for row in 0...1 {
            // The edge of the eraser meets the third picture's first column, cell 128, when x is 124: 3 * 48 - 20.
            let cuts = try film(FilmPlace(model: 2, column: 2, row: row)).events
                .filter { if case .erase = $0.action { true } else { false } }
            #expect(cuts.map(\.step) == Array(248...272))
            guard case .erase(let mask)? = cuts.first(where: { $0.step == 260 })?.action else {
                Issue.record("nothing is erased in step 260")
                return
            }
            // x = 3 * 60 - 20 - 128 = 32, y = 32 +- 8 sin(60 / 5) = 27.7 above, 36.3 below
            let rows = mask.indices.filter { mask[$0] == 1 }.map { $0 / 64 }
            let columns = mask.indices.filter { mask[$0] == 1 }.map { $0 % 64 }
            #expect(rows.min() == (row == 0 ? 22 : 31) && rows.max() == (row == 0 ? 33 : 42))
            #expect(columns.min() == 27 && columns.max() == 37)
        }
    }

    @Test func fiveCutsAreOnGrownPatternsSideBySide() throws {
        let description = try ScenarioFile.read(
            Repository.root.appending(path: "samples/scenarios/five-cuts.yaml").path)
        let erased = try (0..<5).map { column in
            let film = try description.timeline(
                ScenarioRequest(grid: try #require(description.grid), place: FilmPlace(column: column)))
            #expect(film.cues.count == 379)
            #expect(film.cues.count { $0.step == 200 } == 30)
            guard case .erase(let mask)? = film.events.last?.action else { return 0 }
            return mask.count { $0 == 1 }
        }
        #expect(erased == [28 * 56, 28 * 56, 28 * 56, 28 * 56, 16 * 16])
    }

    @Test(arguments: [("unstable.yaml", 390), ("update-rates.yaml", 300)])
    func otherSamplesHaveThePublishedLength(name: String, frames: Int) throws {
        #expect(try sample(name).cues.count == frames)
    }
}
