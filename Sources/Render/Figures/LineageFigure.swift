import GNCABasics
import GNCACells
import GNCARaster

/// Families of cells at chosen steps; the whole tree as numbers.
struct LineageFigure: PanelFigure, NumberedFigure {
    static let name = "lineage"
    static let summary = "families of cells: whose descendants live where, and every cell's mother as JSON"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.steps, .angle, .columns, .caption, .data] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 4)
    static let forms = [FigureNumbers.Form.json, .csv]

    private static let defaultSteps = [10, 20, 40, 80, 200]
    private static let mostSteps = 10_000

    let panels: PanelGrid
    private let lineage: Lineage
    private let grid: GridSize

    init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        if let step = steps.first(where: { $0 > Self.mostSteps }) {
            throw RenderError.option(.steps, "is out of range (got \(step), expected 0...\(Self.mostSteps))")
        }
        var run = try FigureRun(asAsked: request.models[0], request)
        run.recordsLineage = true
        let colours = LineageColours(request.palette)
        let snapshots = try run.snapshots(at: steps)
        let pictures = snapshots.map { snapshot -> PanelGrid.Panel in
            var mosaic = Mosaic(width: request.grid.width, height: request.grid.height)
            colours.paint(snapshot, into: &mosaic)
            return .cells(mosaic)
        }
        let last = snapshots.max { $0.step < $1.step }
        lineage = try last?.lineage ?? Lineage(rule: request.models[0].rule, grid: request.grid)
        grid = request.grid
        let titles = try request.captions("step", steps.map { "step \($0)" })
        var panels = PanelGrid(request, columns: try request.columns(steps.count, most: 8), panels: pictures)
        panels.titles = titles
        if request.showsCaptions { panels.key = .swatches(colours.swatches) }
        self.panels = panels
    }

    var numbers: FigureNumbers { FigureNumbers(table: table, json: json) }

    var finding: String? {
        let deepest = lineage.members.map(\.generation).max() ?? 0
        let clans = Set(lineage.living.filter { $0 >= 0 }.compactMap { lineage.members[$0].clan })
        return "\(lineage.members.count) cells lived in \(deepest) generations; those that live descend from "
            + "\(clans.count) of the seed's children"
    }

    /// A line a cell's life.
    private var table: String {
        var lines = ["id,mother,x,y,born,died,generation,family"]
        for (id, member) in lineage.members.enumerated() {
            let place = ["\(member.cell % grid.width)", "\(member.cell / grid.width)"]
            let words = [member.mother, nil, member.died, member.clan].map { $0.map { "\($0)" } ?? "" }
            lines.append(
                (["\(id)", words[0]] + place + ["\(member.born)", words[2], "\(member.generation)", words[3]])
                    .joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var json: JSONValue {
        func number(_ value: Int?) -> JSONValue { value.map { .number("\($0)") } ?? .null }
        let cells = lineage.members.enumerated().map { id, member -> JSONValue in
            [
                "id": number(id), "mother": number(member.mother), "x": number(member.cell % grid.width),
                "y": number(member.cell / grid.width), "born": number(member.born), "died": number(member.died),
                "generation": number(member.generation), "family": number(member.clan),
            ]
        }
        return ["width": number(grid.width), "height": number(grid.height), "cells": .array(cells)]
    }
}
