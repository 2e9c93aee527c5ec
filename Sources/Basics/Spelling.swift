/// Words that are nearly right.
public enum Spelling {
    /// What a message says to a word that is none of `known`: those that it resembles, or else `advice` or all of them.
    /// `mark`: what stands before words that are named, as "--".
    public static func hint(_ word: String, known: [String], advice: String? = nil, mark: String = "") -> String {
        let near = resembling(word, known).map { mark + $0 }
        if !near.isEmpty { return "did you mean \(near.joined(separator: " or "))?" }
        return advice ?? "there are: \(known.map { mark + $0 }.joined(separator: ", "))"
    }

    /// At most two: the first that has `word` as one of its words ("seed": random-seed), and the one of the fewest
    /// mistakes. More than one mistake counts only where nothing else is found.
    private static func resembling(_ word: String, _ known: [String]) -> [String] {
        let letters = Array(word.unicodeScalars.prefix(40))
        let holder = known.first { $0 != word && $0.parts(at: "-").contains(word) }
        let near = known.map { (key: $0, distance: editDistance(letters, Array($0.unicodeScalars))) }
            .filter { $0.distance <= (holder == nil ? 2 : 1) && $0.distance < $0.key.count && $0.key != holder }
            .min { $0.distance < $1.distance }
        return [holder, near?.key].compactMap { $0 }
    }

    /// How many letters must be put in, taken out or exchanged (neighbours count once, too) to make one word of another.
    private static func editDistance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...other.count)]
        for i in 0..<one.count {
            var row = [i + 1]
            for j in 0..<other.count {
                var best = min(rows[i][j] + (one[i] == other[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
