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

    /// The target on a grid of `width` x `height` cells, centred on nothing; `pixels`: along a side of a cell.
    func targetMosaic(width: Int, height: Int, pixels: Int = 1) throws(RenderError) -> Mosaic? {
        guard let target else { return nil }
        let (wide, high) = (width * pixels, height * pixels)
        guard target.width <= wide && target.height <= high else {
            throw .invalid(
                "the target is larger than the grid (got \(target.width)x\(target.height), limit \(wide)x\(high))")
        }
        var mosaic = Mosaic(width: wide, height: high)
        // About the seed, as in training: of an odd picture in an even grid, the middle cell is the seed's.
        func first(_ cells: Int, _ length: Int) -> Int {
            let covered = (length + pixels - 1) / pixels
            return (cells / 2 - covered / 2) * pixels + (covered * pixels - length) / 2
        }
        let (left, top) = (first(width, target.width), first(height, target.height))
        for y in 0..<target.height {
            for x in 0..<target.width {
                mosaic.pixels[(top + y) * wide + left + x] = PackedPixel(target[x, y])
            }
        }
        return mosaic
    }
}
