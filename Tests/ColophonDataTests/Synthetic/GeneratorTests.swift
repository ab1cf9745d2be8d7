import ColophonCore
import ColophonData
import Testing

/// What must hold of every law that rows may be made up by.
@Suite struct EveryGenerator {
  private func generator(_ name: String, _ config: Value = [:]) throws -> any Generator {
    let type = try #require(generators[name])
    var fields = FieldReader(
      node(config).entries ?? [],
      context: "a synthetic source",
      at: SourcePosition(path: "a.md", line: 1, column: 1)
    )
    let made = type.init(reading: &fields)
    fields.finish()
    #expect(fields.diagnostics.isEmpty)
    return made
  }

  private func drawing(_ rows: Int, root: UInt64 = 0) -> SyntheticDrawing {
    SyntheticDrawing(rows: rows) { RandomStream(root: root, cell: "d", purpose: $0, index: $1) }
  }

  @Test(arguments: generators.names)
  func describesItself(name: String) throws {
    let type = try #require(generators[name])
    #expect(type.summary.hasSuffix(".") && type.summary.count > 15)
    var blank = FieldReader()
    _ = type.init(reading: &blank)
    #expect(blank.diagnostics.isEmpty)
    #expect(!blank.fields.isEmpty)
  }

  @Test(arguments: generators.names)
  func makesAFiniteNumberForEachRowAndColumn(name: String) throws {
    let made = try generator(name)
    let values = made.values(drawing(60))
    #expect(values.count == made.columns.count)
    #expect(values.allSatisfy { $0.count == 60 && $0.allSatisfy { $0.isFinite } })
    #expect(Set(made.columns).count == made.columns.count)
    #expect(made.columns.contains(made.target))
    for role in [made.time, made.group].compactMap({ $0 }) { #expect(made.columns.contains(role)) }
    if made.task.isClassification {
      let labels = values[made.columns.firstIndex(of: made.target) ?? 0]
      #expect(Set(labels).count == (made.task == .binary ? 2 : 3), "\(name)")
    }
  }

  /// A longer table begins with the rows of a shorter one, and another seed gives other rows.
  @Test(arguments: generators.names)
  func drawsEachRowForItself(name: String) throws {
    let made = try generator(name, name == "series" ? ["noise": 1] : [:])
    let (short, long) = (made.values(drawing(20)), made.values(drawing(50)))
    #expect(zip(short, long).allSatisfy { $0 == Array($1.prefix(20)) })
    #expect(made.values(drawing(20, root: 1)) != short)
  }

  @Test(arguments: generators.names)
  func isReadBackFromItsTableBitForBit(name: String) throws {
    let made = try generator(name)
    let table = try made.table(drawing(40))
    #expect(table.header == made.columns)
    let values = made.values(drawing(40))
    for (column, expected) in values.enumerated() {
      #expect((0..<40).allSatisfy { Double(table.text($0, column)) == expected[$0] })
    }
  }

  @Test func keepsToTheFormulas() throws {
    let friedman = try generator("friedman1", ["n_features": 5]).values(drawing(3000))
    // E y = 10 E sin(πuv) + 20/12 + 5 + 2.5; E sin(πuv) = 0.5246 by quadrature.
    let mean = friedman[5].reduce(0, +) / 3000
    #expect(abs(mean - (5.246 + 20.0 / 12 + 7.5)) < 0.3, "\(mean)")
    let circles = try generator("circles", ["factor": 0.5]).values(drawing(100))
    for row in 0..<100 {
      let square = circles[0][row] * circles[0][row] + circles[1][row] * circles[1][row]
      #expect(isClose(square, row % 2 == 0 ? 1 : 0.25, 1e-14))
    }
    let xor = try generator("xor").values(drawing(100))
    for row in 0..<100 {
      let differ = (xor[0][row] > 0) != (xor[1][row] > 0)
      #expect(differ == (xor[2][row] == 1))
    }
    let series = try generator("series", ["series": 2, "period": 4]).values(drawing(16))
    // A season later the first series is higher by four steps of the trend.
    #expect(isClose(series[2][8], series[2][0] + 4 * 0.05, 1e-12))
    let regression = try generator("regression", ["n_features": 3, "bias": 2]).values(drawing(50))
    #expect(regression[3].contains { $0 != 2 })
  }

  @Test func reportsSettingsThatContradictEachOther() throws {
    let wrong: [Value] = [["n_features": 3], ["n_classes": 9]]
    for config in wrong {
      var fields = FieldReader(
        node(config).entries ?? [],
        context: "a synthetic source",
        at: SourcePosition(path: "a.md", line: 1, column: 1)
      )
      _ = try #require(generators["classification"]).init(reading: &fields)
      #expect(fields.diagnostics.map { $0.code.description } == ["data.synthetic"])
      #expect(fields.diagnostics.first?.position.line == 7)
    }
  }
}
