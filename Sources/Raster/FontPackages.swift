/// Which of Debian's packages have fonts for what an installed one lacks.
enum FontPackages {
    /// A sentence that says what a text lacks, and who has it.
    static func refusal(of text: String, missing: Character?) -> String {
        guard let missing, let scalar = missing.unicodeScalars.first else {
            return "no installed font has every character of \"\(text)\""
        }
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        let advice = packages(with: missing).map { " (Debian: apt-get install \($0))" } ?? ""
        return "no installed font has \(code) of \"\(text)\"\(advice)"
    }

    /// nil where no font has the character, as of those that Unicode leaves to private use.
    static func packages(with character: Character) -> String? {
        guard let scalar = character.unicodeScalars.first else { return nil }
        let isEmoji = character.unicodeScalars.contains { $0.properties.isEmoji && !$0.isASCII }
        switch scalar.properties.generalCategory {
        case .privateUse, .unassigned, .surrogate: return isEmoji ? "fonts-noto-color-emoji" : nil
        default: break
        }
        if eastAsian.contains(where: { $0.contains(scalar.value) }) { return "fonts-noto-cjk" }
        // Unifont has nearly everything, coarsely.
        return isEmoji ? "fonts-noto-color-emoji" : "fonts-noto-core, or fonts-unifont for rare characters"
    }

    /// Chinese, Japanese and Korean letters, their punctuation, and their wide forms of others.
    private static let eastAsian: [ClosedRange<UInt32>] = [
        0x1100...0x11FF, 0x2E80...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
        0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x1F200...0x1F2FF, 0x20000...0x3FFFF,
    ]
}
