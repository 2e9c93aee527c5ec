import GNCABasics
import GNCACells

/// A model as live pages hold it: its settings as JSON, its weights in base64. Written, never read.
public struct PageModel: Sendable {
    /// As readers see it.
    public var name: String
    /// The file that it comes from, without its folder; nil where the page must not tell.
    public var file: String?
    /// What its cells do.
    public var rule: Rule
    /// The control vectors that the reader may choose among; empty where the file knows no goals.
    public var goals: [[Float]]

    /// A model that readers know as `name`.
    public init(name: String, file: String?, rule: Rule, goals: [[Float]] = []) {
        (self.name, self.file, self.rule, self.goals) = (name, file, rule, goals)
    }

    /// One JSON object. `compact`: weights of 8 bits between limits of each tensor's own, in place of exact ones.
    public func json(compact: Bool) -> String {
        var members = [("name", JSONText.quoted(name))]
        if let file { members.append(("file", JSONText.quoted(file))) }
        members.append(("channels", "\(rule.channels)"))
        members += perception + network + life + appearance + decoder
        members += [("fire", "\(rule.fireRate)"), ("padding", JSONText.quoted(rule.edges.rawValue))]
        return JSONText.object(members + (compact ? compactNumbers : exactNumbers))
    }
}

extension PageModel {
    private typealias Members = [(name: String, value: String)]

    /// Filters by their taps at an angle of 0, and what they become when they turn; `{}` for learned ones, whose numbers
    /// stand behind the weights.
    private var perception: Members {
        let filters = rule.perception.filters.map { filter -> String in
            guard !filter.isPerChannel else { return "{}" }
            let across = filter.quarterTurned.map { [("across", PageModel.list($0))] } ?? []
            return JSONText.object([("taps", PageModel.list(filter.taps(channels: 1)))] + across)
        }
        return [
            ("filters", JSONText.list(filters)), ("control", control), ("side", "\(rule.perception.global.side)"),
        ]
    }

    private var control: String {
        guard let control = rule.perception.control else { return "null" }
        var members = [
            ("place", JSONText.quoted(control.place.rawValue)), ("values", PageModel.list(control.values)),
        ]
        if goals.count > 1 { members.append(("goals", JSONText.list(goals.map(PageModel.list)))) }
        return JSONText.object(members)
    }

    private var network: Members {
        let layers = rule.network.layers.map {
            JSONText.object(["inputs": "\($0.inputs)", "outputs": "\($0.outputs)"])
        }
        return [
            ("layers", JSONText.list(layers)), ("activation", PageModel.spelled(rule.network.activation)),
            ("update", PageModel.spelled(rule.network.updateActivation)), ("gain", "\(rule.network.gain)"),
        ]
    }

    private var life: Members {
        let life = rule.life
        let clamp = life.clamp.map {
            JSONText.object([
                "channels": "\($0.count(of: rule.channels))", "low": "\($0.range.lowerBound)",
                "high": "\($0.range.upperBound)",
            ])
        }
        return [
            (
                "life",
                JSONText.object([
                    "before": "\(life.before)", "after": "\(life.after)", "threshold": "\(life.threshold)",
                    "channel": "\(life.channel)", "reach": JSONText.quoted(life.reach.rawValue),
                ])
            ), ("clamp", clamp ?? "null"),
        ] + birth
    }

    /// The channels that a child takes over, and the one that says whether its mother divides.
    private var birth: Members {
        guard rule.life.birth != .free else { return [] }
        let members =
            [
                "channels": JSONText.list(rule.inheritedChannels.map(String.init)),
                "divide": rule.divideChannel.map(String.init) ?? "null",
            ] as KeyValuePairs
        return [("birth", JSONText.object(members))]
    }

    private var decoder: Members {
        guard let decoder = rule.decoder else { return [] }
        let hidden = JSONText.list(decoder.hidden.map(String.init))
        return [("decoder", JSONText.object(["scale": "\(decoder.scale)", "hidden": hidden]))]
    }

    private var appearance: Members {
        let appearance = rule.appearance
        let picture = JSONText.object([
            "kind": JSONText.quoted(appearance.picture.rawValue), "first": "\(appearance.first)",
            "alpha": "\(appearance.alpha)", "colormap": JSONText.quoted(appearance.colormap.rawValue),
        ])
        let seed = JSONText.object([
            "start": JSONText.quoted(appearance.seed.start.rawValue),
            "cell": PageModel.list(appearance.seedCell(channels: rule.channels)), "value": "\(appearance.seed.value)",
        ])
        return [("picture", picture), ("seed", seed)]
    }

    // MARK: numbers

    /// Layer by layer the weights and a bias, then the learned filters, `[9][C]` each, then the decoder.
    private var tensors: [[Float]] {
        let layers = rule.network.layers.flatMap {
            [$0.weights, $0.bias ?? [Float](repeating: 0, count: $0.outputs)]
        }
        let learned = rule.perception.filters.filter { $0.isPerChannel }.map { $0.taps(channels: rule.channels) }
        return layers + learned + decoderTensors
    }

    /// What its first layer makes of the state, `[units][C]`, and of each place in a cell, `[s * s][units]`; of each further
    /// layer the weights and the bias.
    private var decoderTensors: [[Float]] {
        guard let decoder = rule.decoder else { return [] }
        let further = decoder.layers.dropFirst().flatMap { [$0.weights, $0.bias ?? []] }
        return [decoder.stateWeights, decoder.placeSums] + further
    }

    /// 32 bits each, the lowest byte first.
    private var exactNumbers: Members {
        let bytes = tensors.joined().flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        return [("numbers", JSONText.quoted(Base64.encode(bytes)))]
    }

    /// A byte q means (q / 255 - 0.5) * scale, as on the Distill article's page.
    private var compactNumbers: Members {
        var scales: [String] = []
        var bytes: [UInt8] = []
        for tensor in tensors {
            let scale = 2 * tensor.reduce(0) { max($0, abs($1)) }
            scales.append("[\(tensor.count),\(scale)]")
            bytes += tensor.map { scale > 0 ? UInt8((($0 / scale + 0.5) * 255).rounded()) : 0 }
        }
        return [("scales", JSONText.list(scales)), ("numbers", JSONText.quoted(Base64.encode(bytes)))]
    }

    private static func list(_ values: [Float]) -> String {
        JSONText.list(values.map { $0 == $0.rounded() && abs($0) < 1e6 ? "\(Int($0))" : "\($0)" })
    }

    /// Its name and two parameters: ["leaky-relu",0.01,0].
    private static func spelled(_ activation: Activation) -> String {
        let words = activation.description.parts(at: ":")
        let numbers = words.dropFirst() + ["0", "0"]
        return JSONText.list([JSONText.quoted(words[0])] + numbers.prefix(2))
    }
}
