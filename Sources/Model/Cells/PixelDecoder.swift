#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A small network that draws `scale` x `scale` pixels in the place of every cell, so that few cells make a large picture
/// (after Pajouheshgar et al. 2025, Neural Cellular Automata: From Cells to Pixels).
///
/// A pixel is the picture's four channels plus what the network makes of the whole state and of the pixel's place in its cell.
/// State and channels are interpolated between the four cells around the pixel (bilinearly, cells outside the grid and
/// empty ones being zero), so that pixels join without seams. A network of zeros draws the automaton's picture enlarged. An empty
/// cell draws nothing.
///
/// All layers are dense, with relu between them. The first one reads C channels of the state, then the place (`places`);
/// the last has four outputs: red, green and blue times alpha, and alpha.
public struct PixelDecoder: Sendable, Equatable {
    /// s: pixels along a side of a cell.
    public let scale: Int
    /// Units of every layer but the last.
    public let hidden: [Int]
    /// One more than `hidden` has numbers, each with a bias; empty in a setting that knows no numbers yet.
    public var layers: [DenseLayer]

    /// Pixels along a side of a cell.
    public static let scales = 2...8
    /// Units of a layer.
    public static let units = 1...128
    /// Layers with relu.
    public static let depths = 1...3
    /// What decoders have where nobody says otherwise.
    public static let usualHidden = [32, 32]

    /// Nothing is checked: `Rule.check` does that.
    public init(scale: Int, hidden: [Int] = usualHidden, layers: [DenseLayer] = []) {
        (self.scale, self.hidden, self.layers) = (scale, hidden, layers)
    }

    /// Numbers that tell the network where a pixel lies in its cell.
    public static let placeInputs = 10

    /// Where each pixel of a cell lies, `[s * s][placeInputs]`, row by row: x and y from -1 to 1, then sin(pi x), cos(pi x),
    /// sin(pi y), cos(pi y), and the same four of twice the angle.
    public var places: [[Float]] {
        let lengths = (0..<scale).map { Double(2 * $0 + 1) / Double(scale) - 1 }
        var places: [[Float]] = []
        for y in lengths {
            for x in lengths {
                var numbers = [x, y]
                for turns in [1.0, 2.0] {
                    for place in [x, y] {
                        let angle = Double.pi * turns * place
                        numbers += [sin(angle), cos(angle)]
                    }
                }
                places.append(numbers.map { Float($0) })
            }
        }
        return places
    }

    /// Takes over the numbers of a tensor of the rule, "decoder_w1", "decoder_b1", ...
    mutating func take(_ tensor: RuleTensor) {
        let name = tensor.name.dropFirst(RuleTensor.decoderPrefix.count)
        guard let number = Int(name.dropFirst()), layers.indices.contains(number - 1) else { return }
        if name.first == "w" {
            layers[number - 1].weights = tensor.values
        } else {
            layers[number - 1].bias = tensor.values
        }
    }

    /// Inputs of each layer, and outputs of the last, where cells have so many channels.
    package func widths(channels: Int) -> [Int] { [channels + Self.placeInputs] + hidden + [4] }

    /// What is interpolated for a pixel of a cell: places among the cell and its eight neighbours (row by row), and their shares.
    struct Blend: Equatable {
        let cells: [Int]
        let shares: [Float]
    }

    /// `[s * s]`, row by row.
    var blends: [Blend] {
        let offsets = (0..<scale).map { (Float($0) + 0.5) / Float(scale) - 0.5 }
        var blends: [Blend] = []
        for y in offsets {
            for x in offsets {
                let (across, down) = (x < 0 ? 3 : 5, y < 0 ? 1 : 7)
                let (right, below) = (abs(x), abs(y))
                let (left, above) = (1 - right, 1 - below)
                blends.append(
                    Blend(
                        cells: [4, across, down, across + down - 4],
                        shares: [left * above, right * above, left * below, right * below]))
            }
        }
        return blends
    }
}

extension PixelDecoder: LosslessStringConvertible {
    /// "4:32:32": the scale, then the units of the hidden layers.
    public var description: String { ([scale] + hidden).map(String.init).joined(separator: ":") }

    /// Also "4", with the usual layers; nil for anything else and for what is out of range.
    public init?(_ text: String) {
        let numbers = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map {
            Int(String($0))
        }
        guard !numbers.contains(nil) else { return nil }
        let known = numbers.compactMap { $0 }
        let hidden = known.count == 1 ? Self.usualHidden : Array(known.dropFirst())
        guard Self.scales.contains(known[0]), Self.depths.contains(hidden.count),
            hidden.allSatisfy({ Self.units.contains($0) })
        else { return nil }
        self.init(scale: known[0], hidden: hidden)
    }
}

extension Rule {
    /// Pixels along a side of a cell in the rule's picture: 1, or the decoder's.
    public var pictureScale: Int { decoder?.scale ?? 1 }

    /// How `picture(of:)` is read: as the state, but where a decoder has made plain pixels of it.
    public var pictureAppearance: Appearance { decoder == nil ? appearance : Appearance(seed: appearance.seed) }

    /// What is to be seen of a state, and compared with a target: the state itself, or, with a decoder, the pixels that it
    /// draws, `[H s][W s][4]`. `edges`: what lies outside the grid, where that is not the rule's own.
    public func picture(of state: CellGrid, edges: Edges? = nil) -> CellGrid {
        guard let decoding = Decoding(self, height: state.height, width: state.width) else { return state }
        decoding.decode(state, edges: edges ?? self.edges)
        return decoding.picture
    }

    /// The cells of a picture of so many pixels.
    public func cells(ofPicture size: GridSize) -> GridSize {
        GridSize(width: size.width / pictureScale, height: size.height / pictureScale)
    }

    /// The cells that grow `target`. Throws `ModelError.outOfRange` where its pixels are no whole number of cells.
    public func grid(of target: Target) throws(ModelError) -> GridSize {
        guard target.width % pictureScale == 0, target.height % pictureScale == 0 else {
            throw .outOfRange(
                what: "target", value: "\(target.size)", expected: "multiples of the \(pictureScale) pixels of a cell")
        }
        return cells(ofPicture: target.size)
    }

    func checkDecoder() throws(ModelError) {
        guard let decoder else { return }
        guard appearance.picture == .premultiplied else {
            throw .outOfRange(
                what: "picture", value: appearance.picture.rawValue,
                expected: "premultiplied, for a rule with a decoder")
        }
        guard PixelDecoder(decoder.description) != nil else {
            throw .outOfRange(what: "decoder", value: decoder.description, expected: RuleSettings.decoderWords)
        }
        let widths = decoder.widths(channels: channels)
        guard decoder.layers.count == widths.count - 1 else {
            throw .wrongShape(tensor: "decoder_w1", got: 0, expected: widths[0] * widths[1])
        }
        for (index, layer) in decoder.layers.enumerated() {
            guard layer.inputs == widths[index], layer.outputs == widths[index + 1] else {
                throw .wrongShape(
                    tensor: "decoder_w\(index + 1)", got: layer.weights.count,
                    expected: widths[index] * widths[index + 1])
            }
            guard layer.bias != nil else {
                throw .wrongShape(tensor: "decoder_b\(index + 1)", got: 0, expected: layer.outputs)
            }
        }
    }
}

extension [Rule] {
    /// The least number of pixels along a side of a cell in which all rules' pictures have whole pixels.
    public var commonPictureScale: Int { map(\.pictureScale).leastCommonMultiple }
}

extension [Int] {
    /// Of positive numbers; 1 of none.
    package var leastCommonMultiple: Int {
        reduce(1) { common, number in
            var multiple = common
            while multiple % number != 0 { multiple += common }
            return multiple
        }
    }
}
