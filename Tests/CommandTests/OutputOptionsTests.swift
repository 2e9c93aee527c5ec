import Foundation
import GNCAExport
import GNCATestSupport
import Testing

@testable import gnca_render

@Suite struct OutputOptionsTests {
    @Test(arguments: [
        ("film.mp4", "mp4"), ("film.MP4", "mp4"), ("a.b/film.mov", "mov"), ("film.mkv", "mkv"), ("film.webm", "webm"),
        ("film.gif", "gif"), ("film.apng", "apng"), ("film.webp", "webp"), ("film.y4m", "y4m"), ("frames/", "png"),
        ("frame-%05d.png", "png"),
    ])
    func theExtensionPicksTheFormat(output: String, format: String) throws {
        #expect(try OutputOptions.parse(["-o", output]).films().map { $0.format.name } == [format])
    }

    @Test(arguments: [
        ([], "no output is named (add -o FILE, as -o film.mp4)"),
        (["-o", "-"], "-o - needs --format (one of: "),
        (["-o", "film.avi"], "film.avi: no format has this extension"),
        (["-o", "-", "-o", "-", "--format", "y4m"], "standard output can be named once (-o -)"),
    ])
    func outputsWithoutAFormatAreRefused(arguments: [String], beginning: String) throws {
        let options = try OutputOptions.parse(arguments)
        let error = Result { try options.films() }.failure as? CommandError
        #expect("\(try #require(error))".hasPrefix(beginning))
    }

    /// docs/formats.md lists the options of encoders that pass, and no others.
    @Test func theGuideListsTheEncodersOptions() throws {
        let guide = try String(
            contentsOf: Repository.root.appendingPathComponent("docs/formats.md"), encoding: .utf8)
        let lines = guide.split(separator: "\n").map(String.init)
        func row(_ name: String, _ keys: [String]) -> String {
            "| \(name) | \(keys.sorted().map { "`\($0)`" }.joined(separator: ", ")) |"
        }
        let codecs: [Codec] = [.h264, .h265, .av1, .vp9, .prores, .ffv1, .webp, .gif]
        for codec in codecs {
            let options = codec.userOptions
            #expect(lines.contains(row(codec.name, options.plain + options.lists.keys)), "\(codec.name)")
            let names = options.lists.keys.sorted(by: >).joined(separator: ", ")
            guard let keys = options.lists.first?.value else { continue }
            #expect(lines.contains(row(names, keys)), "\(names)")
        }
    }
}
