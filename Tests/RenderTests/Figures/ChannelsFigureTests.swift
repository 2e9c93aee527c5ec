import GNCARaster
import Testing

@testable import GNCARender

struct ChannelsFigureTests {
    @Test
    func of16ChannelsStandAs8X2() throws {
        let drawing = try ChannelsFigure(FigureSamples.bare()).drawing(length: 1, fontSize: 10)
        #expect(drawing.mosaics.count == 16 && drawing.width == 72 && drawing.height == 14)
    }

    @Test
    func aChannelShowsItsNumbersFromBlueToRedTwoTheFullColour() throws {
        var request = try FigureSamples.bare()
        (request.step, request.channels) = (2, [3, 1])
        let mosaics = try ChannelsFigure(request).drawing(length: 1, fontSize: 10).mosaics
        let map = Colormap.divergingLight
        // Alpha of the seed: 1, and a half more in each step.
        #expect(mosaics[0].pixels[3 * 9 + 4] == map.pixel(for: 1))
        #expect(mosaics[0].pixels[0] == map.table[128] && mosaics[1].count(not: map.table[128]) == 0)
    }

    @Test
    func captionsNameTheChannelsAndABarTheScale() throws {
        var request = try FigureSamples.request()
        request.channels = [3, 4]
        #expect(try ChannelsFigure(request).drawing(length: 9, fontSize: 10).words == ["alpha", "4", "−2", "0", "2"])
    }

    @Test
    func aChannelThatTheModelHasNotIsRefused() throws {
        var request = try FigureSamples.request()
        request.channels = [16]
        #expect(throws: RenderError.invalid("channel 16 does not exist (the model has channels 0...15)")) {
            try ChannelsFigure(request)
        }
    }
}
