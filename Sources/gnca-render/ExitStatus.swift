import ArgumentParser
import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender

/// The C library's `exit`, under a name that `ExitStatus.exit` does not hide.
private func terminate(_ code: Int32) -> Never { exit(code) }

/// What goes wrong between flags and modules.
enum CommandError: Error, CustomStringConvertible {
    /// Flags that make no sense together; a sentence.
    case usage(String)
    /// Input that cannot be used; a sentence.
    case badData(String)
    /// Standard output could not be written.
    case standardOutput(code: Int32)
    /// A signal asked for an end, and everything was tidied up but what went to standard output.
    case interrupted(signal: Int32, intoStandardOutput: Bool = false)
    /// A signal asked a training for an end; `resume`: the command that goes on.
    case paused(signal: Int32, resume: String)
    /// Another batch holds the records.
    case busy(String)
    /// A signal asked a batch for an end.
    case batchStopped(signal: Int32, done: Int, of: Int)
    /// A table of the jobs that failed.
    case jobsFailed(String)
    /// A process could not be started.
    case cannotStart(SystemFault)
    /// The process may open so few files that the libraries underneath would crash.
    case tooFewDescriptors

    var description: String {
        switch self {
        case .usage(let sentence), .badData(let sentence), .busy(let sentence), .jobsFailed(let sentence): sentence
        case .standardOutput(let code): "standard output: writing failed: \(Platform.reason(code))"
        case .interrupted(let signal, false): "stopped by \(Cancellation.name(signal)); nothing was written"
        case .interrupted(let signal, true):
            "stopped by \(Cancellation.name(signal)); no file was written, and what standard output has got is of no use"
        case .paused(let signal, let resume): "stopped by \(Cancellation.name(signal)); this goes on:\n  \(resume)"
        case .batchStopped(let signal, let done, let count):
            "stopped by \(Cancellation.name(signal)); \(done) of \(count) jobs are done, and the same command goes on from there"
        case .tooFewDescriptors:
            "this process may open fewer than \(Descriptors.least) more files (a higher limit is set with ulimit -n)"
        case .cannotStart(let fault): "a process cannot be started: \(fault.reason)"
        }
    }

}

/// Exit codes, after sysexits.h; 1 where jobs of a batch have failed.
enum ExitStatus {
    static let jobsFailed: Int32 = 1
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let encoderMissing: Int32 = 69
    static let internalError: Int32 = 70
    static let cannotCreate: Int32 = 73
    static let inputOutput: Int32 = 74
    static let closedPipe: Int32 = 141

    /// Says what went wrong in one line on standard error, and ends the program with the code for it.
    static func exit(for error: any Error) -> Never {
        var code = code(for: error)
        switch error {
        case ExportError.closedPipe: break
        case CommandError.paused, CommandError.jobsFailed: complain("\(error)", keepsLines: true)
        case let error as CommandError: complain("\(error)")
        case let error as RenderError: complain(error.sentence)
        case is ModelError, is RasterError, is ExportError, is WriteFault, is YAMLFileError:
            complain(Remedies.message(error))
        default: explain(parserError: error)
        }
        if fflush(nil) != 0, code == 0 {
            let failure = CommandError.standardOutput(code: errno)
            code = Self.code(for: failure)
            if code != closedPipe { complain("\(failure)") }
        }
        terminate(code)
    }

    /// The exit code for any error that a subcommand may throw.
    static func code(for error: any Error) -> Int32 {
        switch error {
        case let error as CommandError: code(for: error)
        case let error as ExportError: code(for: error)
        case let error as WriteFault: code(for: error)
        case let error as ModelError: code(for: error)
        case let error as RasterError: code(for: error)
        case RenderError.undrawable, RenderError.unusable: badData
        case RenderError.unavailable: encoderMissing
        case RenderError.drawing: internalError
        case RenderError.unopenedFont: inputOutput
        case is RenderError: usage
        case is YAMLFileError: badData
        default: RootCommand.exitCode(for: error).rawValue
        }
    }

    private static func code(for error: CommandError) -> Int32 {
        switch error {
        case .usage: usage
        case .badData: badData
        case .busy: cannotCreate
        case .standardOutput(let code): code == EPIPE ? closedPipe : inputOutput
        case .interrupted(let signal, _), .paused(let signal, _), .batchStopped(let signal, _, _): 128 + signal
        case .jobsFailed: jobsFailed
        case .tooFewDescriptors: inputOutput
        case .cannotStart: internalError
        }
    }

    private static func code(for error: ExportError) -> Int32 {
        switch error {
        case .invalid: usage
        case .encoderMissing, .muxerMissing: encoderMissing
        case .file(let fault): code(for: fault)
        case .closedPipe: closedPipe
        case .encoding: internalError
        }
    }

    private static func code(for error: WriteFault) -> Int32 {
        switch error {
        case .existsAlready, .cannotCreate: cannotCreate
        case .writeFailed: inputOutput
        }
    }

    private static func code(for error: ModelError) -> Int32 {
        switch error {
        case .cannotWrite: cannotCreate
        case .outOfRange, .badDialect, .impossible: usage
        case .wrongShape, .nonFiniteWeights, .invisibleTarget, .blowUp, .badCheckpoint, .unsettled: badData
        }
    }

    private static func code(for error: RasterError) -> Int32 {
        switch error {
        case .unreadableImage, .undrawableText: badData
        case .unwritableImage: cannotCreate
        case .drawing: internalError
        case .unopenedFont: inputOutput
        }
    }

    /// What went wrong, without the program's name.
    static func sentence(of error: any Error) -> String {
        (error as? RenderError)?.sentence ?? Remedies.message(error)
    }

    /// One line on standard error in the program's name, or several that are meant to be.
    static func complain(_ sentence: String, keepsLines: Bool = false) {
        tell("gnca-render: \(sentence)", keepsLines: keepsLines)
    }

    /// Help and version go to standard output; what the argument parser refuses goes to standard error.
    private static func explain(parserError error: any Error) {
        if RootCommand.exitCode(for: error).isSuccess {
            let message = RootCommand.fullMessage(for: error)
            // The parser knows the bare number alone: looking for libraries would cost time at every start.
            sayLines(message == programVersion ? VersionCommand.text : message)
        } else {
            let words = Platform.arguments[...]
            let fault = ParserFault(error, words: Array(words))
            let help = " (gnca-render \(FirstWord.subcommand(words)) --help shows the options)"
            complain(fault.sentence + (fault.key == nil ? help : ""))
        }
    }
}
