import GNCARaster

/// How a film looks. Defaults give the plain picture: `scale` pixels a cell on white, no margins.
public struct CompositionOptions: Sendable {
    /// Pixels a cell; with a frame of a certain size, whatever fits.
    public var scale: Int
    /// What the film is composed into; nil: as much as it needs.
    public var frame: FrameShape?
    /// What every picture shows of its grid, in cells; empty for all of it.
    public var windows: [PixelRect]
    /// Names of `knownOverlays`; panels stand in this order.
    public var overlays: [String]
    /// Overlays that can be named: those of this module, and any that somebody adds.
    public var knownOverlays: [any Overlay.Type]
    /// Where panels stand.
    public var layout: PanelLayout
    /// The look of everything around the cells.
    public var theme: Theme
    /// What stands behind cells that are not opaque.
    public var background: Background
    /// One a picture, above it; empty for none.
    public var captions: [String]
    /// Whether a panel shows how the two pictures of the film differ.
    public var compares: Bool
    /// Pictures a row; nil = as many as bring the film near 16:9.
    public var columns: Int?
    /// Steps at which training compared the models with their target, for the time overlay; nil = unknown.
    public var trainedSteps: ClosedRange<Int>?
    /// Whether training went on from what its earlier runs had left, so that the models saw states of any age.
    public var trainedFromPool: Bool
    /// What the error overlay compares with: one pixel a cell, centred where it is smaller than the grid.
    public var target: Frame?
    /// Whether a ring shows where a seed stands until it has grown beyond a few cells.
    public var marksSeeds: Bool
    /// Channels (index, 0...) that the perception overlay shows; nil for alpha, red and the first hidden one.
    public var perceptionChannels: [Int]?
    /// Pads width and height to even numbers and keeps every cell on even coordinates, as 4:2:0 video needs.
    public var evenSize: Bool

    /// Whatever is left out is as the plain picture has it.
    public init(
        scale: Int = 8, frame: FrameShape? = nil, windows: [PixelRect] = [], overlays: [String] = [],
        knownOverlays: [any Overlay.Type] = Overlays.all,
        layout: PanelLayout = .side, theme: Theme = .light,
        background: Background = .white, captions: [String] = [], compares: Bool = false, columns: Int? = nil,
        trainedSteps: ClosedRange<Int>? = nil, trainedFromPool: Bool = false, target: Frame? = nil,
        marksSeeds: Bool = false,
        perceptionChannels: [Int]? = nil, evenSize: Bool = true
    ) {
        self.scale = scale
        self.frame = frame
        self.windows = windows
        self.overlays = overlays
        self.knownOverlays = knownOverlays
        self.layout = layout
        self.theme = theme
        self.background = background
        self.captions = captions
        self.compares = compares
        self.columns = columns
        self.trainedSteps = trainedSteps
        self.trainedFromPool = trainedFromPool
        self.marksSeeds = marksSeeds
        self.target = target
        self.perceptionChannels = perceptionChannels
        self.evenSize = evenSize
    }

    /// The target as one pixel a cell of a grid of `width` x `height`, centred on nothing.
    func targetMosaic(width: Int, height: Int) throws(RenderError) -> Mosaic? {
        guard let target else { return nil }
        guard target.width <= width && target.height <= height else {
            throw .invalid(
                "the target is larger than the grid (got \(target.width)x\(target.height), limit \(width)x\(height))")
        }
        var mosaic = Mosaic(width: width, height: height)
        // About the seed, as in training: of an odd picture in an even grid, the middle cell is the seed's.
        let (left, top) = (width / 2 - target.width / 2, height / 2 - target.height / 2)
        for y in 0..<target.height {
            for x in 0..<target.width {
                mosaic.pixels[(top + y) * width + left + x] = PackedPixel(target[x, y])
            }
        }
        return mosaic
    }
}
