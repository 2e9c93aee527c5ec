import ArgumentParser
import GNCACells
import GNCARaster
import GNCATraining

/// How a target picture becomes cells.
struct TargetOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Longest side of the picture, cells; default 40.")
    var size: Int?

    @Option(parsing: .unconditional, help: "Empty cells around it; default 16 (recipe article: 0).")
    var padding: Int?

    @Option(help: "How the picture becomes smaller: area (the mean of the pixels) or nearest; default area.")
    var resampling: Target.Resampling?
}

/// What a TARGET on the command line means.
enum TargetChoice {
    /// A picture file, or else an emoji given as text.
    static func picture(_ text: String) throws -> Frame {
        if Emoji.looksLike(text) {
            do {
                return try Emoji.picture(text)
            } catch {
                throw CommandError.badData(
                    "\(text): no installed colour font has a picture of it (Debian: apt-get "
                        + "install fonts-noto-color-emoji)")
            }
        }
        return try ImageFile.read(text)
    }

    static func target(
        _ text: String, size: Int, padding: Int, resampling: Target.Resampling
    ) throws -> Target {
        do {
            return try Target(picture(text), size: size, padding: padding, resampling: resampling)
        } catch let error as ModelError where error == .invisibleTarget {
            throw CommandError.badData("\(text): \(error)")
        }
    }
}
