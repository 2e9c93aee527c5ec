import Foundation
import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct PrincipalComponentsTests {
    /// What NumPy says of `matrix`.
    private struct Analysis: Decodable {
        let rows, columns: Int
        let variances: [Double]
        let total: Double
        let components, scores: [[Double]]
    }

    private static func numPy() throws -> [Analysis] {
        let file = try #require(
            Bundle.module.url(forResource: "Fixtures/principal-components", withExtension: "json"))
        return try JSONDecoder().decode([Analysis].self, from: Data(contentsOf: file))
    }

    private static func matrix(_ rows: Int, _ columns: Int) -> [[Double]] {
        (0..<rows).map { i in
            (0..<columns).map { j in
                let number: Int = i * i * 37 + j * 101 + i * j * j * 7
                return Double(number % 97) / 97
            }
        }
    }

    private static func analysis(
        _ data: [[Double]], count: Int = 3, blockColumns: Int = 1024
    ) throws -> PrincipalComponents {
        try PrincipalComponents(
            rows: data.count, columns: data[0].count, count: count, blockColumns: blockColumns
        ) { row, range, place in
            for column in range { place[column - range.lowerBound] = data[row][column] }
        }
    }

    /// 1 where both point the same way, else -1.
    private static func sign(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } < 0 ? -1 : 1
    }

    private static func compare(_ found: PrincipalComponents, _ expected: Analysis) throws {
        #expect(abs(found.totalVariance - expected.total) < 1e-9)
        #expect(found.components.count == expected.components.count)
        for (index, component) in expected.components.enumerated() {
            #expect(abs(found.variances[index] - expected.variances[index]) < 1e-9)
            let sign = sign(found.components[index], component)
            for (one, other) in zip(found.components[index], component) { #expect(abs(sign * one - other) < 1e-4) }
            let largest = try #require(found.components[index].max { abs($0) < abs($1) })
            #expect(largest > 0)
        }
        for (row, scores) in zip(matrix(expected.rows, expected.columns), expected.scores) {
            for (index, score) in found.scores(of: row).enumerated() {
                let sign = sign(found.components[index], expected.components[index])
                #expect(abs(sign * score - scores[index]) < 1e-4)
            }
        }
    }

    @Test(arguments: [7, 40, 1024])
    func manyColumnsHaveTheComponentsOfNumPy(blockColumns: Int) throws {
        let expected = try Self.numPy()[0]
        let data = Self.matrix(expected.rows, expected.columns)
        try Self.compare(try Self.analysis(data, blockColumns: blockColumns), expected)
    }

    @Test
    func aCovarianceHasTheComponentsOfNumPy() throws {
        let expected = try Self.numPy()[1]
        let data = Self.matrix(expected.rows, expected.columns)
        let mean = (0..<expected.columns).map { j in data.reduce(0) { $0 + $1[j] } / Double(expected.rows) }
        var covariance: [Double] = []
        for one in 0..<expected.columns {
            for other in 0..<expected.columns {
                let sum = data.reduce(0) { $0 + ($1[one] - mean[one]) * ($1[other] - mean[other]) }
                covariance.append(sum / Double(expected.rows - 1))
            }
        }
        try Self.compare(try PrincipalComponents(mean: mean, covariance: covariance, count: 3), expected)
    }

    @Test
    func rowsThatAreAlikeHaveNoComponents() throws {
        let found = try Self.analysis([[1, 2, 3], [1, 2, 3]])
        #expect(found.components.isEmpty && found.scores(of: [1, 2, 3]).isEmpty && found.totalVariance == 0)
        // Two rows differ along one line.
        let two = try Self.analysis([[1, 2, 3], [1, 2, 5]])
        #expect(two.components.count == 1 && abs(two.share(0) - 1) < 1e-12)
        for (one, other) in zip(two.components[0], [0.0, 0, 1]) { #expect(abs(one - other) < 1e-12) }
    }

    /// Every channel of a cell is drawn from the same few numbers: two colours for two kinds of cells.
    @Test
    func cellsOfOneKindHaveOneColourAndTheDeadHaveTheGround() throws {
        var grid = CellGrid(height: 3, width: 4, channels: 16)
        for cell in [5, 6] {
            for channel in 3..<16 { grid.values[cell * 16 + channel] = cell == 5 ? 1 : -Float(channel) }
            grid.values[cell * 16 + 3] = 1
        }
        let rule = try FigureSamples.growing()
        let colours = try HiddenColours(rule, [OccupiedCells(grid)])
        #expect(abs(colours.share - 1) < 1e-9)
        var larger = CellGrid(height: 3, width: 6, channels: 16)
        larger.values.replaceSubrange(112..<128, with: grid.values[80..<96])
        let picture = colours.picture(of: Snapshot(step: 0, grid: larger, rule: rule), on: .white)
        let ground = Color.white.packed
        #expect(picture.pixels.count { $0 != ground } == 9)
        let first = colours.picture(of: Snapshot(step: 0, grid: grid, rule: rule), on: .white)
        #expect(first.pixels[5] == picture.pixels[7] && first.pixels[5] != first.pixels[6])
    }

    @Test
    func aModelWithoutHiddenChannelsIsRefused() throws {
        let rule = try FigureSamples.growing(channels: 4)
        #expect(
            throws: RenderError.invalid("the model has no hidden channels: all of its channels are seen")
        ) { try HiddenColours(rule, []) }
    }
}
