/// Reference lines, the diagonal and named points, which line and scatter charts share.
struct ChartAnnotations {
  let rules: [ChartRule]
  let marks: [ChartMark]
  let diagonal: String?

  /// What lies under the data.
  func drawUnder(_ frame: PlotFrame, into sketch: inout Sketch) {
    if diagonal != nil, let ends = ChartAnnotations.diagonal(of: frame) {
      var path = PathText()
      path.move(to: ends.0)
      path.line(to: ends.1)
      sketch.path(.chance, path: path)
    }
    for rule in rules {
      guard let (a, b) = ends(of: rule, in: frame) else { continue }
      sketch.line(.rule, from: a, to: b)
    }
    for mark in marks where mark.drops {
      guard let place = frame.place(mark.x, mark.y), frame.plot.contains(place) else { continue }
      sketch.line(.drop, from: place, to: Place(x: place.x, y: frame.plot.bottom))
    }
  }

  /// Where the lines run, for labels to keep off.
  func places(in frame: PlotFrame) -> [Place] {
    let lines = rules.compactMap { ends(of: $0, in: frame) }
    let diagonals = diagonal == nil ? nil : ChartAnnotations.diagonal(of: frame)
    return (lines + [diagonals].compactMap { $0 }).flatMap { Thinning.walked([$0.0, $0.1]) }
  }

  /// The points and every label, once the places of the curves are known to the placer.
  func drawOver(
    _ frame: PlotFrame,
    placer: inout LabelPlacer,
    into sketch: inout Sketch
  ) {
    for mark in marks {
      guard let place = frame.place(mark.x, mark.y), frame.plot.contains(place) else { continue }
      sketch.circle(.mark, at: place, radius: 4)
      placer.avoid(Box(x: place.x - 5, y: place.y - 5, width: 10, height: 10))
    }
    for mark in marks {
      guard let place = frame.place(mark.x, mark.y), frame.plot.contains(place) else { continue }
      draw(mark.label, LabelPlacer.around(place), .direct, &placer, into: &sketch)
    }
    for rule in rules {
      guard let label = rule.label, let (a, b) = ends(of: rule, in: frame) else { continue }
      let spots =
        rule.direction == .vertical ? ChartAnnotations.beside(a, b) : LabelPlacer.along([a, b])
      draw(label, spots, .label, &placer, into: &sketch)
    }
    if let diagonal, let ends = ChartAnnotations.diagonal(of: frame) {
      draw(diagonal, ChartAnnotations.under(ends.0, ends.1), .label, &placer, into: &sketch)
    }
  }

  private func draw(
    _ label: String,
    _ candidates: [LabelPlacer.Candidate],
    _ style: CSSClass,
    _ placer: inout LabelPlacer,
    into sketch: inout Sketch
  ) {
    guard !label.isEmpty, let spot = placer.place(label, candidates) else { return }
    sketch.text(label, style, .halo, at: spot.place, anchor: spot.anchor)
  }

  private func ends(of rule: ChartRule, in frame: PlotFrame) -> (Place, Place)? {
    let plot = frame.plot
    switch rule.direction {
    case .vertical:
      guard let x = frame.x.position(rule.value), x >= plot.x - 0.1, x <= plot.right + 0.1 else {
        return nil
      }
      return (Place(x: x, y: plot.y), Place(x: x, y: plot.bottom))
    case .horizontal:
      guard let y = frame.y.position(rule.value), y >= plot.y - 0.1, y <= plot.bottom + 0.1 else {
        return nil
      }
      return (Place(x: plot.x, y: y), Place(x: plot.right, y: y))
    }
  }

  /// The part of y = x that the plot shows.
  private static func diagonal(of frame: PlotFrame) -> (Place, Place)? {
    let low = max(frame.x.lower, frame.y.lower)
    let high = min(frame.x.upper, frame.y.upper)
    guard low < high, let a = frame.place(low, low), let b = frame.place(high, high) else {
      return nil
    }
    return (a, b)
  }

  private static func beside(_ top: Place, _ bottom: Place) -> [LabelPlacer.Candidate] {
    [0.06, 0.2, 0.4, 0.6, 0.8].enumerated().flatMap { step, share in
      let y = top.y + (bottom.y - top.y) * share
      return [
        LabelPlacer.Candidate(
          place: Place(x: top.x + 5, y: y),
          anchor: .start,
          cost: Double(step) * 2
        ),
        LabelPlacer.Candidate(
          place: Place(x: top.x - 5, y: y),
          anchor: .end,
          cost: Double(step) * 2 + 0.5
        ),
      ]
    }
  }

  private static func under(_ a: Place, _ b: Place) -> [LabelPlacer.Candidate] {
    [0.7, 0.55, 0.85, 0.4, 0.25].enumerated().flatMap { step, share in
      let x = a.x + (b.x - a.x) * share
      let y = a.y + (b.y - a.y) * share
      return [
        LabelPlacer.Candidate(
          place: Place(x: x + 8, y: y + 14),
          anchor: .start,
          cost: Double(step) * 2
        ),
        LabelPlacer.Candidate(
          place: Place(x: x - 8, y: y - 8),
          anchor: .end,
          cost: Double(step) * 2 + 1
        ),
      ]
    }
  }
}
