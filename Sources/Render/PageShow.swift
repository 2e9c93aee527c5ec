import GNCABasics
import GNCACells

/// A timeline as live pages play it: what the run begins with, what happens to it, and how fast the film goes.
public struct PageShow: Sendable {
    private let timeline: Timeline
    /// Whether the page goes as fast as the film, rather than at its reader's speed.
    private let keepsPace: Bool

    /// Frames of the film between two entries of the pace.
    private static let interval = 6

    /// `timeline`: at the scenarios' own frame rate.
    public init(_ timeline: Timeline, keepsPace: Bool) {
        self.timeline = timeline
        self.keepsPace = keepsPace
    }

    /// Members of the page's data, about `most` bytes. Throws `RenderError.invalid` where they are more.
    public func members(most: Int) throws(RenderError) -> [(name: String, value: String)] {
        var seeds: [String] = []
        var settings: [(name: String, value: String)] = []
        // What stands at step 0 before anything else is what the run begins with.
        var first = 0
        opening: while first < timeline.events.count, timeline.events[first].step == 0 {
            switch timeline.events[first].action {
            case .plantSeed(let x, let y): seeds.append(JSONText.object(["x": "\(x)", "y": "\(y)"]))
            case .angle(let radians): settings.append(("angle", PageShow.degrees(radians)))
            case .fireRate(let rate): settings.append(("fireRate", "\(rate)"))
            case .edges(let edges): settings.append(("padding", JSONText.quoted(edges.rawValue)))
            case .erase, .noise, .clear, .roll, .deathRate: break opening
            }
            first += 1
        }
        var events: [String] = []
        var size = 0
        for event in timeline.events[first...] {
            for members in event.action.members(on: timeline.grid) {
                events.append(JSONText.object([("at", "\(event.step)")] + members))
                size += events[events.count - 1].utf8.count
            }
            guard size <= most else {
                throw .invalid(
                    "the show has more damage than a page can hold (limit \(most / 1_000_000) MB; fewer events, or masks with "
                        + "fewer edges)")
            }
        }
        return [
            ("width", "\(timeline.grid.width)"), ("height", "\(timeline.grid.height)"),
            ("seeds", JSONText.list(seeds)),
        ] + settings + [("events", JSONText.list(events))] + (keepsPace ? [("pace", pace)] : [])
    }

    /// Steps done after every fifth of a second.
    private var pace: String {
        let frames = Array(stride(from: 0, to: timeline.cues.count, by: PageShow.interval)) + [timeline.cues.count - 1]
        return JSONText.list(frames.map { "\(timeline.cues[$0].step)" })
    }

    /// The angle that gives the same 32 bits in radians.
    fileprivate static func degrees(_ radians: Float) -> String {
        let degrees = Double(radians) * 180 / .pi
        let whole = degrees.rounded()
        return Float(whole * .pi / 180) == radians ? "\(Int(whole))" : "\(degrees)"
    }
}

extension TimelineEvent.Action {
    /// Each a list of members, as scenario files spell what happens.
    fileprivate func members(on grid: GridSize) -> [[(name: String, value: String)]] {
        switch self {
        case .plantSeed(let x, let y): [[("plant", JSONText.object(["x": "\(x)", "y": "\(y)"]))]]
        case .erase(let mask): [[("erase", JSONText.list(Self.rectangles(mask, on: grid).map(JSONText.quoted)))]]
        case .noise(let mask):
            Self.rectangles(mask, on: grid).map { [("noise", JSONText.quoted($0))] }
        case .clear: [[("clear", "true")]]
        case .roll(let rows, let cells):
            [
                [
                    (
                        "roll",
                        JSONText.object([
                            "rows": JSONText.quoted("\(rows.lowerBound)-\(rows.upperBound - 1)"), "cells": "\(cells)",
                        ])
                    )
                ]
            ]
        case .angle(let radians): [[("angle", PageShow.degrees(radians))]]
        case .fireRate(let rate): [[("fire-rate", "\(rate)")]]
        case .deathRate(let rate): [[("death-rate", "\(rate)")]]
        case .edges(let edges): [[("padding", JSONText.quoted(edges.rawValue))]]
        }
    }

    /// The cells of a mask as "rect:X,Y,W,H": runs of a row, and equal ones below each other together.
    static func rectangles(_ mask: [UInt8], on grid: GridSize) -> [String] {
        var open: [Range<Int>: Int] = [:]
        var result: [String] = []
        for y in 0...grid.height {
            var runs: Set<Range<Int>> = []
            var x = 0
            while y < grid.height, x < grid.width {
                guard mask[y * grid.width + x] == 1 else {
                    x += 1
                    continue
                }
                let start = x
                while x < grid.width, mask[y * grid.width + x] == 1 { x += 1 }
                runs.insert(start..<x)
            }
            for run in open.keys.sorted(by: { $0.lowerBound < $1.lowerBound }) where !runs.contains(run) {
                guard let top = open.removeValue(forKey: run) else { continue }
                result.append("rect:\(run.lowerBound),\(top),\(run.count),\(y - top)")
            }
            for run in runs where open[run] == nil { open[run] = y }
        }
        return result
    }
}
