import CGNCALibav
import GNCARaster
import Testing

@Suite struct AVIFPictureTests {
    /// 16x8 pixels, blue in the left half and red in the right, as Pillow 12 wrote them.
    @Test(.enabled(if: avcodec_find_decoder(AV_CODEC_ID_AV1) != nil))
    func aStillIsRead() throws {
        let picture = try ImageFile.decode(StillFixture(name: "plain.avif").bytes, file: "plain.avif")
        #expect(picture.width == 16 && picture.height == 8)
        let (left, right) = (picture[2, 4], picture[13, 4])
        #expect(left.blue > 180 && left.red < 70 && right.red > 180 && right.blue < 70)
    }

    /// libav 5.1 would leave the transparency out.
    @Test func transparencyIsRefused() throws {
        let bytes = try StillFixture(name: "transparent.avif").bytes
        #expect {
            try ImageFile.decode(bytes, file: "a.avif")
        } throws: { error in
            "\(error)" == "a.avif: an AVIF with transparency is not read (save it as PNG or WebP)"
        }
    }

    @Test func aStillThatIsCutOffIsRefused() throws {
        let bytes = try StillFixture(name: "plain.avif").bytes
        #expect(throws: RasterError.self) { try ImageFile.decode(Array(bytes.dropLast(9)), file: "a.avif") }
    }
}
