import Foundation
import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCATestSupport
import Testing

@testable import gnca_render

/// Pages as files: how large they are, what they hold, what is refused. `Tests/Page/run` shows them to browsers.
@Suite struct PageCommandTests {
    private static let samples = Repository.root.appendingPathComponent("samples").path

    private func page(_ words: String...) throws -> String {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(["page"] + words + ["-o", "page.html"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        return String(decoding: try folder.bytes("page.html"), as: UTF8.self)
    }

    // Both models have 128 units.

    @Test func aPageOfOneModelHas120KilobytesAndEachFurtherOne48() throws {
        let one = try page(Self.samples + "/lizard.ckpt").utf8.count
        #expect(one <= 120_000)
        let two = try page(Self.samples + "/lizard.ckpt", Self.samples + "/letter.ckpt").utf8.count
        #expect(two - one <= 48_000)
    }

    @Test func aCompactModelHas14Kilobytes() throws {
        let one = try page("--compact", Self.samples + "/lizard.ckpt")
        let two = try page("--compact", Self.samples + "/lizard.ckpt", Self.samples + "/letter.ckpt")
        #expect(two.utf8.count - one.utf8.count <= 14_000)
        #expect(one.contains("\"compact\":true") && one.contains("\"scales\":[["))
    }

    @Test func aPageForbidsEveryRequest() throws {
        let text = try page(Self.samples + "/lizard.ckpt", "--title", "</script><b>\"a\" & b")
        #expect(text.contains("default-src 'none'"))
        #expect(text.contains("<title>&lt;/script&gt;&lt;b&gt;&quot;a&quot; &amp; b</title>"))
        for address in ["http:", "https:", "src=\"//", "@import", "url("] {
            #expect(!text.contains(address), "\(address)")
        }
        // Nothing in the data ends the element that holds it.
        let rest = try #require(text.components(separatedBy: "id=\"data\">").last)
        let data = rest.components(separatedBy: "</script>")[0]
        #expect(try StrictJSON.parse(data.utf8)["models"]?.elements?.count == 1)
    }

    @Test func namesOfModelsEndNoElement() throws {
        let text = try page(Self.samples + "/lizard.ckpt", "--caption", "</script><!--", "--no-provenance")
        let rest = try #require(text.components(separatedBy: "id=\"data\">").last)
        let data = rest.components(separatedBy: "</script>")[0]
        let model = try StrictJSON.parse(data.utf8)["models"]?.elements?.first
        #expect(model?["name"]?.text == "</script><!--")
        #expect(model?["file"] == nil)
        #expect(!text.contains("lizard.ckpt"))
    }

    @Test func weightsComeBackBitForBit() throws {
        let text = try page(Self.samples + "/lizard.ckpt")
        let rest = try #require(text.components(separatedBy: "id=\"data\">").last)
        let data = rest.components(separatedBy: "</script>")[0]
        let numbers = try StrictJSON.parse(data.utf8)["models"]?.elements?.first?["numbers"]?.text
        let bytes = try #require(numbers.flatMap(Base64.decode))
        let rule = try CheckpointFile(path: Self.samples + "/lizard.ckpt", options: ReadingOptions()).checkpoint.rule
        let layers = rule.network.layers
        let expected = layers.flatMap { $0.weights + ($0.bias ?? [Float](repeating: 0, count: $0.outputs)) }
        var found: [Float] = []
        for start in stride(from: 0, to: bytes.count, by: 4) {
            var bits: UInt32 = 0
            for place in 0..<4 { bits |= UInt32(bytes[start + place]) << UInt32(8 * place) }
            found.append(Float(bitPattern: bits))
        }
        #expect(found == expected)
    }

    /// They are learned, filmed, drawn, shown and kept by every format that keeps settings; not by Distill's, which has one rule.
    @Test(arguments: ["birth=inherit", "birth=copy", "global=mean", "global=pool"])
    func rulesAreKnownWhereverTheyMayBe(setting: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        func run(_ words: String...) throws -> ProgramRun { try ProgramRun(words, in: folder.path) }
        let target = Self.samples + "/lizard.png"
        let training = try run(
            "train", target, "-o", "r.ckpt", "--size", "8", "--iterations", "1", "--rule", setting, "--quiet")
        try #require(training.status == 0, "\(training.errors)")
        let page = try run("page", "r.ckpt", "-o", "r.html")
        #expect(page.status == 0, "\(page.errors)")
        let text = String(decoding: try folder.bytes("r.html"), as: UTF8.self)
        #expect(text.contains("function giveBirth") == setting.hasPrefix("birth"))
        #expect(text.contains("function biasSeeing") == setting.hasPrefix("global"))
        #expect(!text.contains("class Decoder") && !text.contains("function normalIntegral"))
        #expect(try run("convert", "r.ckpt", "-o", "r.json").status == 65)
        #expect(try run("convert", "r.ckpt", "-o", "r.npz").status == 0)
        let read = try run("inspect", "r.npz")
        let words = setting.split(separator: "=")
        let lines = String(decoding: read.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix(words[0]) && $0.hasSuffix(words[1]) }, "\(lines)")
        #expect(try run("r.npz", "--steps", "3", "--hold", "0", "-o", "r.gif").status == 0)
        #expect(try run("figure", "architecture", "r.npz", "-o", "r.svg").status == 0)
    }

    @Test func aShowIsInThePage() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put(
            """
            steps: 20
            random-seed: 9
            grid: 40x40
            seeds: {x: 3, y: 4}
            angle: 45
            events:
              - {at: 10, erase: "rect:1,2,3,4"}
              - {at: 12, noise: "rect:5,6,2,1"}
              - {at: 15, angle: -90}
            """, name: "show.yaml")
        let run = try ProgramRun(
            ["page", Self.samples + "/lizard.ckpt", "--scenario", "show.yaml", "-o", "page.html"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        let text = String(decoding: try folder.bytes("page.html"), as: UTF8.self)
        for part in [
            "\"width\":40,\"height\":40,\"seeds\":[{\"x\":3,\"y\":4}],\"angle\":45",
            "{\"at\":10,\"erase\":[\"rect:1,2,3,4\"]},{\"at\":12,\"noise\":\"rect:5,6,2,1\"},{\"at\":15,\"angle\":-90}",
            "\"pace\":[0,6,12,18,20]", "\"seed\":9",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func whatIsWrongIsToldBeforeAnythingIsWritten() throws {
        let model = Self.samples + "/lizard.ckpt"
        let cases: [(words: [String], output: String, status: Int32, line: String)] = [
            ([model], "page.png", 64, "page.png: a page is written as HTML (name it .html)"),
            (
                [model, "--caption", "a", "--caption", "b"], "page.html", 64,
                "--caption is given 2 times for 1 models (give one a model)"
            ),
            ([model, "--grid", "600x8"], "page.html", 64, "--grid: a page has at most 512x512 cells (got 600x8)"),
            (
                [model, "--scenario", "two.yaml"], "page.html", 64,
                "two.yaml has pictures that differ, and a page shows one run"
            ),
            ([model, "--scenario", "off.yaml"], "page.html", 65, "off.yaml:3: erases no cell of the 72x72 grid"),
            ([model, "--speed", "0"], "page.html", 64, "--speed is out of range (got 0, expected 1...480)"),
            (["text.ckpt"], "page.html", 65, "text.ckpt: this is no model of a known kind"),
        ]
        for (words, output, status, line) in cases {
            let folder = try ProgramFolder()
            defer { folder.remove() }
            try folder.put("steps: 5\ncolumns: 2\n", name: "two.yaml")
            try folder.put("steps: 5\nevents:\n  - {at: 1, erase: \"circle:99,99,2\"}\n", name: "off.yaml")
            try folder.put("not a model", name: "text.ckpt")
            let before = try folder.names
            let run = try ProgramRun(["page"] + words + ["-o", output], in: folder.path)
            #expect(run.status == status, "\(words)")
            #expect(run.lines.first?.contains(line) == true, "\(words): \(run.errors)")
            #expect(try folder.names == before)
        }
    }

    @Test func anExistingPageIsReplacedOnRequestOnly() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("mine", name: "page.html")
        let words = ["page", Self.samples + "/lizard.ckpt", "-o", "page.html"]
        #expect(try ProgramRun(words, in: folder.path).status == 73)
        #expect(try folder.bytes("page.html") == Array("mine".utf8))
        #expect(try ProgramRun(words + ["--overwrite"], in: folder.path).status == 0)
    }

    @Test func aFrameIsSizedTitledAndLazy() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let words = [
            "page", Self.samples + "/lizard.ckpt", "--title", "A \"lizard\" & more", "--bare", "--grid", "60x40",
        ]
        #expect(try ProgramRun(words + ["-o", "a page.html"], in: folder.path).status == 0)
        let run = try ProgramRun(["embed", "a page.html", "-o", "frame.html", "--caption", "Cut it"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        #expect(
            String(decoding: try folder.bytes("frame.html"), as: UTF8.self) == """
                <figure>
                  <iframe src="a%20page.html" title="A &quot;lizard&quot; &amp; more" loading="lazy"
                    allow="clipboard-write" style="display: block; width: 100%; max-width: 36rem; aspect-ratio: 60 / 40; border: 0"></iframe>
                  <figcaption>Cut it</figcaption>
                </figure>

                """)
        try folder.put("<html></html>", name: "other.html")
        let other = try ProgramRun(["embed", "other.html", "-o", "b.html"], in: folder.path)
        #expect(
            other.status == 65 && other.lines == ["gnca-render: other.html: is no page that gnca-render page wrote"])
        let inline = try ProgramRun(["embed", "a page.html", "--inline", "-o", "b.html"], in: folder.path)
        #expect(inline.status == 64 && inline.lines.first?.contains("--inline belongs to films, not to a page") == true)
    }
}
