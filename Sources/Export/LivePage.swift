import GNCABasics

/// A page that runs models in its reader's browser: one HTML file that fetches nothing. Its parts stand in `Page/`.
public struct LivePage: Sendable {
    /// Above the picture, and in the browser's title.
    public var title: String
    /// A line below the title; may be empty.
    public var lead: String
    /// What is to be seen, for those who cannot see it.
    public var alternative: String
    /// The still that stands for the picture until it moves, a pixel a cell: a PNG.
    public var poster: [UInt8]
    /// Pixels of the poster.
    public var width: Int
    /// Pixels of the poster.
    public var height: Int
    /// What the page runs, as JSON.
    public var data: String
    /// Colours of light pages and of dark ones.
    public var palettes: (light: Palette, dark: Palette)
    /// Which of them it has; nil for what its reader's system prefers.
    public var isDark: Bool?
    /// Whether the picture stands alone, and its controls appear when they are asked for.
    public var isBare: Bool
    /// What the page tells of itself.
    public var metadata: [KeyValue]

    /// Colours as CSS has them.
    public struct Palette: Sendable {
        /// By the names of the style sheet: page, ink, quiet, line, life.
        public var colours: [(name: String, value: String)]

        /// `colours`: by the names of the style sheet.
        public init(colours: [(name: String, value: String)]) { self.colours = colours }

        fileprivate var css: String { colours.map { "--\($0.name):\($0.value);" }.joined() }
    }

    /// A page of the given parts.
    public init(
        title: String, lead: String, alternative: String, poster: [UInt8], width: Int, height: Int, data: String,
        palettes: (light: Palette, dark: Palette), isDark: Bool? = nil, isBare: Bool = false,
        metadata: [KeyValue] = []
    ) {
        (self.title, self.lead, self.alternative) = (title, lead, alternative)
        (self.poster, self.width, self.height) = (poster, width, height)
        (self.data, self.palettes, self.isDark, self.isBare) = (data, palettes, isDark, isBare)
        self.metadata = metadata
    }

    /// The whole file.
    public var html: String {
        let classes = (isDark.map { $0 ? ["dark"] : ["light"] } ?? []) + (isBare ? ["bare"] : [])
        let values = [
            "title": Escaping.html(title), "lead": Escaping.html(lead), "alternative": Escaping.html(alternative),
            "class": classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"",
            "poster": Base64.address(poster, type: "image/png"), "width": "\(width)", "height": "\(height)",
            "metadata": metadata.map {
                "<meta name=\"\(Escaping.html($0.key))\" content=\"\(Escaping.html($0.value))\">"
            }.joined(separator: "\n"),
            "style": style, "shaders": LivePage.shaders, "script": LivePage.script,
            // No text of the data may end the element that holds it.
            "data": data.parts(at: "<").joined(separator: "\\u003c"),
        ]
        // By turns, what stands there and the name of what belongs there.
        var result = ""
        for (index, part) in LivePage.text(PackageResources.page_html).parts(at: "@").enumerated() {
            result += index % 2 == 0 ? part : values[part] ?? ""
        }
        return result
    }

    private var style: String {
        """
        :root{\(palettes.light.css)}
        @media(prefers-color-scheme:dark){html:not(.light){\(palettes.dark.css)}}
        html.dark{\(palettes.dark.css)}
        \(LivePage.lean(PackageResources.page_css))
        """
    }

    private static var script: String {
        let parts = [
            PackageResources.random_js, PackageResources.rule_js, PackageResources.cpu_js, PackageResources.shader_js,
            PackageResources.webgl_js, PackageResources.views_js, PackageResources.run_js, PackageResources.script_js,
            PackageResources.controls_js, PackageResources.player_js,
        ]
        return squeezed(parts.map(lean).joined(separator: "\n"))
    }

    private static var shaders: String {
        let parts = [
            ("random", PackageResources.random_glsl), ("grid", PackageResources.grid_glsl),
            ("life", PackageResources.life_glsl), ("update", PackageResources.update_glsl),
            ("death", PackageResources.death_glsl), ("views", PackageResources.views_glsl),
        ]
        return parts.map { name, bytes in
            "<script type=\"x-shader/x-fragment\" id=\"\(name).glsl\">\n\(squeezed(lean(bytes)))\n</script>"
        }.joined(separator: "\n")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The lines without indentation and without those that are comments alone.
    private static func lean(_ bytes: [UInt8]) -> String {
        var isComment = false
        var lines: [String] = []
        for part in text(bytes).parts(at: "\n") {
            let line = part.trimmed
            if line.begins(with: "/*") { isComment = true }
            if !isComment && !line.isEmpty && !line.begins(with: "// ") { lines.append(line) }
            if isComment && line.ends(with: "*/") { isComment = false }
        }
        return lines.joined(separator: "\n")
    }
}

extension LivePage {
    /// JavaScript or GLSL without the spaces beside signs; texts, templates and the preprocessor's lines stay as they are.
    static func squeezed(_ code: String) -> String {
        let signs = Set("{}()[]=<>,;:?!&|*/%+-".utf8)
        let bytes = Array(code.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        // Open braces of the code, and of that in each template around it.
        var depths = [0]
        var quote: UInt8?
        var isDirective = false
        for (index, byte) in bytes.enumerated() {
            let last = result.last ?? UInt8(ascii: "\n")
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
            let isEscaped = last == UInt8(ascii: "\\") && result.dropLast().last != UInt8(ascii: "\\")
            if last == UInt8(ascii: "\n") { isDirective = byte == UInt8(ascii: "#") && quote == nil }
            if quote == nil, byte == UInt8(ascii: " "), !isDirective, signs.contains(last) || signs.contains(next) {
                let wouldJoin = last == next && (last == UInt8(ascii: "+") || last == UInt8(ascii: "-"))
                if !wouldJoin { continue }
            }
            result.append(byte)
            switch (quote, byte) {
            case (nil, UInt8(ascii: "\"")), (nil, UInt8(ascii: "`")): quote = byte
            case (nil, UInt8(ascii: "{")): depths[depths.count - 1] += 1
            case (nil, UInt8(ascii: "}")):
                depths[depths.count - 1] -= 1
                if depths[depths.count - 1] < 0 {
                    depths.removeLast()
                    quote = UInt8(ascii: "`")
                }
            case (UInt8(ascii: "`"), UInt8(ascii: "{")) where last == UInt8(ascii: "$"):
                depths.append(0)
                quote = nil
            case (let open?, let close) where open == close && !isEscaped: quote = nil
            default: break
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension String {
    /// Without spaces at its ends.
    fileprivate var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { $0 != " " }), let last = scalars.lastIndex(where: { $0 != " " })
        else { return "" }
        return String(scalars[first...last])
    }
}
