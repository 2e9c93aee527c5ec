import GNCABasics
import GNCAExport
import GNCARaster
import GNCARender

/// The one loop: every cue of the timeline becomes one frame, drawn here and encoded by the sinks' own threads.
struct Pipeline {
    private let film: Film

    init(_ film: Film) { self.film = film }

    /// Renders the whole film. Outputs appear when all of them are complete; after an error or a signal, none does.
    func run() throws {
        Cancellation.install()
        let sinks = try openSinks()
        var progress = Progress(film.progress, total: film.script.frameCount)
        do {
            try Descriptors.check()
            let poster = try render(to: sinks, telling: &progress)
            for sink in sinks { try sink.finish() }
            let posterFile = try poster.map(sealedPoster)
            try stopIfAsked()
            try Publication.publish(sinks + (posterFile.map { [$0] } ?? []))
            progress.finish(outputs: film.outputs.map(\.destination.name))
        } catch {
            progress.clear()
            for sink in sinks { sink.cancel() }
            throw error
        }
    }

    private func openSinks() throws -> [any FrameSink] {
        var sinks: [any FrameSink] = []
        do {
            for output in film.outputs {
                sinks.append(try output.format.open(output.destination, film.description, film.encoding))
            }
        } catch {
            for sink in sinks { sink.cancel() }
            throw error
        }
        return sinks
    }

    /// Draws every frame and hands it to the sinks. Returns the poster as PNG bytes, if one is wanted.
    private func render(to sinks: [any FrameSink], telling progress: inout Progress) throws -> [UInt8]? {
        // Encoders have their threads by now. One of ours is this one, and every sink gets one.
        let threads = max(1, 1 + WorkThread.available(film.threads - 1 + sinks.count) - sinks.count)
        let simulations = try film.script.pictures.enumerated().map { index, picture in
            try Simulation(
                rule: film.models[picture.model].checkpoint.rule, timeline: picture.timeline,
                randomSeed: film.script.ownRandomness ? film.randomSeed &+ UInt32(index) : film.randomSeed,
                threads: threads,
                recordsTrace: film.compositor.needsTrace, onBlowUp: film.onBlowUp)
        }
        let relay = FrameRelay(sinks: sinks, width: film.compositor.width, height: film.compositor.height)
        var poster: [UInt8]?
        do {
            for index in 0..<film.script.frameCount {
                try stopIfAsked()
                let box = try relay.next()
                try draw(simulations, into: &box.frame)
                if index == film.posterFrame { poster = try posterPNG(box.frame) }
                relay.send(box)
                progress.report(done: index + 1)
            }
        } catch {
            try? relay.join()
            throw error
        }
        try relay.join()
        return poster
    }

    private func stopIfAsked() throws(CommandError) {
        if let signal = Cancellation.signal {
            throw .interrupted(signal: signal, intoStandardOutput: film.usesStandardOutput)
        }
    }

    /// The poster on the disk, waiting for its name.
    private func sealedPoster(_ bytes: [UInt8]) throws -> AtomicFile {
        let file = try AtomicFile(path: film.posterPath ?? "poster.png", overwrite: film.overwrite)
        try file.write(bytes)
        try file.seal()
        return file
    }

    private func posterPNG(_ frame: Frame) throws -> [UInt8] {
        try ImageFile.encodePNG(
            frame, metadata: film.encoding.metadata.map { (key: $0.key, value: $0.value) },
            file: film.posterPath ?? "poster")
    }

    /// One frame: the next snapshot of every model, composed.
    private func draw(_ simulations: [Simulation], into frame: inout Frame) throws {
        var snapshots: [Snapshot] = []
        snapshots.reserveCapacity(simulations.count)
        for (simulation, picture) in zip(simulations, film.script.pictures) {
            do {
                if let snapshot = try simulation.next() { snapshots.append(snapshot) }
            } catch {
                throw film.models[picture.model].explained(error)
            }
        }
        try film.compositor.draw(snapshots, into: &frame)
    }
}
