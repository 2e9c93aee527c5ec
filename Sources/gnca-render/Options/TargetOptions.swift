import ArgumentParser
import GNCABasics
import GNCACells
import GNCARaster
import GNCATraining

/// How a target picture becomes cells.
struct TargetOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: "Longest side of the target's picture, in cells; with a decoder in pixels; default 40 cells.")
    var size: Int?

    @Option(
        parsing: .unconditional,
        help: "Empty cells around the target's picture; default 16, with the recipe article 0.")
    var padding: Int?

    @Option(
        help: "How a target's cells are made: area takes the mean of the pixels, nearest one of them; default area.")
    var resampling: Target.Resampling?

    @OptionGroup var source: TargetSourceOptions

    var isGiven: Bool { size != nil || padding != nil || resampling != nil || source.isGiven }

    /// `scale`: pixels along a side of a cell, more than 1 where a decoder draws them.
    func target(_ text: String, scale: Int = 1) throws -> Target {
        try target(
            text, size: size ?? 40 * scale, padding: padding ?? 16, resampling: resampling ?? .area, scale: scale)
    }

    func target(
        _ text: String, size: Int, padding: Int, resampling: Target.Resampling, scale: Int
    ) throws -> Target {
        do {
            return try Target(
                source.picture(text), size: size, padding: padding, resampling: resampling, scale: scale)
        } catch let error as ModelError where error == .invisibleTarget {
            throw CommandError.badData("\(text): \(error)")
        }
    }
}

/// What the picture of a target is made from.
struct TargetSourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The target is a text, and this its font: a family and its style, as \"Noto Serif Bold\".",
            valueName: "font"))
    var font: String?

    @Option(
        help: ArgumentHelp(
            "Make this colour of the target's picture transparent: a name as CSS has it, #RGB or #RRGGBB.",
            valueName: "colour"),
        transform: OptionText.value(Color.expected) { Color(parsing: $0) })
    var key: Color?

    var isGiven: Bool { font != nil || key != nil }

    func picture(_ text: String) throws -> Frame {
        let picture = try TargetWord(text, font: font).picture()
        return key.map(picture.without) ?? picture
    }

    /// How a model tells what it was trained on.
    func name(of text: String) -> String {
        let name = SystemText.spelled(Paths.name(text))
        return [name, font, key.map { "without \($0.hex)" }].compactMap { $0 }.joined(separator: ", ")
    }

    /// What the user should know of a target, a sentence each.
    func notes(on text: String) throws -> [String] {
        if font == nil, case .text(_, let font) = TargetWord(text, font: nil) {
            return ["there is no file \(text): the target is this text in \(font) (--font names another)"]
        }
        guard key == nil, let ground = try picture(text).uniformGround else { return [] }
        let colour = Color(PackedPixel(ground)).hex
        return [
            "\(text): the picture stands on an opaque ground of \(colour), which belongs to the target "
                + "(--key '\(colour)' makes it transparent)"
        ]
    }
}

/// What a word names as a target: a file, an emoji, or a text that no file is called like.
enum TargetWord {
    case file(String)
    case emoji(String)
    case text(String, font: String)

    init(_ word: String, font: String?) {
        if let font {
            self = .text(word, font: font)
        } else if Emoji.looksLike(word) {
            self = .emoji(word)
        } else if word.holds(".") || word.holds("/") || word.isEmpty || FileSystem.exists(word) {
            self = .file(word)
        } else {
            self = .text(word, font: TextPicture.usualFont)
        }
    }

    /// Throws `RasterError`, and `CommandError.badData` where a font lacks what is asked for.
    func picture() throws -> Frame {
        switch self {
        case .file(let path): return try ImageFile.read(path)
        case .text(let text, let font): return try TextPicture.picture(of: text, font: font)
        case .emoji(let text):
            do {
                return try Emoji.picture(text)
            } catch {
                guard case .undrawableText = error else { throw error }
                throw CommandError.badData(
                    "\(text): no installed colour font has a picture of it (Debian: apt-get "
                        + "install fonts-noto-color-emoji)")
            }
        }
    }
}
