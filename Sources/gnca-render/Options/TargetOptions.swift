import ArgumentParser
import GNCACells
import GNCARaster
import GNCATraining

/// How a target picture becomes cells.
struct TargetOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Longest side of the target's picture, in cells; default 40.")
    var size: Int?

    @Option(
        parsing: .unconditional,
        help: "Empty cells around the target's picture; default 16, with the recipe article 0.")
    var padding: Int?

    @Option(
        help: "How a target's cells are made: area takes the mean of the pixels, nearest one of them; default area.")
    var resampling: Target.Resampling?

    var isGiven: Bool { size != nil || padding != nil || resampling != nil }

    /// The target of a picture file, or else of an emoji given as text.
    func target(_ text: String) throws -> Target {
        try Self.target(text, size: size ?? 40, padding: padding ?? 16, resampling: resampling ?? .area)
    }

    static func target(_ text: String, size: Int, padding: Int, resampling: Target.Resampling) throws -> Target {
        do {
            return try Target(picture(text), size: size, padding: padding, resampling: resampling)
        } catch let error as ModelError where error == .invisibleTarget {
            throw CommandError.badData("\(text): \(error)")
        }
    }

    private static func picture(_ text: String) throws -> Frame {
        guard Emoji.looksLike(text) else { return try ImageFile.read(text) }
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
