extension Rule {
    /// The state that a run on such a grid begins with: seeds at `places` (cells), or what the rule's own start is.
    /// `randomSeed`: of the run; noise draws from a stream of its own.
    public func startState(
        width: Int, height: Int, places: [(x: Int, y: Int)], randomSeed: UInt32
    ) -> CellGrid {
        var grid = CellGrid(height: height, width: width, channels: channels)
        switch appearance.seed.start {
        case .cell: for place in places { grid.plantSeed(x: place.x, y: place.y, of: appearance) }
        case .filled, .zeros, .noise: grid.fillWithStart(of: self, randomSeed: randomSeed)
        }
        return grid
    }

    /// The same with one seed in the middle.
    public func startState(width: Int, height: Int, randomSeed: UInt32 = 0) -> CellGrid {
        startState(width: width, height: height, places: [(width / 2, height / 2)], randomSeed: randomSeed)
    }
}

extension CellGrid {
    /// Every channel of the cells whose entry in `mask` `[H * W]` is 1 becomes a number from -1 to 1. `step`: steps done.
    public mutating func addNoise(where mask: [UInt8], step: UInt32, randomSeed: UInt32) {
        let random = RandomSource(seed: randomSeed, stream: .noiseDamage)
        for cell in mask.indices where mask[cell] == 1 {
            for channel in 0..<channels {
                let fraction = random.fraction(step: step, x: UInt32(cell), y: UInt32(channel))
                values[cell * channels + channel] = 2 * fraction - 1
            }
        }
    }

    /// Makes every cell what the rule's start makes of it, where that is not a single cell.
    public mutating func fillWithStart(of rule: Rule, randomSeed: UInt32) {
        let seed = rule.appearance.seed
        switch seed.start {
        case .cell: break
        case .zeros: for index in values.indices { values[index] = 0 }
        case .filled:
            for y in 0..<height { for x in 0..<width { plantSeed(x: x, y: y, of: rule.appearance) } }
        case .noise:
            let random = RandomSource(seed: randomSeed, stream: .noise)
            for channel in 0..<channels {
                for cell in 0..<(height * width) {
                    let fraction = random.fraction(
                        step: UInt32(channel), x: UInt32(cell % width), y: UInt32(cell / width))
                    values[cell * channels + channel] = (2 * fraction - 1) * seed.value
                }
            }
        }
    }
}
