/// Pictures on an opaque ground of one colour.
extension Frame {
    /// How far a channel of the ground may be from its colour, 0...255: what JPEG makes of white.
    private static let tolerance = 24

    /// The ground's colour, where the whole edge of the picture is opaque and of one colour.
    public var uniformGround: Pixel? {
        let first = self[0, 0]
        let isUniform = edge.allSatisfy { place in
            let pixel = self[place.x, place.y]
            return pixel.alpha == 255 && Self.distance(pixel, first) <= Self.tolerance / 3
        }
        return isUniform ? first : nil
    }

    /// The picture with `key`, wherever it stands, made transparent. Pixels beside it are a mixture with it: what is theirs
    /// stays.
    public func without(_ key: Color) -> Frame {
        let ground = key.packed.pixel
        var result = self
        let isGround = (0..<(width * height)).map { place in
            let pixel = self[place % width, place / width]
            return pixel.alpha == 255 && Self.distance(pixel, ground) <= Self.tolerance
        }
        for y in 0..<height {
            for x in 0..<width {
                if isGround[y * width + x] {
                    result[x, y] = Pixel(red: 0, green: 0, blue: 0, alpha: 0)
                } else if isBeside(isGround, x, y) {
                    result[x, y] = Self.unmixed(self[x, y], from: ground)
                }
            }
        }
        return result
    }

    private func isBeside(_ isGround: [Bool], _ x: Int, _ y: Int) -> Bool {
        for row in max(0, y - 1)...min(height - 1, y + 1) {
            for column in max(0, x - 1)...min(width - 1, x + 1) where isGround[row * width + column] { return true }
        }
        return false
    }

    /// The premultiplied pixel that over `ground` gives `pixel`, as transparent as can be.
    private static func unmixed(_ pixel: Pixel, from ground: Pixel) -> Pixel {
        guard pixel.alpha == 255 else { return pixel }
        func share(_ value: UInt8, _ ground: UInt8) -> Double {
            let (value, ground) = (Double(value), Double(ground))
            return value > ground ? (value - ground) / (255 - ground) : value < ground ? (ground - value) / ground : 0
        }
        let alpha = max(
            share(pixel.red, ground.red), share(pixel.green, ground.green), share(pixel.blue, ground.blue))
        func own(_ value: UInt8, _ ground: UInt8) -> UInt8 {
            UInt8(min(255 * alpha, max(0, Double(value) - (1 - alpha) * Double(ground))).rounded())
        }
        return Pixel(
            red: own(pixel.red, ground.red), green: own(pixel.green, ground.green), blue: own(pixel.blue, ground.blue),
            alpha: UInt8((255 * alpha).rounded()))
    }

    private static func distance(_ one: Pixel, _ other: Pixel) -> Int {
        max(
            abs(Int(one.red) - Int(other.red)), abs(Int(one.green) - Int(other.green)),
            abs(Int(one.blue) - Int(other.blue)))
    }

    /// The pixels at the picture's sides.
    private var edge: [(x: Int, y: Int)] {
        (0..<width).flatMap { [($0, 0), ($0, height - 1)] } + (0..<height).flatMap { [(0, $0), (width - 1, $0)] }
    }
}
