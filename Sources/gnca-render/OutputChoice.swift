import GNCABasics
import GNCAExport

/// Which format each `-o` means.
struct OutputChoice {
    let format: any OutputFormat.Type
    let destination: Destination

    static func resolve(_ options: OutputOptions) throws -> [OutputChoice] {
        guard !options.outputs.isEmpty else {
            throw CommandError.usage("no output is named (add -o FILE, as -o film.mp4)")
        }
        guard options.outputs.filter({ $0 == "-" }).count <= 1 else {
            throw CommandError.usage("standard output can be named once (-o -)")
        }
        return try options.outputs.map { output in
            let format = try format(for: output, named: options.format)
            let destination: Destination =
                output == "-" ? .standardOutput : .path(output, overwrite: options.overwrite)
            return OutputChoice(format: format, destination: destination)
        }
    }

    /// Throws where a film's name stands among the models and no such file is there: -o was forgotten.
    static func checkNoOutput(isAmong models: [String]) throws {
        for name in models where OutputFormats.forPath(name) != nil && access(name, F_OK) != 0 {
            throw CommandError.usage("\(name): there is no such model (an output is named with -o, as -o \(name))")
        }
    }

    private static func format(for output: String, named name: String?) throws -> any OutputFormat.Type {
        let known = OutputFormats.all.map { $0.name }.joined(separator: ", ")
        if let name {
            guard let format = OutputFormats.named(name) else {
                throw CommandError.usage("there is no format \"\(name)\" (there are: \(known))")
            }
            return format
        }
        guard output != "-" else {
            throw CommandError.usage("-o - needs --format (one of: \(streaming))")
        }
        guard let format = OutputFormats.forPath(output) else {
            throw CommandError.usage(
                "\(output): no format has this extension (name one of: \(known) with --format, or end a folder in /)")
        }
        return format
    }

    private static var streaming: String {
        OutputFormats.all.filter { $0.streams }.map { $0.name }.joined(separator: ", ")
    }
}
