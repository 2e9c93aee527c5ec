import GNCACells

/// Tells whether a wound has healed, by the distance of what is seen to what was seen before the cut.
///
/// The distance is the root mean square of the differences in red, green, blue and alpha, premultiplied and held to 0...1:
/// over the cells that are seen now or were seen before the cut, and over those of them that the cut has hit; the larger of
/// the two counts. A wound has healed when that has stayed below an eighth for ten steps and hardly falls any more: an eye
/// that is still to come is few cells of many. It is open again when the distance has been above a quarter for as many
/// steps: patterns that live on change a little. Cuts that fall before the wound has healed make it larger: all of it has
/// to become what it was.
struct HealingWatch {
    /// Below this distance a wound has healed.
    static let healed: Float = 0.125
    /// What is left of the distance after `confirmation` steps in which it hardly falls.
    static let settled: Float = 0.85
    /// Below this distance nothing is left to be seen, however it falls.
    static let unseen: Float = 1 / 32
    /// Above this one it is open again.
    static let open: Float = 0.25
    /// Steps for which the distance must stay there.
    static let confirmation = 10
    /// Alpha above which a cell is seen.
    static let visible: Float = 0.1

    private let appearance: Appearance
    /// `[H * W]`, what was seen before the first of the cuts.
    private let before: [SIMD4<Float>]
    /// The cells where something was seen then.
    private let seenCells: [Int]
    /// `[H * W]`, 1 = cut, and something was seen there.
    private var wound: [UInt8]
    /// Steps done when the last cut fell.
    private var cutStep: Int
    /// The distances of the last steps, `confirmation` at most.
    private var recent: [Float] = []
    /// Whether the wound has healed and not opened again.
    private(set) var isHealed = false
    /// Steps from the last cut to the first of those that showed the wound healed.
    private(set) var stepsToHeal = 0

    /// A wound in `state`, which the cut has not changed yet. nil where nothing is seen of what it hits.
    init?(_ state: CellGrid, _ appearance: Appearance, cutBy mask: [UInt8], at step: Int) {
        self.appearance = appearance
        let before = Self.seen(state, appearance)
        self.before = before
        seenCells = before.indices.filter { before[$0].w > Self.visible }
        wound = mask
        cutStep = step
        var hits = false
        for cell in mask.indices where mask[cell] != 0 {
            if before[cell].w > Self.visible { hits = true } else { wound[cell] = 0 }
        }
        guard hits else { return nil }
    }

    /// Another cut of the same wound.
    mutating func cut(by mask: [UInt8], at step: Int) {
        for cell in mask.indices where mask[cell] != 0 && before[cell].w > Self.visible { wound[cell] = 1 }
        (cutStep, recent, isHealed) = (step, [], false)
    }

    /// Looks at the state after a step. `occupied`: calls what it is given with every cell that is not all zero, at least.
    mutating func observe(_ state: CellGrid, step: Int, occupied: ((Int) -> Void) -> Void) {
        if recent.count == Self.confirmation { recent.removeFirst() }
        recent.append(distance(to: state, occupied: occupied))
        guard recent.count == Self.confirmation, isHealed ? isOpenAgain : isClosed else { return }
        recent = []
        isHealed.toggle()
        if isHealed { stepsToHeal = step - Self.confirmation + 1 - cutStep }
    }

    private var isClosed: Bool {
        guard let first = recent.first, let last = recent.last, recent.allSatisfy({ $0 < Self.healed }) else {
            return false
        }
        return last >= Self.settled * first || last < Self.unseen
    }

    private var isOpenAgain: Bool { recent.allSatisfy { $0 > Self.open } }

    /// 0 = as before the cut. Most cells of a grid are empty, and were: nobody looks at them.
    func distance(to state: CellGrid, occupied: ((Int) -> Void) -> Void) -> Float {
        var (all, allCount, hit, hitCount): (Float, Int, Float, Int) = (0, 0, 0, 0)
        state.values.withUnsafeBufferPointer { values in
            func add(_ cell: Int) {
                let difference = Self.seen(values, cell * state.channels, appearance) - before[cell]
                let square = (difference * difference).sum()
                // What is infinite or NaN is as far as can be.
                let error = square.isFinite ? square : 4
                all += error
                allCount += 1
                if wound[cell] != 0 {
                    hit += error
                    hitCount += 1
                }
            }
            seenCells.forEach(add)
            occupied { cell in
                guard before[cell].w <= Self.visible else { return }
                if !(Self.alpha(values, cell * state.channels, appearance) <= Self.visible) { add(cell) }
            }
        }
        func root(_ sum: Float, _ count: Int) -> Float { count == 0 ? 0 : (sum / Float(4 * count)).squareRoot() }
        return max(root(all, allCount), root(hit, hitCount))
    }

    private static func seen(_ state: CellGrid, _ appearance: Appearance) -> [SIMD4<Float>] {
        state.values.withUnsafeBufferPointer { values in
            (0..<(state.width * state.height)).map { seen(values, $0 * state.channels, appearance) }
        }
    }

    /// 1 where the picture has no alpha.
    private static func alpha(_ values: UnsafeBufferPointer<Float>, _ start: Int, _ appearance: Appearance) -> Float {
        appearance.picture.hasAlpha ? values[start + appearance.alpha] : 1
    }

    /// Premultiplied red, green, blue and alpha, 0...1, of the cell whose numbers begin at `start`.
    private static func seen(
        _ values: UnsafeBufferPointer<Float>, _ start: Int, _ appearance: Appearance
    ) -> SIMD4<Float> {
        let first = start + appearance.first
        let alpha = alpha(values, start, appearance)
        if appearance.picture == .channel { return SIMD4(values[first], 0, 0, 1).held }
        var colour = SIMD4(values[first], values[first + 1], values[first + 2], alpha)
        switch appearance.picture {
        case .opaque: colour += SIMD4(0.5, 0.5, 0.5, 0)
        case .straight: colour *= SIMD4(alpha, alpha, alpha, 1)
        case .premultiplied, .channel: break
        }
        return colour.held
    }
}

extension SIMD4<Float> {
    fileprivate var held: SIMD4<Float> { clamped(lowerBound: .zero, upperBound: .one) }
}
