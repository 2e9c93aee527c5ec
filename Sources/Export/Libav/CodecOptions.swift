/// The options that pass, for each of the house's codecs. What is not here either names a file (x264's dump-yuv, stats,
/// cqmfile and zones; x265's csv, stats, analysis-save, lambda-file, scaling-list and zones; passes of libav), has an option
/// of the program's own, or would break what the program promises of colours and threads.
extension UserOptions {
    private static let rates = ["b", "maxrate", "bufsize", "qmin", "qmax"]
    private static let groups = ["g", "keyint_min"]

    static let x264 = UserOptions(
        plain: rates + groups + [
            "8x8dct", "aq-mode", "aq-strength", "aud", "b-bias", "b-pyramid", "b_strategy", "bf", "bluray-compat",
            "chromaoffset", "coder", "color_trc", "cplxblur", "crf", "crf_max", "deblock", "direct-pred", "fast-pskip",
            "forced-idr", "intra-refresh", "level", "mbtree", "mixed-refs", "motion-est", "nal-hrd", "noise_reduction",
            "partitions", "profile", "psy", "psy-rd", "qcomp", "qdiff", "qp", "rc-lookahead", "refs", "sc_threshold",
            "slice-max-size", "subq", "trellis", "tune", "weightb", "weightp",
        ],
        lists: ["x264opts": x264Keys, "x264-params": x264Keys],
        words: [
            "profile": ["baseline", "main", "high", "high10", "high422", "high444"],
            "tune": ["film", "animation", "grain", "stillimage", "psnr", "ssim", "fastdecode", "zerolatency"],
        ], ranges: x264Ranges)

    /// What x264 takes, under libav's names and its own.
    private static let x264Ranges: [String: ClosedRange<Double>] = [
        "aq-mode": 0...3, "b-adapt": 0...2, "b-bias": -100...100, "b_strategy": 0...2, "bf": 0...16, "bframes": 0...16,
        "chroma-qp-offset": -12...12, "chromaoffset": -12...12, "coder": 0...1, "crf": 0...51, "crf-max": 0...51,
        "crf_max": 0...51, "deadzone-inter": 0...32, "deadzone-intra": 0...32, "merange": 4...1024,
        "noise_reduction": 0...65_536, "nr": 0...65_536, "qcomp": 0...1, "qmax": 0...69, "qmin": 0...69, "qp": 0...69,
        "qpmax": 0...69, "qpmin": 0...69, "rc-lookahead": 0...250, "ref": 1...16, "refs": 1...16, "subme": 0...11,
        "subq": 0...11, "trellis": 0...2, "weightp": 0...2,
    ]

    private static let x264Keys = [
        "8x8dct", "aq-mode", "aq-strength", "aud", "b-adapt", "b-bias", "b-pyramid", "bframes", "bitrate",
        "bluray-compat", "cabac", "chroma-me", "chroma-qp-offset", "constrained-intra", "cplxblur", "crf", "crf-max",
        "dct-decimate", "deadzone-inter", "deadzone-intra", "deblock", "direct", "fast-pskip", "intra-refresh",
        "ipratio", "keyint", "level", "mbtree", "me", "merange", "min-keyint", "mixed-refs", "nal-hrd", "nr",
        "open-gop", "partitions", "pbratio", "pic-struct", "psy", "psy-rd", "qblur", "qcomp", "qp", "qpmax", "qpmin",
        "qpstep", "ratetol", "rc-lookahead", "ref", "scenecut", "slices", "subme", "trellis", "vbv-bufsize",
        "vbv-init", "vbv-maxrate", "weightb", "weightp",
    ]

    static let x265 = UserOptions(
        plain: rates + groups + ["bf", "color_trc", "crf", "forced-idr", "profile", "qp", "refs", "tune"],
        lists: ["x265-params": x265Keys], ranges: ["qmax": 0...69, "qmin": 0...69, "qp": 0...51])

    private static let x265Keys = [
        "amp", "aq-mode", "aq-motion", "aq-strength", "aud", "b-adapt", "b-intra", "b-pyramid", "bframe-bias",
        "bframes", "bitrate", "cbqpoffs", "constrained-intra", "cplxblur", "crf", "crf-max", "crf-min", "crqpoffs",
        "ctu", "cu-lossless", "cutree", "deblock", "early-skip", "fades", "fast-intra", "gop-lookahead", "hevc-aq",
        "high-tier", "hrd", "info", "intra-refresh", "ipratio", "keyint", "level-idc", "limit-modes", "limit-refs",
        "limit-sao", "limit-tu", "lossless", "max-merge", "max-tu-size", "me", "merange", "min-cu-size", "min-keyint",
        "nr-inter", "nr-intra", "open-gop", "pbratio", "psy-rd", "psy-rdoq", "qblur", "qcomp", "qg-size", "qp", "qpmax",
        "qpmin", "qpstep", "rc-lookahead", "rd", "rd-refine", "rdoq-level", "rdpenalty", "rect", "ref",
        "repeat-headers", "rskip", "sao", "sao-non-deblock", "scenecut", "scenecut-bias", "selective-sao", "signhide",
        "splitrd-skip", "ssim-rd", "strong-intra-smoothing", "subme", "temporal-mvp", "tskip", "tskip-fast",
        "tu-inter-depth", "tu-intra-depth", "vbv-bufsize", "vbv-init", "vbv-maxrate", "weightb",
    ]

    static let svtAV1 = UserOptions(
        plain: rates + ["color_trc", "crf", "g", "la_depth", "qp", "sc_detection", "tile_columns", "tile_rows"],
        lists: [
            "svtav1-params": [
                "aq-mode", "bias-pct", "crf", "enable-cdef", "enable-dlf", "enable-overlays", "enable-qm",
                "enable-restoration", "enable-tf", "enable-tpl-la", "enable-variance-boost", "fast-decode",
                "film-grain",
                "film-grain-denoise", "hierarchical-levels", "irefresh-type", "keyint", "lookahead", "max-qp", "mbr",
                "min-qp", "overshoot-pct", "pred-struct", "qm-max", "qm-min", "qp", "rc", "scd", "scm", "sharpness",
                "tbr", "tile-columns", "tile-rows", "tune", "undershoot-pct", "variance-boost-strength",
            ]
        ])

    static let vp9 = UserOptions(
        plain: rates + groups + [
            "aq-mode", "arnr-maxframes", "arnr-strength", "arnr-type", "auto-alt-ref", "color_trc", "corpus-complexity",
            "cpu-used", "crf", "deadline", "enable-tpl", "error-resilient", "frame-parallel", "lag-in-frames", "level",
            "lossless", "max-intra-rate", "minrate", "noise-sensitivity", "overshoot-pct", "profile", "quality",
            "row-mt", "sharpness", "static-thresh", "tile-columns", "tile-rows", "tune", "tune-content",
            "undershoot-pct",
        ])

    static let proRes = UserOptions(
        plain: ["alpha_bits", "bits_per_mb", "color_trc", "mbs_per_slice", "profile", "qscale", "quant_mat", "vendor"])
    static let ffv1 = UserOptions(
        plain: ["coder", "context", "g", "level", "slicecrc", "slices"],
        words: ["level": ["0", "1", "3"], "slices": ["4", "6", "9", "12", "15", "16", "20", "24", "25", "30"]])
    static let webP = UserOptions(
        plain: ["compression_level", "cr_size", "cr_threshold", "lossless", "quality"],
        ranges: ["compression_level": 0...6])
    static let gif = UserOptions(plain: ["gifflags", "global_palette"])
}
