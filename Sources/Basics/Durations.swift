/// How long something takes, as people write and read it.
public enum Durations {
    /// Whole seconds as "11 min 4 s" or "4 s"; "?" where nobody can tell.
    public static func spelled(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let whole = Int(seconds.rounded())
        return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
    }

    /// The seconds of "90", "60s", "10m", "1h30m"; nil where the text is no duration.
    public static func seconds(_ text: String) -> Double? {
        var total = 0.0
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", ".": digits.unicodeScalars.append(scalar)
            case "s", "m", "h":
                guard let number = Double(digits) else { return nil }
                total += number * (scalar == "s" ? 1 : scalar == "m" ? 60 : 3600)
                digits = ""
            default: return nil
            }
        }
        if digits.isEmpty { return text.isEmpty ? nil : total }
        return Double(digits).map { total + $0 }
    }
}

extension Duration {
    /// Seconds.
    public var seconds: Double { self / .seconds(1) }

    /// Seconds to the hundredth, as reports have them.
    public var hundredths: Double { (seconds * 100).rounded() / 100 }
}
