import ArgumentParser
import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender

/// A command that reads or writes files.
protocol FileUser: ParsableCommand {
    /// Every file of a run: all that its command line names, and all that follows from that. Nothing is read but a
    /// scenario file, which may name masks. Throws where that cannot be read, or where the command line does not say what
    /// is written.
    func files() throws -> RunFiles
}

extension FileUser {
    /// Before any work begins. Throws `CommandError.usage` where the run would replace what it reads, or write two outputs
    /// into one file. What killed runs have left of the outputs goes, even where the run will be refused for what is there:
    /// no other run may ever come.
    func prepareFiles() throws {
        let files = try files()
        if let conflict = files.conflict { throw CommandError.usage(conflict) }
        for use in files.uses where use.isWritten {
            if case .stills = use.kind {
                OutputFiles(use.path).removeLeftovers()
            } else {
                AtomicFile.removeLeftovers(of: use.path)
            }
        }
    }
}

extension RunFiles {
    /// The run reads a model file; FILE#NAME is an entry of FILE, where no file is called so.
    mutating func read(model path: String, as role: String = "the model") {
        let mark = path.utf8.lastIndex(of: UInt8(ascii: "#"))
        let isEntry = !FileSystem.exists(path) && mark != nil
        read(isEntry ? String(path.unicodeScalars[..<(mark ?? path.endIndex)]) : path, as: role)
    }

    /// The run reads a target: a picture's file, for emoji and texts are none. `font`: of a text.
    mutating func read(target: String, font: String? = nil) {
        if case .file(let path) = TargetWord(target, font: font) { read(path, as: "the target") }
    }

    /// The run reads the picture that damage erases by.
    mutating func read(maskOf shape: DamageShape) {
        if case .image(let picture) = shape { read(picture, as: "the mask") }
    }

    /// The same of what happens in a scenario.
    mutating func read(masksOf action: TimelineEntry.Action) {
        switch action {
        case .erase(let shape), .noise(let shape): read(maskOf: shape)
        default: break
        }
    }
}
