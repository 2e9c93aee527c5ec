import GNCABasics
import GNCAExport
import GNCARaster
import GNCARender

/// One file that a figure becomes.
struct FigureOutput {
    enum Format: String, CaseIterable { case png, svg, pdf }

    let path: String
    let format: Format

    /// Throws where there is no output, an extension says nothing, or a file must not be replaced.
    static func resolve(_ paths: [String], overwrite: Bool) throws -> [FigureOutput] {
        guard !paths.isEmpty else { throw CommandError.usage("no output is named (add -o FILE, as -o figure.pdf)") }
        return try paths.map { try FigureOutput($0, overwrite: overwrite) }
    }

    init(_ path: String, overwrite: Bool) throws {
        format = try Self.format(of: path)
        try AtomicFile.check(path, overwrite: overwrite)
        self.path = path
    }

    /// What the extension picks. Throws where it picks nothing.
    static func format(of path: String) throws(CommandError) -> Format {
        guard let format = Format(rawValue: Paths.ending(path)) else {
            throw .usage("\(path): a figure is written as PNG, SVG or PDF (name it .png, .svg or .pdf)")
        }
        return format
    }

    private func bytes(_ sheet: FigureSheet, _ metadata: DrawingMetadata) throws -> [UInt8] {
        switch format {
        case .png: try sheet.png(metadata, file: path)
        case .svg: try sheet.svg(metadata)
        case .pdf: try sheet.pdf(metadata)
        }
    }

    /// The whole files, to be published.
    static func files(
        _ sheet: FigureSheet, _ metadata: DrawingMetadata, to outputs: [FigureOutput], overwrite: Bool
    ) throws -> [(path: String, bytes: [UInt8], overwrite: Bool)] {
        try outputs.map { (path: $0.path, bytes: try $0.bytes(sheet, metadata), overwrite: overwrite) }
    }
}

extension FigureSheet {
    /// "900x340 pixels", "8.5 x 3.21 cm, 312 dots an inch"
    var size: String {
        let pixels = "\(drawing.width)x\(drawing.height) pixels"
        guard let centimetres, let pixelsPerInch else { return pixels }
        let height = centimetres * Double(drawing.height) / Double(drawing.width)
        return "\(centimetres) x \((height * 100).rounded() / 100) cm, \(pixels), \(Int(pixelsPerInch)) dots an inch"
    }
}
