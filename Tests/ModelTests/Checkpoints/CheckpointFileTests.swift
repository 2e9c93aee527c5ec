import Foundation
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct CheckpointFileTests {
    private static let keras = TestZip([("metadata.json", []), ("config.json", []), ("model.weights.h5", [])]).bytes
    private static let flax =
        "this is a Flax checkpoint (msgpack); save the parameters with numpy.savez(FILE, **flax.traverse_util.flatten_dict(params, sep='.'))"
    private static let zip: [UInt8] = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26)

    @Test(
        arguments: [
            (zip, "this is a zip archive; unpack it first, where a model is inside"),
            (
                [0x80, 4, 0x95, 0],
                "this is a Python pickle, which can run code when Python reads it; save the weights with torch.save or numpy.savez"
            ),
            (
                [0x93] + Array("NUMPY\u{1}\0".utf8),
                "this is a NumPy array (npy); one array is no model (numpy.savez writes several)"
            ),
            (
                Array("entries".utf8) + [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB],
                "this is the index of a TensorFlow 2 checkpoint; use the .json that the notebook wrote beside it"
            ),
            (
                [0x89] + Array("HDF\r\n\u{1A}\n".utf8),
                "this is an HDF5 file (Keras); save its weights with numpy.savez(FILE, *model.get_weights())"
            ),
            (
                [UInt8](repeating: 65, count: 257) + Array("ustar".utf8),
                "this is a tar archive (PyTorch before version 0.1.10); save it with a later PyTorch: torch.save(model.state_dict(), FILE)"
            ),
            ([0x1F, 0x8B, 8], "this is a gzip archive; unpack it first, where a model is inside"),
            (
                keras,
                "this is a Keras model (.keras); save its weights with numpy.savez(FILE, *model.get_weights())"
            ),
            (
                [0x08, 0x01, 0x12, 0x80, 0x7F],
                "this is a TensorFlow SavedModel; save the arrays of its weights with numpy.savez(FILE, NAME=ARRAY, ...)"
            ),
            (
                [28, 0, 0, 0] + Array("TFL3".utf8),
                "this is a TensorFlow Lite model; save the arrays of its weights with numpy.savez(FILE, NAME=ARRAY, ...)"
            ),
            ([0x81, 0xA6] + Array("params".utf8), flax),
            ([0xDE, 0, 20, 0xA4] + Array("step".utf8), flax),
            ([0x81, 0xA6] + Array("param".utf8), "this is no model of a known kind"),
            (
                Array("version https://git-lfs.github.com/spec/v1\noid".utf8),
                "this is a pointer of Git LFS in place of the file; git lfs pull fetches the file itself"
            ),
            (
                Array("<!DOCTYPE html>\n<html>".utf8),
                "this is a web page; download the file itself, which such pages offer as raw"
            ),
            (
                Array("MATLAB 5.0 MAT-file".utf8),
                "this is a MATLAB file; save the arrays of its weights with numpy.savez(FILE, NAME=ARRAY, ...)"
            ),
            (
                Array("GGUF".utf8),
                "this is a GGUF file, which holds a language model; this program does not read those as models"
            ),
            ([0x89] + Array("PNG\r\n\u{1A}\n".utf8), "this is a PNG picture; a model is expected here"),
            ([0xFF, 0xD8, 0xFF, 0xE0], "this is a JPEG picture; a model is expected here"),
            (Array("GIF89a".utf8), "this is a GIF picture; a model is expected here"),
            (Array("RIFF\0\0\0\0WEBP".utf8), "this is a WebP picture; a model is expected here"),
            (Array("%PDF-1.7".utf8), "this is a PDF document; this program does not read those as models"),
            (
                [0, 0, 0, 32] + Array("ftypisom".utf8),
                "this is an MP4 or MOV film; this program does not read those as models"
            ),
            ([0x1A, 0x45, 0xDF, 0xA3], "this is a WebM or Matroska film; this program does not read those as models"),
            (
                Array(#"[{"a": 1}]"#.utf8),
                "this is JSON, or looks like it, but not of a kind that holds a model"
            ),
            (Array("channels: 16".utf8), "this is no model of a known kind"),
            (Array("channels\nhidden\n".utf8), "this is no model of a known kind"),
            ([0], "this is no model of a known kind"),
        ] as [([UInt8], String)])
    func whatPeopleTryIsNamedAndRefused(bytes: [UInt8], reason: String) {
        #expect { try CheckpointFile(bytes: bytes, path: "x") } throws: {
            "\($0)"
                == "x: \(reason) (expected ckpt, distill-json, tfjs, hexells, json-lists, pytorch, pytorch-legacy, safetensors, npz, onnx or raw)"
        }
    }

    @Test func aModelIsReadFromItsFileWhateverItIsCalled() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("gnca-\(UUID().uuidString).png").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule(), provenance: ["by": "me"])
        let bytes = try NativeCheckpoint.write(checkpoint, file: path)
        try Data(bytes).write(to: URL(fileURLWithPath: path))

        let file = try CheckpointFile(path: path)
        #expect(file.format.name == "ckpt" && file.bytes == bytes && file.checkpoint == checkpoint)
        #expect(try file.sha256().count == 64)
        #expect(try Checkpoint.load(path) == checkpoint)
    }

    @Test func aMissingFileIsNamed() {
        #expect(throws: ModelError.badCheckpoint(file: "/nowhere/a.ckpt", reason: "there is no such file")) {
            try Checkpoint.load("/nowhere/a.ckpt")
        }
    }
}
