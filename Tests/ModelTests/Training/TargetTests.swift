import GNCARaster
import Testing

@testable import GNCACells

@Suite struct TargetTests {
    private func picture(width: Int, height: Int) -> Frame {
        var frame = Frame(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width { frame[x, y] = Pixel(red: x % 2 == 0 ? 255 : 0, green: 0, blue: 0) }
        }
        return frame
    }

    @Test
    func thePictureIsAveragedDownAndStandsInTheMiddleOfItsMargin() throws {
        let target = try Target(picture(width: 80, height: 40), size: 20, padding: 3)
        #expect(target.width == 26 && target.height == 16)
        #expect(target.values[0..<4] == [0, 0, 0, 0])
        let middle = (8 * 26 + 13) * 4
        #expect(abs(target.values[middle] - 0.5) < 0.01 && target.values[middle + 3] == 1)
        #expect(target.values[(8 * 26 + 2) * 4 + 3] == 0 && target.values[(8 * 26 + 3) * 4 + 3] == 1)
        #expect(target.frame[13, 8].alpha == 255)
    }

    @Test func nearestTakesPixelsAsTheyAre() throws {
        let target = try Target(picture(width: 80, height: 40), size: 20, padding: 0, resampling: .nearest)
        #expect(target.values.allSatisfy { $0 == 0 || $0 == 1 })
    }

    /// From the cell in the middle, one a step in any of eight directions; what is hardly visible does not count.
    @Test(arguments: [(20, 10, 3, 10, 10), (10, 20, 3, 10, 10), (5, 5, 0, 2, 2), (1, 1, 4, 0, 0), (40, 40, 16, 20, 20)])
    func aPictureIsAsManyStepsAwayAsItsFarthestCell(
        width: Int, height: Int, padding: Int, least: Int, onTorus: Int
    ) throws {
        let target = try Target(picture(width: width, height: height), size: 40, padding: padding)
        #expect(target.leastSteps(edges: .zero) == least && target.leastSteps(edges: .torus) == onTorus)
        var values = [Float](repeating: 0, count: 9 * 9 * 4)
        values[3] = 0.05
        #expect(Target(width: 9, height: 9, values: values).leastSteps(edges: .zero) == 0)
        values[3] = 1
        #expect(Target(width: 9, height: 9, values: values).leastSteps(edges: .zero) == 4)
    }

    @Test func aSmallPictureStaysAsItIs() throws {
        let target = try Target(picture(width: 3, height: 2), size: 40, padding: 1)
        #expect(target.width == 5 && target.height == 4)
    }

    @Test func whatCannotBeATargetIsRefused() {
        #expect(throws: ModelError.invisibleTarget) { try Target(Frame(width: 8, height: 8), size: 40, padding: 16) }
        #expect(throws: ModelError.self) { try Target(picture(width: 8, height: 8), size: 0, padding: 1) }
        #expect(throws: ModelError.self) { try Target(picture(width: 8, height: 8), size: 8, padding: -1) }
    }

    @Test func theLossOfAnEqualStateIsZero() throws {
        let target = try Target(picture(width: 3, height: 2), size: 40, padding: 1)
        var state = CellGrid(height: 4, width: 5, channels: 16)
        #expect(target.loss(of: state) > 0)
        for cell in 0..<20 {
            for channel in 0..<4 { state.values[cell * 16 + channel] = target.values[cell * 4 + channel] }
        }
        #expect(target.loss(of: state) == 0)
    }
}
