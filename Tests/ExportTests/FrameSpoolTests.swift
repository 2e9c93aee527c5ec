import GNCARaster
import Testing

@testable import GNCAExport

@Suite struct FrameSpoolTests {
    @Test func framesComeBackAsTheyWere() {
        let film = TestFilm(columns: 5, rows: 4, scale: 3, frameCount: 3, hasAlpha: true)
        var spool = FrameSpool(width: 15, height: 12)
        var pixels = 0
        for index in 0..<3 { spool.add(film.frame(index)) { pixels += $1 } }
        #expect(spool.count == 3)
        #expect(pixels == 3 * 15 * 12)
        for index in [2, 0, 1] {
            var frame = Frame(width: 15, height: 12)
            spool.restore(index, into: &frame)
            #expect(frame == film.frame(index))
        }
    }

    @Test func flatCellsShrink() {
        var spool = FrameSpool(width: 512, height: 512)
        let film = TestFilm(columns: 64, rows: 64)
        spool.add(film.frame(0)) { _, _ in }
        #expect(spool.size < 512 * 512 * 4 / 20)
    }
}
