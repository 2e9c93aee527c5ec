import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// Whatever is wrong with a scenario file is bad data, in its line.
@Suite struct ScenarioFaultTests {
    private static let files: [(lines: [String], line: Int, words: String)] = [
        (["steps: 9", "events:", "- {at: 3, mask: none.png}"], 3, "none.png: there is no such file"),
        (["steps: 9", "events:", "- {at: 3, mask: s.yaml}"], 3, "s.yaml: not a picture"),
        (["steps: 9", "events:", "- {at: 3, erase: \"circle:99,99,1\"}"], 3, "erases no cell"),
        (
            [
                "steps: 9", "events:", "- at: 3",
                "  eraser: {radius: 2, path: [{after: 5, x: 1, y: 1}, {after: 2, x: 3, y: 3}]}",
            ],
            3, "the path runs backwards"
        ),
        (["steps: 9", "columns: 2", "column-captions: [one]"], 3, "column-captions do not match the columns"),
        (["steps: 9", "hold: {seconds: 99999}"], 2, "the film has more than"),
        (["steps: 9", "events:", "- {at: 3, hold: {seconds: 99999}}"], 3, "the film has more than"),
        (["steps: 9", "events:", "- {at: 30, clear: true}"], 3, "happens after the end"),
        (["steps: 9", "events:", "- {at: 3, clear: true, column: 2}"], 3, "column out of range"),
        (["steps: 9", "seeds: [{x: 99, y: 3}]"], 2, "the seed at 99,3 lies outside"),
        (["steps: 9", "grid: 9999x9"], 2, "grid out of range"),
        (["# long", "steps: 9000000"], 2, "the film has more than"),
    ]

    @Test(arguments: files.indices)
    func isToldInItsLine(row: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let (lines, line, words) = Self.files[row]
        try folder.put(lines.joined(separator: "\n"), name: "s.yaml")
        let run = try ProgramRun(["m.ckpt", "--scenario", "s.yaml", "-o", "a.gif"], in: folder.path)
        #expect(run.status == 65)
        #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: s.yaml:\(line): "), "\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(try folder.names == ["s.yaml"])
    }

    @Test func whatAnOptionMakesOfAFileIsTheOptionsFault() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("steps: 9\nseeds: [{x: 1, y: 1}]\nevents:\n- {at: 8, clear: true}", name: "s.yaml")
        for words in [
            ["--steps", "4"], ["--start", "99,99"], ["--hold", "99999"], ["--damage", "circle:99,99,1@3"],
        ] {
            let run = try ProgramRun(["m.ckpt", "--scenario", "s.yaml", "-o", "a.gif"] + words, in: folder.path)
            #expect(run.status == 64 && run.lines.count == 1, "\(words): \(run.errors)")
        }
    }
}
