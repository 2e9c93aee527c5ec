/// Words that are nearly right.
public enum Spelling {
    /// What a message says to a word that is none of `known`: the one it resembles, or else `advice` or all of them.
    public static func hint(_ word: String, known: [String], advice: String? = nil) -> String {
        let near = known.map {
            (key: $0, distance: editDistance(Array(word.unicodeScalars.prefix(40)), Array($0.unicodeScalars)))
        }
        .filter { $0.distance <= 2 && $0.distance < $0.key.count }
        .min { $0.distance < $1.distance }
        return near.map { "did you mean \($0.key)?" } ?? advice ?? "there are: \(known.joined(separator: ", "))"
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
