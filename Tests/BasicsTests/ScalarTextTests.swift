import Foundation
import GNCABasics
import GNCATestSupport
import Testing

@Suite struct ScalarTextTests {
    @Test func marksHideNothing() {
        let text = "a,\u{301}b=\u{600}=c"
        #expect(text.parts(at: ",").map { Array($0.utf8) } == [Array("a".utf8), Array("\u{301}b=\u{600}=c".utf8)])
        #expect(text.parts(at: "=", most: 2)[1].isExactly("\u{600}=c"))
        #expect(text.cut(at: "=")?.behind.isExactly("\u{600}=c") == true)
        #expect(text.cut(atLast: "=")?.before.isExactly("a,\u{301}b=\u{600}") == true)
        #expect("abc".cut(at: "=") == nil && "abc".cut(atLast: "=") == nil)
        #expect(",a,".parts(at: ",") == ["", "a", ""] && "".parts(at: ",") == [""])
        #expect("/\u{301}x".begins(with: "/") && "x\u{600}/".ends(with: "/") && "a\u{301}".holds("a"))
        #expect("/\u{301}x".without(beginning: "/")?.isExactly("\u{301}x") == true)
        #expect("x\u{600}.png".without(ending: ".png")?.isExactly("x\u{600}") == true)
        #expect("x".without(ending: "xy") == nil && "".holds("") && !"ab".holds("ba"))
    }

    @Test func whatLooksAlikeIsNotTheSame() {
        let (composed, decomposed) = ("\u{E9}", "e\u{301}")
        #expect(composed == decomposed && !composed.isExactly(decomposed))
        #expect(!decomposed.begins(with: composed) && !composed.ends(with: decomposed) && !composed.holds(decomposed))
        #expect(Set([composed, decomposed]).count == 1)
        #expect(Set([ExactText(composed), ExactText(decomposed), ExactText(composed)]).count == 2)
    }

    @Test func aLineEndsInAnyOfThreeWays() {
        #expect("a\nb\r\nc\rd".scalarLines == ["a", "b", "c", "d"])
        #expect(
            "a\r\n\r\n\u{301}b\n".scalarLines.map { Array($0.utf8) }
                == ["a", "", "\u{301}b", ""].map { Array($0.utf8) })
        #expect("".scalarLines == [""])
    }

    @Test func numbersAreWrittenWithDigitsAlone() {
        #expect("-1.5".plainNumber == -1.5 && "+2".plainNumber == 2)
        for text in ["", "1e3", "0x10", "nan", "inf", "1\u{301}", "\u{664}", "1,5"] { #expect(text.plainNumber == nil) }
        #expect("019".isDigits && !"1\u{301}".isDigits && !"\u{664}".isDigits)
    }

    @Test func quotedBeginningsEnd() {
        #expect(("a" + String(repeating: "\u{301}", count: 1000)).beginning().unicodeScalars.count == 40)
    }

    /// Swift's functions that go by characters, where they would meet what users, files and paths say. Those that may stay
    /// see texts of the program's own.
    @Test func theSourcesLookAtTextsByScalars() throws {
        let dangerous = [
            #"\.hasPrefix\("#, #"\.hasSuffix\("#, #"\.firstRange\(of: [a-z"]"#, #"\.trimmingPrefix\("#, "#/",
            #"(?<!unicodeScalars)(?<!utf8)\.split\((separator: "|maxSplits|omitting|whereSeparator)"#,
            #"(?<!unicodeScalars)(?<!utf8)\.(first|last)Index\(of: ""#, #"(?<!")\.contains\("[^"\\]*"\)"#,
            #"(?<!properties)\.(isNewline|isLetter|isNumber|isWholeNumber|isHexDigit|isWhitespace)\b(?!\()"#,
            #"\.replacing\(""#, #"\.prefix\(\d+\)\)\\""#,
        ]
        // Names that this program has itself, texts of ASCII alone, lists of words.
        let allowed = [
            "CompletionScript.swift: script.split(separator: old", "VersionCommand.swift: .split(separator: \".\")",
            "InspectCommand.swift: .name.replacing(\"", "PlainTensors.swift: setting.name.replacing(\"",
            "Dialect.swift: life.moments.replacing(\"", "Interpretation.swift: text.replacing(\"",
            "Goals.swift: weight.name.replacing(",
            "ParserFault.swift: #/", "NumberedName.swift: #/", "BatchSchema.swift: #/$defs",
            "ContainerFormat.swift: pixelFormat",
            "Filter.swift: rest[mark...].contains(\")\")", "Filter.swift: rest.dropFirst().dropLast()",
            "NumpyArray.swift: rest.firstIndex(of: \"'\")",
            "ZipArchive.swift: .parts(at: \"/\").contains(\"..\")", "ONNXNetwork.swift: .contains(\"",
            "OutputOptions.swift: outputs.contains(\"-\")", "RenderUses.swift: overlays.contains(\"",
            "TrainingResumption.swift: arguments.contains(\"--film\")",
            "BatchFile.swift: #/([0-9]", "JobWords.swift: argument.key.replacing(",
            "JobWords.swift: $0.replacing(#/[0-9]+/#", "BatchRoots.swift: Paths.parts(path).contains(\"..\")",
            // Bytes.
            "JobWords.swift: SystemText.bytes($0).firstRange", "Template.swift: rest",
        ]
        let expressions = try dangerous.map { try NSRegularExpression(pattern: $0) }
        let sources = Repository.root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var looked = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            looked += 1
            for (number, line) in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
                .enumerated()
            {
                let code = line.components(separatedBy: "// ")[0]
                let range = NSRange(code.startIndex..., in: code)
                guard expressions.contains(where: { $0.firstMatch(in: code, range: range) != nil }) else { continue }
                let isAllowed = allowed.contains { entry in
                    let parts = entry.components(separatedBy: ": ")
                    return file.lastPathComponent == parts[0]
                        && (parts.count == 1 || code.contains(parts[1...].joined(separator: ": ")))
                }
                #expect(
                    isAllowed, "\(file.lastPathComponent):\(number + 1): \(code) goes by characters (see ScalarText)")
            }
        }
        #expect(looked > 100)
    }

    /// Whatever reaches a terminal goes through `say`, `sayLines`, `emit` and `tell`.
    @Test func thereIsOneWayOut() throws {
        let ways = try NSRegularExpression(pattern: #"(?<![.\w])(print|debugPrint|dump|fputs|puts|putchar|fwrite)\("#)
        let folder = "Sources/gnca-render"
        let files = try #require(
            FileManager.default.enumerator(atPath: Repository.root.appendingPathComponent(folder).path))
        var found: [String] = []
        for case let name as String in files where name.hasSuffix(".swift") {
            let text = try String(
                contentsOf: Repository.root.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
            let isRaw = ways.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
            if isRaw || text.contains("writeToStandardError(") || text.contains("emit(") { found.append(name) }
        }
        // The cursor of a bar, and the completion script.
        #expect(found.sorted() == ["Program.swift", "Progress.swift", "StandardStreams.swift"])
    }
}
