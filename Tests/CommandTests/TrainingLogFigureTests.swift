import GNCABasics
import GNCARaster
import Testing

@testable import gnca_render

/// Logs of trainings as figures, by the whole program.
@Suite struct TrainingLogFigureTests {
    private static let noLoss = "is no iteration and its loss, later than the one before"

    private static let logs = [
        (
            "iteration,loss\n9223372036854775807,0.5",
            "a.csv:2: the iteration is out of range (got 9223372036854775807, "
                + "limit 1000000000000)"
        ),
        (
            "iteration,loss\n9223372036854775808,0.5",
            "a.csv:2: \"9223372036854775808,0.5\" is no iteration and its loss, "
                + "later than the one before"
        ),
        ("iteration,loss\n-1,0.5", "a.csv:2: \"-1,0.5\" is no iteration and its loss, later than the one before"),
        ("iteration,loss\nnan,0.5", "a.csv:2: \"nan,0.5\" is no iteration and its loss, later than the one before"),
        ("iteration,loss\n1,\n2,0", "a.csv: holds no loss above 0"),
        (
            "iteration,loss,psnr\n1,0.5,x",
            "a.csv:2: \"1,0.5,x\" is no iteration and its loss, later than the one before"
        ),
        ("iteration,loss,psnr\n1,0.5", "a.csv:2: \"1,0.5\" is no iteration and its loss, later than the one before"),
        ("{\"iteration\":1,\"loss\":-1}", "a.csv:1: \"{\"iteration\":1,\"loss\":-1}\" \(noLoss)"),
        (
            "iteration,loss\n1," + String(repeating: "0", count: 1_000_000),
            "a.csv:2: the line is too long (got 1000002 bytes, limit 1000)"
        ),
        (
            "{\"iteration\":1e3,\"loss\":1}",
            "a.csv:1: \"{\"iteration\":1e3,\"loss\":1}\" is no iteration and its loss, "
                + "later than the one before"
        ),
        (
            "iteration,loss\n1,0.5" + String(repeating: "\n7,e\u{301}", count: 2),
            "a.csv:3: \"7,e\u{301}\" is no iteration "
                + "and its loss, later than the one before"
        ),
        (
            String(repeating: "\n", count: 3),
            "a.csv: is no log of a training (expected a first line \"iteration,loss\", or "
                + "JSON lines)"
        ),
    ]

    @Test(arguments: logs.indices)
    func aLogIsDrawnOrRefusedInASentence(row: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let (text, message) = Self.logs[row]
        try folder.put(text, name: "a.csv")
        let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png"], in: folder.path)
        #expect(run.status == 65)
        #expect(run.lines == ["gnca-render: " + message])
    }

    @Test(arguments: [
        "0.5\0", "0.", "nan", "inf", "-0.5", "+0.5", " 0.5", "0.5 ", "0x1", "1e400", "1e", "0.5,1", "0 1",
    ])
    func whatIsNoLossIsRefusedWithItsLine(loss: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for line in ["1,\(loss)", "\(loss),0.5"] where line != "0.5,1,0.5" {
            try folder.put("iteration,loss\n\(line)\n", name: "a.csv")
            let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png"], in: folder.path)
            #expect(run.status == 65)
            #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: a.csv:2: "), "\(run.errors)")
            #expect(run.errors.hasSuffix(" \(Self.noLoss)\n"))
        }
    }

    @Test func aLogIsDrawnWithAndWithoutItsPSNR() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let logs = ["iteration,loss\n1,0.5\n2,\n3,0.1\n", "iteration,loss,psnr\n1,0.5,3.5\n2,,\n3,0.1,9.0\n"]
        let pictures = try logs.map { log in
            try folder.put(log, name: "a.csv")
            let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png", "--overwrite"], in: folder.path)
            #expect(run.status == 0 && run.errors == "")
            return try ImageFile.decode(folder.bytes("a.png"), file: "a.png")
        }
        #expect(pictures[0] == pictures[1])
    }

    @Test func aLogOfTheLargestNumbersIsDrawn() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("iteration,loss\r\n1,1e-320\r\n2,1e308\r\n\r\n1000000000000,1e300\r\n", name: "a.csv")
        let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.svg"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
    }
}
