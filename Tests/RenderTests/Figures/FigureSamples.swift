import Foundation
import GNCACells
import GNCARaster

@testable import GNCARender

/// Rules and requests for tests of figures, and ways to look at what was drawn.
enum FigureSamples {
    /// A rule whose seed grows by one ring of cells a step where every cell fires: alpha and red rise everywhere.
    static func growing(channels: Int = 16, fireRate: Float = 1) throws -> Rule {
        var bias = [Float](repeating: 0, count: channels)
        (bias[0], bias[3]) = (0.5, 0.5)
        return try Rule(
            channels: channels, hidden: 2, w1: [Float](repeating: 0, count: 6 * channels), b1: [0, 0],
            w2: [Float](repeating: 0, count: 2 * channels), b2: bias, fireRate: fireRate)
    }

    static func model(_ name: String = "m", channels: Int = 16, fireRate: Float = 1) throws -> FigureModel {
        FigureModel(rule: try growing(channels: channels, fireRate: fireRate), name: name, file: name + ".ckpt")
    }

    /// One model on 9 x 7 cells.
    static func request(_ models: [FigureModel]? = nil) throws -> FigureRequest {
        FigureRequest(models: try models ?? [model()], grid: GridSize(width: 9, height: 7))
    }

    /// The same without anything around the cells.
    static func bare(_ models: [FigureModel]? = nil) throws -> FigureRequest {
        var request = try request(models)
        request.showsCaptions = false
        request.gap = 0
        return request
    }
}

extension Drawing {
    /// Every piece of text, in the order of drawing.
    var words: [String] {
        shapes.compactMap { if case .text(let text, _, _, _) = $0 { text } else { nil } }
    }

    /// Every mosaic, in the order of drawing.
    var mosaics: [Mosaic] {
        shapes.compactMap { if case .cells(let mosaic, _, _, _) = $0 { mosaic } else { nil } }
    }

    var svgText: String {
        let bytes = try? svg(width: "\(width)", height: "\(height)", metadata: DrawingMetadata(title: "t"))
        return String(decoding: bytes ?? [], as: UTF8.self)
    }
}

extension Mosaic {
    /// Cells that are not `pixel`.
    func count(not pixel: PackedPixel) -> Int { pixels.count { $0 != pixel } }
}

extension Frame {
    /// Pixels between the page's sides and the first that differs from the page.
    var margin: (left: Int, right: Int, top: Int, bottom: Int) {
        let drawn = bytes.indices.filter { $0 % 4 == 0 && self[$0 / 4 % width, $0 / 4 / width] != self[0, 0] }
            .map { (x: $0 / 4 % width, y: $0 / 4 / width) }
        let (xs, ys) = (drawn.map(\.x), drawn.map(\.y))
        return (xs.min() ?? 0, width - 1 - (xs.max() ?? 0), ys.min() ?? 0, height - 1 - (ys.max() ?? 0))
    }
}
