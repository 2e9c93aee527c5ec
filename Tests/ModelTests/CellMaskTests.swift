import CGNCAKernels
import Testing

@testable import GNCACells

@Suite struct CellMaskTests {
    @Test(
        "dilation reaches the eight neighbours, across words and around edges",
        arguments: [1, 2, 5, 63, 64, 65, 127, 128, 130], Edges.allCases)
    func dilation(width: Int, edges: Edges) {
        for height in [1, 2, 7] {
            for x in Set([0, 1, 62, 63, 64, 65, 127, 128, width - 1].map { min($0, width - 1) }).sorted() {
                for y in [0, height / 2, height - 1] {
                    let grid = ck_grid(CellGrid(height: height, width: width, channels: 4), edges: edges)
                    var one = CellMask(grid)
                    var dilated = one
                    one.words[y * Int(grid.words) + x / 64] = 1 << UInt64(x % 64)
                    dilated.dilate(one, on: grid)
                    var expected = [UInt8](repeating: 0, count: height * width)
                    for ny in (y - 1)...(y + 1) {
                        for nx in (x - 1)...(x + 1) {
                            if edges == .torus {
                                expected[(ny + height) % height * width + (nx + width) % width] = 1
                            } else if (0..<width).contains(nx) && (0..<height).contains(ny) {
                                expected[ny * width + nx] = 1
                            }
                        }
                    }
                    #expect(dilated.bytes(on: grid) == expected, "(\(x), \(y)) of \(width)x\(height)")
                    // Nothing may stand beyond the width: it would be listed as a cell.
                    var cells = [UInt32](repeating: 0, count: height * width)
                    #expect(dilated.list(into: &cells, at: 0, on: grid) == expected.count { $0 == 1 })
                }
            }
        }
    }

    @Test(arguments: [1, 63, 64, 70])
    func theListOfAFullMaskIsEveryCellInOrder(width: Int) {
        let grid = ck_grid(CellGrid(height: 3, width: width, channels: 4), edges: .zero)
        var mask = CellMask(grid)
        mask.fill(on: grid)
        var cells = [UInt32](repeating: 0, count: 3 * width + 2)
        #expect(mask.list(into: &cells, at: 2, on: grid) == 3 * width)
        #expect(cells == [0, 0] + (0..<UInt32(3 * width)).map { $0 })
    }
}
