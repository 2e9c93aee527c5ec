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
    /// What its models need beside what all pages have.
    public var parts: [Part]
    /// Colours of light pages and of dark ones.
    public var palettes: (light: Palette, dark: Palette)
    /// Which of them it has; nil for what its reader's system prefers.
    public var isDark: Bool?
    /// Whether the picture stands alone, and its controls appear when they are asked for.
    public var isBare: Bool
    /// What the page tells of itself.
    public var metadata: [KeyValue]

    /// What only some models need.
    public enum Part: Sendable, CaseIterable {
        /// Activations beside none and relu.
        case activations
        /// Cells that are born of others.
        case births
        /// What all cells perceive of the whole grid.
        case means
        /// Pixels smaller than cells.
        case decoder

        fileprivate var script: [UInt8] {
            switch self {
            case .activations: PackageResources.activations_js
            case .births: PackageResources.births_js
            case .means: PackageResources.means_js
            case .decoder: PackageResources.decoder_js
            }
        }
    }

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
        parts: [Part] = [], palettes: (light: Palette, dark: Palette), isDark: Bool? = nil, isBare: Bool = false,
        metadata: [KeyValue] = []
    ) {
        (self.title, self.lead, self.alternative) = (title, lead, alternative)
        (self.poster, self.width, self.height) = (poster, width, height)
        (self.data, self.parts) = (data, parts)
        (self.palettes, self.isDark, self.isBare) = (palettes, isDark, isBare)
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
            "style": style, "shaders": LivePage.shaders, "script": script,
            // No text of the data may end the element that holds it.
            "data": data.parts(at: "<").joined(separator: "\\u003c"),
        ]
        // By turns, what stands there and the name of what belongs there.
        var result = ""
        for (index, part) in LeanText.html(PackageResources.page_html).parts(at: "@").enumerated() {
            result += index % 2 == 0 ? part : values[part] ?? ""
        }
        return result
    }

    private var style: String {
        """
        :root{\(palettes.light.css)}
        @media(prefers-color-scheme:dark){html:not(.light){\(palettes.dark.css)}}
        html.dark{\(palettes.dark.css)}
        \(LeanText.css(PackageResources.page_css))
        """
    }

    private var script: String {
        let common = [
            PackageResources.basics_js, PackageResources.random_js, PackageResources.rule_js, PackageResources.cpu_js,
            PackageResources.shader_js, PackageResources.webgl_js, PackageResources.views_js, PackageResources.run_js,
            PackageResources.script_js, PackageResources.controls_js,
        ]
        // The player begins at once, when all else is there.
        let sources = common + parts.map(\.script) + [PackageResources.player_js]
        return sources.map(LeanText.script).joined(separator: "\n")
    }

    private static var shaders: String {
        let parts = [
            ("random", PackageResources.random_glsl), ("grid", PackageResources.grid_glsl),
            ("life", PackageResources.life_glsl), ("update", PackageResources.update_glsl),
            ("death", PackageResources.death_glsl),
        ]
        return parts.map { name, bytes in
            "<script type=\"x-shader/x-fragment\" id=\"\(name).glsl\">\n\(LeanText.shader(bytes))\n</script>"
        }.joined(separator: "\n")
    }
}
