import ColophonCore

extension ManifestDiff {
  static func notebook(_ was: Manifest, _ now: Manifest) -> [Line] {
    func value(_ notebook: Manifest.Notebook) -> Value {
      [
        "path": .string(notebook.path), "title": .string(notebook.title),
        "digest": .string(notebook.digest.short),
      ]
    }
    return lines(.notebook, value(was.notebook), value(now.notebook))
  }

  static func parameters(_ was: Manifest, _ now: Manifest) -> [Line] {
    func value(_ seed: UInt64) -> Value {
      Int(exactly: seed).map { .integer($0) } ?? .string(String(seed))
    }
    let seeds = ValueChange.between(value(was.seed), value(now.seed), at: "seed").map {
      Line(section: .parameters, path: $0.path, was: $0.was, now: $0.now)
    }
    return lines(.parameters, .object(was.parameters), .object(now.parameters)) + seeds
  }

  /// Cells that only one report has, or whose kind, status or promise differs.
  static func cells(_ was: Manifest, _ now: Manifest) -> [Line] {
    func value(_ cell: Manifest.Cell) -> Value {
      [
        "kind": .string(cell.kind), "status": .string(cell.status.rawValue),
        "reproducibility": .string(cell.reproducibility.rawValue),
      ]
    }
    return names(was, now).flatMap { name -> [Line] in
      switch (was[cell: name], now[cell: name]) {
      case (let a?, let b?): lines(.cells, value(a), value(b), under: name)
      case (let a?, nil): [Line(section: .cells, path: name, was: .string(a.kind), now: nil)]
      case (nil, let b?): [Line(section: .cells, path: name, was: nil, now: .string(b.kind))]
      case (nil, nil): []
      }
    }
  }

  static func configuration(_ was: Manifest, _ now: Manifest) -> [Line] {
    // A record read from `output/NAME.json` carries no configuration: then there is nothing to say.
    shared(was, now) { name, a, b in
      guard let a = a.configuration, let b = b.configuration else { return [] }
      return lines(.configuration, a, b, under: name)
    }
  }

  static func data(_ was: Manifest, _ now: Manifest) -> [Line] {
    Set(was.data.keys).union(now.data.keys).sorted().filter { was.data[$0] != now.data[$0] }.map {
      Line(
        section: .data,
        path: $0,
        was: was.data[$0].map { .string($0.short) },
        now: now.data[$0].map { .string($0.short) }
      )
    }
  }

  static func engine(_ was: Manifest, _ now: Manifest) -> [Line] {
    func value(_ engine: Manifest.Engine) -> Value {
      [
        "version": .string(engine.version),
        "libraries": .object(engine.libraries.mapValues { .string($0) }),
      ]
    }
    return lines(.engine, value(was.engine), value(now.engine))
  }

  static func results(_ was: Manifest, _ now: Manifest) -> [Line] {
    shared(was, now) { name, a, b in
      let values = lines(.results, .object(a.values), .object(b.values), under: name)
      if !values.isEmpty || a.output == b.output { return values }
      // Equal values over another artifact or another drawing.
      return [
        Line(
          section: .results,
          path: "\(name) (output)",
          was: a.output.map { .string($0.short) },
          now: b.output.map { .string($0.short) }
        )
      ]
    }
  }

  private static func lines(
    _ section: Section,
    _ was: Value,
    _ now: Value,
    under prefix: String = ""
  ) -> [Line] {
    ValueChange.between(was, now, at: prefix).map {
      Line(section: section, path: $0.path, was: $0.was, now: $0.now)
    }
  }

  private static func shared(
    _ was: Manifest,
    _ now: Manifest,
    _ compare: (String, Manifest.Cell, Manifest.Cell) -> [Line]
  ) -> [Line] {
    was.cells.flatMap { cell in now[cell: cell.name].map { compare(cell.name, cell, $0) } ?? [] }
  }

  /// The cells of the first report in its order, then those that only the second one has.
  private static func names(_ was: Manifest, _ now: Manifest) -> [String] {
    let first = was.cells.map { $0.name }
    let known = Set(first)
    return first + now.cells.map { $0.name }.filter { !known.contains($0) }
  }
}
