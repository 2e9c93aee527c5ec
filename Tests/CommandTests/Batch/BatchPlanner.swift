import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// Plans batches of a folder in this process: a file whose variable `d` is the folder; messages call it b.yaml.
extension ProgramFolder {
    func plan(_ text: String, roots: [String]? = nil) throws -> [BatchJob] {
        let file = try BatchFile(parsing: "variables: {d: .}\n" + text, file: "b.yaml", values: [("d", path)])
        return try BatchPlan(
            file, roots: BatchRoots(roots ?? [path]), ownFile: FileIdentity(path + "/b.yaml"),
            records: BatchManifests(shard: nil)
        ).jobs
    }

    /// Why a batch is refused, with D for the folder; nil where it is not.
    func refusal(_ text: String, roots: [String]? = nil) throws -> String? {
        do {
            _ = try plan(text, roots: roots)
            return nil
        } catch let error as YAMLFileError {
            return error.description.replacing(path, with: "D").replacing(BatchRoots.place(of: path) ?? "", with: "D")
        }
    }

    /// Two pictures of 64 x 64 pixels.
    func addPictures(_ name: String, _ other: String) throws {
        try #require(render(["-o", "picture-%d.png", "--steps", "8", "--hold", "0"]).status == 0)
        try folder.write(bytes("picture-1.png"), name)
        try folder.write(bytes("picture-9.png"), other)
        for number in 1...9 { try FileManager.default.removeItem(atPath: "\(path)/picture-\(number).png") }
    }
}

/// One job of each kind that is right as it stands; its last line ends without a line break. More options follow it.
enum RightJobs {
    static let all: [(kind: String, text: String)] = [
        ("render", "models: ${d}/m.ckpt\n  grid: 16x16\n  steps: 8\n  hold: 0\n  scale: 4\n  output: ${d}/NAME.mp4"),
        ("train", "target: ${d}/p.png\n  size: 8\n  padding: 2\n  output: ${d}/NAME.ckpt"),
        ("figure", "kind: strip\n  models: ${d}/m.ckpt\n  output: ${d}/NAME.svg"),
        ("page", "models: ${d}/m.ckpt\n  grid: 16x16\n  poster-step: 8\n  output: ${d}/NAME.html"),
        ("embed", "films: ${d}/f.mp4\n  output: ${d}/NAME.html"),
        ("target", "picture: ${d}/p.png\n  size: 8\n  padding: 2\n  output: ${d}/NAME.png"),
        (
            "evaluate",
            "models: ${d}/m.ckpt\n  target: ${d}/p.png\n  size: 8\n  padding: 2\n  trials: 1\n  output: ${d}/NAME.csv"
        ),
        ("convert", "input: ${d}/m.ckpt\n  output: ${d}/NAME.ckpt"),
    ]

    /// A job of one kind; `more`: lines that replace those of the same key.
    static func job(_ kind: String, _ name: String, _ more: [String] = []) -> String {
        let text = all.first { $0.kind == kind }?.text.replacing("NAME", with: name) ?? ""
        let keys = more.map { $0.prefix { $0 != ":" } }
        let lines = text.split(separator: "\n").filter { line in
            !keys.contains { line.drop { $0 == " " }.hasPrefix($0 + ":") }
        }
        return (["- \(kind): \(name)"] + (lines.map { "  " + $0.drop { $0 == " " } } + more.map { "  " + $0 }))
            .joined(separator: "\n")
    }

    /// What the jobs read.
    static func putFiles(_ folder: ProgramFolder) throws {
        try folder.addPictures("p.png", "q.png")
        try folder.put("film", name: "f.mp4")
    }
}
