import CLibav

/// SHA-256, by which films and `inspect` name the exact model file they were made from.
///
/// libavutil's, because rendering loads libav in any case: a cryptography package would enlarge the program for one
/// function.
public enum ContentHash {
    /// SHA-256 of `bytes`, 64 lower-case hexadecimal digits. Throws where libav cannot be loaded.
    public static func sha256(_ bytes: [UInt8]) throws(FileFault) -> String {
        if let reason = clibav_load() { throw FileFault(String(cString: reason)) }
        guard let context = av_sha_alloc() else { throw FileFault("out of memory") }
        defer { av_free(UnsafeMutableRawPointer(context)) }
        av_sha_init(context, 256)
        bytes.withUnsafeBufferPointer { av_sha_update(context, $0.baseAddress, $0.count) }
        var digest = [UInt8](repeating: 0, count: 32)
        digest.withUnsafeMutableBufferPointer { av_sha_final(context, $0.baseAddress) }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
