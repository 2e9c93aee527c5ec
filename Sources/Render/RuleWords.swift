import GNCACells

/// What pictures call the parts of a rule.
extension Appearance {
    /// "red", "green", "blue", "alpha", then numbers.
    func shortName(of channel: Int) -> String {
        let names = picture == .channel ? [] : ["red", "green", "blue", "alpha"]
        guard let place = channels.firstIndex(of: channel), place < names.count else { return "\(channel)" }
        return names[place]
    }

    /// The same, readable without company: "channel 4".
    func name(of channel: Int) -> String {
        let name = shortName(of: channel)
        return name == "\(channel)" ? "channel \(channel)" : name
    }
}

extension Filter {
    /// As pictures show it: gradients in the Distill article's measure whatever factor the rule has, other named kernels
    /// in the one that keeps their sums near 1.
    var shown: Filter {
        guard case .named(let kernel, _) = self else { return self }
        return .named(kernel, 1 / kernel.measure)
    }

    /// "identity", "Sobel x", "filter 3" where it has no name; `index`: 0...
    func title(index: Int) -> String {
        guard case .named(let kernel, _) = self else { return "filter \(index + 1)" }
        return switch kernel {
        case .sobelX: "Sobel x"
        case .sobelY: "Sobel y"
        case .scharrX: "Scharr x"
        case .scharrY: "Scharr y"
        case .laplacian4, .laplacian8: "Laplacian"
        case .gauss: "Gauss"
        case .northWest: "north-west"
        case .north: "north"
        case .northEast: "north-east"
        case .west: "west"
        case .east: "east"
        case .southWest: "south-west"
        case .south: "south"
        case .southEast: "south-east"
        default: kernel.rawValue
        }
    }

    /// The kernel's numbers as `Filter.shown` has them but for its divisor, and that divisor: what a small picture of it
    /// shows. `channel`: whose taps, where each has its own.
    func picture(angle: Float, channel: Int, channels: Int) -> (numbers: [Float], divisor: Float) {
        guard case .named(let kernel, _) = self else {
            let taps = taps(channels: channels, angle: angle)
            return ((0..<9).map { taps[$0 * channels + channel] }, 1)
        }
        return (Filter.named(kernel, 1).taps(channels: 1, angle: angle), kernel.measure)
    }
}

extension Filter.Kernel {
    /// What the whole numbers are divided by.
    fileprivate var measure: Float {
        switch self {
        case .sobelX, .sobelY: 8
        case .scharrX, .scharrY: 32
        case .laplacian4: 4
        case .laplacian8, .gauss: 16
        case .mean: 9
        default: 1
        }
    }
}

extension Activation {
    /// As figures write it.
    var title: String {
        switch self {
        case .none: ""
        case .relu: "ReLU"
        case .leakyRelu(let slope): "leaky ReLU \(slope.figureText)"
        case .gelu: "GELU"
        case .elu: "ELU"
        case .clamp(let range): "held in \(range.lowerBound.figureText) … \(range.upperBound.figureText)"
        default: description
        }
    }
}

extension Rule {
    /// What life's channel is called.
    var lifeName: String { appearance.name(of: life.channel) }

    /// The life test and the clamp as figures have them, a line each.
    var lifeLines: [String] {
        var lines: [String] = []
        if life.isTested {
            let reach = life.reach == .neighbourhood ? "\(lifeName) of 3 × 3" : "the cell's \(lifeName)"
            let moment =
                life.before && life.after ? "before and after" : life.before ? "before the update" : "after the update"
            lines = ["\(reach) > \(life.threshold.figureText)", moment]
        } else {
            lines = ["none: every cell", "may change"]
        }
        switch life.birth {
        case .free: break
        case .inherit: lines.append("born with hidden channels")
        case .copy: lines.append("born as copies")
        }
        if let clamp = life.clamp {
            let channels = clamp.channels == .all ? "state" : clamp.channels.rawValue
            lines.append("\(channels) in \(clamp.range.lowerBound.figureText) … \(clamp.range.upperBound.figureText)")
        }
        return lines
    }
}
