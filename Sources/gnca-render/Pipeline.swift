import GNCABasics
import GNCAExport
import GNCARaster
import GNCARender

/// The one loop: every cue of the timeline becomes one frame, drawn here and encoded by the sinks' own threads.
struct Pipeline {
    private let film: Film

    init(_ film: Film) { self.film = film }

    /// Renders the whole film, and says how many seconds that took. Outputs appear when all of them are complete; after an
    /// error or a signal, none does.
    func run() throws -> Double {
        Cancellation.install()
        let sinks = try openSinks()
        var progress = Progress(film.progress, total: film.script.frameCount)
        do {
            try Descriptors.check()
            var story = Story(of: film.script.pictures[0].timeline, names: film.pictureNames)
            let poster = try render(to: sinks, telling: &progress, recording: &story)
            for sink in sinks {
                sink.mark(story.chapters.map(Chapter.init))
                try finish(sink)
            }
            var beside: [AtomicFile] = []
            defer { for file in beside { file.cancel() } }
            if let poster, let path = film.posterPath { beside.append(try sealed(poster, path)) }
            if let path = film.captionsPath { beside.append(try sealed(captions(story), path)) }
            try stopIfAsked()
            try Publication.publish(sinks + beside)
            progress.clear()
            if !film.isQuiet { sinks.flatMap(\.notes).forEach(note) }
            return progress.elapsed
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
                sinks.append(try output.format.open(output.destination, film.description, output.encoding))
            }
        } catch {
            for sink in sinks { sink.cancel() }
            throw error
        }
        return sinks
    }

    /// Draws every frame and hands it to the sinks. Returns the poster as PNG bytes, if one is wanted.
    private func render(
        to sinks: [any FrameSink], telling progress: inout Progress, recording story: inout Story
    ) throws -> [UInt8]? {
        // Encoders have their threads by now. One of ours is this one, and every sink gets one.
        let threads = max(1, 1 + WorkThread.available(film.threads - 1 + sinks.count) - sinks.count)
        let simulations = try film.script.pictures.map { picture in
            try Simulation(
                rule: film.models[picture.model].checkpoint.rule, timeline: picture.timeline,
                randomSeed: picture.randomSeed, threads: threads, recordsTrace: film.compositor.needsTrace,
                recordsLineage: film.compositor.needsLineage, onBlowUp: film.onBlowUp)
        }
        let relay = FrameRelay(sinks: sinks, width: film.compositor.width, height: film.compositor.height)
        var poster: [UInt8]?
        do {
            for index in 0..<film.script.frameCount {
                try stopIfAsked()
                let box = try relay.next()
                try draw(simulations, into: box, recording: &story)
                if film.posterPath != nil, index == film.posterFrame { poster = try posterPNG(box.frame) }
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

    /// A search for a size may take longer than the film.
    private func finish(_ sink: any FrameSink) throws {
        sink.watch { Cancellation.signal != nil }
        do {
            try sink.finish()
        } catch {
            try stopIfAsked()
            throw error
        }
    }

    private func stopIfAsked() throws(CommandError) {
        if let signal = Cancellation.signal {
            throw .interrupted(signal: signal, intoStandardOutput: film.usesStandardOutput)
        }
    }

    /// A file on the disk, waiting for its name.
    private func sealed(_ bytes: [UInt8], _ path: String) throws -> AtomicFile {
        let file = try AtomicFile(path: path, overwrite: film.overwrite)
        try file.write(bytes)
        try file.seal()
        return file
    }

    /// What happens, as a WebVTT file.
    private func captions(_ story: Story) -> [UInt8] {
        let told = story.passages.filter { !$0.words.isEmpty }.map(Chapter.init)
        return Array(WebVTT.text(told, frameRate: film.description.frameRate).utf8)
    }

    private func posterPNG(_ frame: Frame) throws -> [UInt8] {
        try ImageFile.encodePNG(
            frame, metadata: film.metadata.map { (key: $0.key, value: $0.value) },
            file: film.posterPath ?? "poster")
    }

    /// One frame: the next snapshot of every model, composed.
    private func draw(_ simulations: [Simulation], into box: FrameRelay.Box, recording story: inout Story) throws {
        var snapshots: [Snapshot] = []
        snapshots.reserveCapacity(simulations.count)
        for (simulation, picture) in zip(simulations, film.script.pictures) {
            do {
                if let snapshot = try simulation.next() { snapshots.append(snapshot) }
            } catch {
                throw film.models[picture.model].explained(error)
            }
        }
        story.record(snapshots)
        try film.compositor.draw(snapshots, into: &box.frame, isOwn: box.isDrawn)
        box.isDrawn = true
    }
}

extension Chapter {
    fileprivate init(_ passage: Story.Passage) { self.init(title: passage.words, frames: passage.frames) }
}
