import GNCABasics
import GNCACells
import Testing

@testable import GNCARender

/// Films show the same at the same time, whatever their frame rate.
@Suite struct RetimingTests {
    private func film(
        _ name: String, rate: FrameRate = 30, _ change: (inout ScenarioRequest) -> Void = { _ in }
    ) throws -> Timeline {
        var request = ScenarioRequest(grid: GridSize(width: 72, height: 72), frameRate: rate)
        change(&request)
        return try Scenarios.named(name).timeline(request)
    }

    private func seconds(_ film: Timeline) -> Double { film.frameRate.time(of: film.cues.count) }

    @Test(arguments: ["grow", "persist", "regen", "rotate"], ["25", "12.5", "29.97", "50", "60", "7"])
    func aFilmIsAsLongAtEveryFrameRate(name: String, rate: String) throws {
        let rate = try #require(FrameRate(parsing: rate))
        let (usual, other) = (try film(name), try film(name, rate: rate))
        #expect(abs(seconds(usual) - seconds(other)) <= 1 / rate.perSecond)
        try other.validate()
        #expect(other.cues.last?.step == usual.cues.last?.step)
        // What is seen at any time is what the other film shows then, but for the time of a frame.
        for frame in stride(from: 0, to: other.cues.count - 1, by: 5) {
            let place = Int(other.frameRate.time(of: frame) * 30 + 1e-6)
            let here = other.cues[frame].step
            #expect(here >= usual.cues[place].step)
            #expect(here <= usual.cues[min(place + 1, usual.cues.count - 1)].step)
        }
    }

    @Test(arguments: ["25", "60", "29.97"])
    func whatHappensWhileTheFilmStandsStillHappensAtItsTime(rate: String) throws {
        let rate = try #require(FrameRate(parsing: rate))
        let film = try film("regen", rate: rate)
        let cut = try #require(film.events.first { $0.name == "middle removed" })
        let first = try #require(film.cues.firstIndex { $0.step == cut.step })
        // Whole for 0.3 s, then bare for 1.2 s.
        #expect(abs(Double(cut.afterFrames) - 0.3 * rate.perSecond) <= 2)
        let bare = film.cues.count { $0.step == cut.step } - cut.afterFrames
        #expect(abs(Double(bare) - 1.2 * rate.perSecond) <= 2)
        #expect(first > 0)
    }

    @Test func aSpeedHoldsAtEveryFrameRate() throws {
        for rate in [FrameRate(30), FrameRate(25), FrameRate(60), FrameRate(30000, in: 1001)] {
            let film = try film("grow", rate: rate) {
                $0.speed = 20
                $0.holdSeconds = 0
            }
            for (frame, cue) in film.cues.dropLast().enumerated() {
                #expect(cue.step == Int(rate.time(of: frame) * 20 + 1e-6), "frame \(frame) at \(rate)")
            }
            // The last step is a frame of its own.
            #expect(abs(seconds(film) - 10) <= 2 / rate.perSecond)
        }
    }

    @Test func aFilmSlowerThanItsFramesShowsStepsSeveralTimes() throws {
        let film = try film("grow") {
            $0.steps = 3
            $0.stepsPerFrame = 0.25
            $0.holdSeconds = 0
        }
        #expect(film.cues.map(\.step) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3])
    }

    @Test(arguments: [4.0, 12.5, 60])
    func aFilmLastsAsLongAsAskedAndItsStillsKeepTheirTime(duration: Double) throws {
        let film = try film("grow") { $0.durationSeconds = duration }
        #expect(film.cues.count == Int(duration * 30))
        #expect(film.cues.count { $0.step == 200 && $0.isHeld } == 60)
        #expect(film.steps == 200)
    }

    @Test func aFilmTooShortForItsStillsIsRefused() {
        #expect(
            throws: RenderError.invalid(
                "the film cannot last 2 s: it stands still for 2 s (choose a longer duration or a shorter hold)")
        ) { try film("grow") { $0.durationSeconds = 2 } }
    }

    @Test func aFilmHasOnePace() {
        let sentence = "steps per frame, speed and duration each say how fast the film is: name one of them"
        #expect(throws: RenderError.invalid(sentence)) {
            try film("grow") { ($0.speed, $0.durationSeconds) = (30, 10) }
        }
        #expect(throws: RenderError.invalid("steps per second out of range (got 0, expected 0.001...1000000000)")) {
            try film("grow") { $0.speed = 0 }
        }
        #expect(throws: RenderError.invalid("seconds out of range (got nan, expected 0.01...100000)")) {
            try film("grow") { $0.durationSeconds = .nan }
        }
    }

    @Test func aFadeFollowsTheHoldAndIsSmoothAtEveryFrameRate() throws {
        for rate in [FrameRate(30), FrameRate(25), FrameRate(60)] {
            let film = try film("grow", rate: rate) { $0.fadeSeconds = 0.5 }
            let fades = film.cues.map(\.fade).filter { $0 > 0 }
            #expect(abs(Double(fades.count) - 0.5 * rate.perSecond) <= 2)
            #expect(fades.last == 1 && zip(fades, fades.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(abs(seconds(film) - seconds(try self.film("grow", rate: rate)) - 0.5) < 2 / rate.perSecond)
        }
    }
}
