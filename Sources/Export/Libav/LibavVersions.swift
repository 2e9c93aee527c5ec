import CGNCALibav

/// Which libav this machine has.
public enum LibavVersions {
    /// The libraries that films are written with, and their versions, as "59.37.100".
    public static var all: [(library: String, version: String)] {
        let functions: [(String, () -> UInt32)] = [
            ("libavcodec", avcodec_version), ("libavformat", avformat_version), ("libavutil", avutil_version),
            ("libswscale", swscale_version),
        ]
        return functions.map { name, version in (name, spelled(version())) }
    }

    /// 0xMMMMmmpp
    private static func spelled(_ version: UInt32) -> String {
        "\(version >> 16).\(version >> 8 & 0xFF).\(version & 0xFF)"
    }
}
