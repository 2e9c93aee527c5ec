import Foundation
import GNCACells
import GNCACheckpoints
import GNCATestSupport
import Testing

@testable import gnca_render

@Suite struct InspectCommandTests {
    @Test func theReportNamesEverySetting() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.add("a.ckpt", TemporaryFolder.checkpoint())
        let file = try CheckpointFile(path: path)
        let (report, size) = (try InspectReport(file), file.bytes.count)
        let lines = report.text.split(separator: "\n").filter { !$0.hasPrefix("sha256 ") }
        #expect(
            lines == [
                "file            \(path)", "format          ckpt", "bytes           \(size)",
                "tensors         b1 [1] F32", "                w1 [1, 12] F32", "                w2 [4, 1] F32",
                "family          gnca-render", "channels        4",
                "hidden units    1", "parameters      17", "output bias     no",
                "filters         identity+sobel-x/8+sobel-y/8", "activation      relu", "life            after",
                "threshold       0.05", "seed            alpha", "fire            0.5", "padding         torus",
                "grid            40x40", "dialect         one", "                two",
                #"provenance      by: "me"\u001b"#,
            ])
    }

    @Test func jsonHoldsTheSame() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.add("a.ckpt", TemporaryFolder.checkpoint())
        let json = try InspectReport(CheckpointFile(path: path)).json
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["format"] as? String == "ckpt")
        #expect(object["parameters"] as? Int == 17)
        #expect((object["threshold"] as? Double).map { Float($0) } == 0.05)
        #expect(object["output_bias"] as? Bool == false)
        #expect(object["dialect"] as? [String] == ["one", "two"])
        #expect(object["provenance"] as? [String: String] == ["by": "\"me\"\u{1B}"])
        #expect(object["warnings"] as? [String] == [])
        #expect((object["sha256"] as? String)?.count == 64)
    }

    @Test func aForeignFileIsReportedWithItsFamilyAndWhatWasFolded() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = "\(folder.path)/raw.bin"
        // 16 channels, 1 hidden unit: W1, b1, W2.
        let floats = (0..<65).map { Float($0) / 100 }
        try floats.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
        let report = try InspectReport(
            CheckpointFile(
                path: path, options: ReadingOptions(dialect: DialectChoice("order=channel,scale=1"))))
        let lines = report.text.split(separator: "\n")
        for line in [
            "format          raw", "tensors         w1 [1, 48] F32", "family          none that is known",
            "dialect         perception channel-major: identity, x, y of every channel",
            "                no output bias",
            "as option       --dialect order=channel,scale=1.0,negate=none,exchange=no,alpha=3,life=before+after,"
                + "threshold=0.1,padding=zero,seed=hidden,fire=0.5,gain=1.0",
            "folded          columns of layer 1 put in filter-major order",
            "                columns of the gradients multiplied by 8.0, for Sobel / 8",
        ] { #expect(lines.contains { $0 == line }, "\(line)") }
        let object = try #require(JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let tensors = try #require(object["tensors"] as? [[String: Any]])
        #expect(tensors.map { $0["shape"] as? [Int] } == [[1, 48], [1], [16, 1]])
        #expect((object["folded"] as? [String])?.count == 2)
    }

    @Test func rulesThatDoNothingAreWarnedOf() throws {
        let rule = try Rule(
            channels: 4, hidden: 1, w1: Array(repeating: 0, count: 12), b1: [0], w2: [0, 0, 0, 0], b2: nil,
            sobelScale: 0,
            life: Life(threshold: 1), fireRate: 0)
        #expect(
            InspectReport.warnings(rule) == [
                "the last layer is all zeros: an untrained model, nothing will grow",
                "the fire rate is 0: no cell will ever change",
                "no filter sees further than the cell: cells do not see their neighbours",
                "the life threshold is 1 or more: the seed dies at once",
            ])
    }

    @Test func aFileThatIsNoModelIsRefused() throws {
        let command = try InspectCommand.parse(["/nowhere/a.ckpt"])
        #expect(throws: ModelError.badCheckpoint(file: "/nowhere/a.ckpt", reason: "there is no such file")) {
            try command.run()
        }
    }
}
