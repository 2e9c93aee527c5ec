import GNCARaster
import Testing

@testable import GNCARender

struct ChannelsFigureTests {
    @Test("16 channels stand as 8 x 2")
    func layout() throws {
        let drawing = try ChannelsFigure(FigureSamples.bare()).drawing(length: 1, fontSize: 10)
        #expect(drawing.mosaics.count == 16 && drawing.width == 72 && drawing.height == 14)
    }

    @Test("a channel shows its numbers from blue to red, two the full colour")
    func colours() throws {
        var request = try FigureSamples.bare()
        (request.step, request.channels) = (2, [3, 1])
        let mosaics = try ChannelsFigure(request).drawing(length: 1, fontSize: 10).mosaics
        let map = Colormap.divergingLight
        // Alpha of the seed: 1, and a half more in each step.
        #expect(mosaics[0].pixels[3 * 9 + 4] == map.pixel(for: 1))
        #expect(mosaics[0].pixels[0] == map.table[128] && mosaics[1].count(not: map.table[128]) == 0)
    }

    @Test("captions name the channels, and a bar the scale")
    func words() throws {
        var request = try FigureSamples.request()
        request.channels = [3, 4]
        #expect(try ChannelsFigure(request).drawing(length: 9, fontSize: 10).words == ["alpha", "4", "−2", "0", "2"])
    }

    @Test("a channel that the model has not is refused")
    func unknown() throws {
        var request = try FigureSamples.request()
        request.channels = [16]
        #expect(throws: RenderError.invalid("channel 16 does not exist (the model has channels 0...15)")) {
            try ChannelsFigure(request)
        }
    }
}
