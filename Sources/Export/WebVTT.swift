import GNCABasics

/// Texts with the times at which they are true, as browsers and players read them (W3C WebVTT).
public enum WebVTT {
    /// A whole file. Times are those of the frames, to the millisecond.
    public static func text(_ captions: [Chapter], frameRate: FrameRate) -> String {
        var lines = ["WEBVTT", ""]
        for caption in captions {
            let (begin, end) = (caption.frames.lowerBound, caption.frames.upperBound)
            lines.append("\(time(of: begin, frameRate)) --> \(time(of: end, frameRate))")
            lines += [escaped(Escaping.visible(Escaping.oneLine(caption.title))), ""]
        }
        return lines.joined(separator: "\n")
    }

    /// What a file tells, one entry a caption, with the second at which it begins. nil where it is no WebVTT.
    public static func captions(_ text: String) -> [(seconds: Double, words: String)]? {
        let lines = text.parts(at: "\n").map { $0.without(ending: "\r") ?? $0 }
        guard let first = lines.first, (first.without(beginning: "\u{FEFF}") ?? first).begins(with: "WEBVTT") else {
            return nil
        }
        var captions: [(seconds: Double, words: String)] = []
        var isInside = false
        for line in lines.dropFirst() {
            if let begin = line.cut(at: "-").flatMap({ $0.behind.begins(with: "->") ? seconds($0.before) : nil }) {
                captions.append((begin, ""))
                isInside = true
            } else if line.isEmpty {
                isInside = false
            } else if isInside {
                let earlier = captions[captions.count - 1].words
                captions[captions.count - 1].words = earlier.isEmpty ? unescaped(line) : "\(earlier) \(unescaped(line))"
            }
        }
        return captions
    }

    /// "00:00:06.033"
    private static func time(of frame: Int, _ rate: FrameRate) -> String {
        let milliseconds = Int((rate.time(of: frame) * 1000).rounded())
        let seconds = milliseconds / 1000
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
        return "\(parts.joined(separator: ":")).\(padded(milliseconds % 1000, to: 3))"
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    /// Seconds of "00:01:06.033" or "01:06.033".
    private static func seconds(_ text: String) -> Double? {
        let parts = text.parts(at: " ").joined().parts(at: ":").map(\.plainNumber)
        guard (2...3).contains(parts.count), !parts.contains(where: { $0 == nil }) else { return nil }
        return parts.reduce(0) { $0 * 60 + ($1 ?? 0) }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        scan: while let scalar = rest.unicodeScalars.first {
            for (entity, character) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] where rest.begins(with: entity) {
                result += character
                rest = Substring(rest.unicodeScalars.dropFirst(entity.unicodeScalars.count))
                continue scan
            }
            result.unicodeScalars.append(scalar)
            rest = Substring(rest.unicodeScalars.dropFirst())
        }
        return result
    }
}
