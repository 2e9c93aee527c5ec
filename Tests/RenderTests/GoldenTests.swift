import Foundation
import GNCARaster
import Testing

@testable import GNCACells
@testable import GNCARender

/// Pictures without text, compared with those in Goldens/ to +-1. A picture that differs is saved in the folder for
/// temporary files. `GNCA_RECORD_GOLDENS=1 swift test --filter GoldenTests` writes them anew, and fails to say so.
struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Goldens")

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var overlays: [String] = []
        var layout = PanelLayout.side
        var background = Background.white
        var fade: Float = 0
        var scale = 3

        var testDescription: String { name }
    }

    static let pictures: [Case] = [
        Case(name: "plain-checker", background: .checker),
        Case(name: "plain-transparent", background: .transparent),
        Case(name: "alive-white", overlays: ["alive"]),
        Case(name: "alive-faded", overlays: ["alive"], background: .colour(red: 32, green: 64, blue: 96), fade: 0.5),
        Case(name: "damage-black", overlays: ["damage"], background: .black),
        Case(name: "damage-alive-transparent", overlays: ["alive", "damage"], background: .transparent),
        Case(name: "fire-over", overlays: ["fire"], layout: .over),
        Case(name: "update-over", overlays: ["update"], layout: .over),
    ]

    /// Every third cell fired; updates grow from the first cell to the last.
    private let trace = StepTrace(
        fired: (0..<72).map { $0 % 3 == 0 ? 1 : 0 }, update: (0..<72).map { Float($0) / 256 })

    @Test(arguments: pictures)
    func picturesWithOverlaysLookAsRecorded(golden: Case) throws {
        var snapshot = try Pictures.snapshot(Pictures.blob(width: 9, height: 8), fade: golden.fade)
        snapshot.cut = Pictures.rightHalf(width: 9, height: 8)
        snapshot.framesSinceCut = 2
        snapshot.trace = trace
        let options = CompositionOptions(
            scale: golden.scale, overlays: golden.overlays, layout: golden.layout, background: golden.background,
            evenSize: false)
        try compare(try Pictures.frame(options, snapshot), golden.name)
    }

    @Test(
        "tiles of panels look as recorded", arguments: [Theme.light, .dark],
        [
            ("hidden", 2), ("channels", 3), ("perception", 1), ("fire", 0), ("update", 0), ("error", 0),
        ])
    func tile(theme: Theme, overlay: (name: String, tile: Int)) throws {
        var snapshot = try Pictures.snapshot(Pictures.blob(width: 9, height: 8))
        snapshot.trace = trace
        let setup = OverlaySetup(
            rule: snapshot.rule, timeline: Pictures.timeline(width: 9, height: 8), palette: theme.palette,
            onPicture: false, target: Mosaic(width: 9, height: 8))
        var mosaic = Mosaic(width: 9, height: 8)
        let panel = try #require(try Overlays.named(overlay.name).init(setup) as? any PanelOverlay)
        panel.painter(of: snapshot)(overlay.tile, &mosaic)
        var frame = Frame(width: 27, height: 24)
        frame.draw(mosaic, scale: 3, x: 0, y: 0)
        try compare(frame, "\(overlay.name)-\(theme)")
    }

    @Test
    func goldensStaySmall() throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path) {
            let size = try Data(contentsOf: GoldenTests.folder.appendingPathComponent(file)).count
            #expect(size <= 4096, "\(file) has \(size) bytes")
        }
    }

    private func compare(_ frame: Frame, _ name: String) throws {
        let file = GoldenTests.folder.appendingPathComponent(name + ".pam")
        let actual = GoldenTests.pam(frame)
        if ProcessInfo.processInfo.environment["GNCA_RECORD_GOLDENS"] == "1" {
            try Data(actual).write(to: file)
            Issue.record("recorded \(file.path)")
            return
        }
        let expected = [UInt8](try Data(contentsOf: file))
        let equal =
            expected.count == actual.count && zip(expected, actual).allSatisfy { abs(Int($0) - Int($1)) <= 1 }
        guard !equal else { return }
        let saved = FileManager.default.temporaryDirectory.appendingPathComponent(name + "-actual.pam")
        try Data(actual).write(to: saved)
        Issue.record("\(name) differs from its golden; the actual picture is \(saved.path)")
    }

    /// Portable arbitrary map: a few lines of text, then RGBA as stored (premultiplied).
    private static func pam(_ frame: Frame) -> [UInt8] {
        let header =
            "P7\nWIDTH \(frame.width)\nHEIGHT \(frame.height)\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
        var bytes = Array(header.utf8)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let pixel = frame[x, y]
                bytes += [pixel.red, pixel.green, pixel.blue, pixel.alpha]
            }
        }
        return bytes
    }
}
