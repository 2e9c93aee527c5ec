import GNCACells
import GNCARaster

extension DamageMask {
    /// Where the picture, stretched over the grid and laid on white, is darker than mid-grey at a cell's centre.
    public mutating func add(_ picture: Frame) {
        let grid = grid
        add { x, y in
            let column = (2 * x + 1) * picture.width / (2 * grid.width)
            return picture[column, (2 * y + 1) * picture.height / (2 * grid.height)].lumaOnWhite < 128
        }
    }

    /// A random circle, wide enough to meet a cell on a tiny grid, too.
    ///
    /// - Parameters:
    ///   - step: steps done when it falls.
    ///   - entry: index of the damage among all entries of the film, 0...
    ///   - index: of the circle among those of the entry, 0...
    mutating func addRandomCircle(_ random: RandomSource, step: Int, entry: Int, index: Int) {
        var drawn = 3 * index
        add(.circle, reach: 0.75) { range in
            let fraction = random.fraction(
                step: UInt32(truncatingIfNeeded: step), x: UInt32(truncatingIfNeeded: entry),
                y: UInt32(truncatingIfNeeded: drawn))
            drawn += 1
            return range.lowerBound + Double(fraction) * (range.upperBound - range.lowerBound)
        }
    }
}

extension Pixel {
    /// 0...255, Rec. 709 weights on the encoded values.
    fileprivate var lumaOnWhite: Int {
        let white = 255 - Int(alpha)
        return (2126 * (Int(red) + white) + 7152 * (Int(green) + white) + 722 * (Int(blue) + white)) / 10_000
    }
}
