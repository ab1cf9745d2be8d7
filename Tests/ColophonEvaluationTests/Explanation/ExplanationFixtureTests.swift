import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// Against shap 0.51; see Fixtures/make/explanation.py.
@Suite struct ExplanationFixtures {
  /// shap computes trees in 64-bit numbers and rows in 32-bit ones; its own order of sums is another.
  static let tolerance = 1e-6
  static let value = (try? fixture("explanation.json")) ?? .null
  static let cases = value["cases"]?.asArray ?? []
  static let features = value["features"]?.asInteger ?? 0

  static func matrix(_ name: String, first: Int? = nil) throws -> FeatureMatrix {
    let values = try #require(value[name]).numbers
    let rows = first ?? values.count / features
    return FeatureMatrix(
      names: (0..<features).map { "x\($0)" },
      rows: rows,
      values: Array(values[..<(rows * features)])
    )
  }

  static func form(_ expected: Value) throws -> TreeForm {
    let trees = try #require(expected["trees"]?.asArray)
    let outputs = try #require(trees.first?["outputs"]?.asInteger)
    let form = TreeForm(
      trees: try trees.map { tree in
        func whole(_ name: String) throws -> [Int32] {
          try #require(tree[name]).numbers.map { Int32($0) }
        }
        return TreeForm.Tree(
          features: try whole("features"),
          thresholds: try #require(tree["thresholds"]).numbers,
          left: try whole("left"),
          right: try whole("right"),
          missingGoesLeft: try whole("left").map { _ in false },
          covers: try #require(tree["covers"]).numbers,
          values: try #require(tree["values"]).numbers,
          outputs: outputs
        )
      },
      features: features,
      outputs: outputs,
      offsets: [Double](repeating: 0, count: outputs)
    )
    return form.scaled(by: 1 / Double(trees.count))
  }

  static func gap(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func thereAreCases() { #expect(Self.cases.count == 6) }

  @Test(arguments: cases.indices)
  func treesAreAttributedTheSame(index: Int) throws {
    let expected = Self.cases[index]
    let form = try Self.form(expected)
    let rows = try Self.matrix("rows")
    let path = form.attributions(rows)
    let known = try #require(expected["path"])
    #expect(Self.gap(path.values, try #require(known["values"]).numbers) < Self.tolerance)
    #expect(Self.gap(path.base, try #require(known["base"]).numbers) < Self.tolerance)
    let other = form.attributions(rows, background: try Self.matrix("background"))
    let second = try #require(expected["interventional"])
    #expect(Self.gap(other.values, try #require(second["values"]).numbers) < Self.tolerance)
    #expect(Self.gap(other.base, try #require(second["base"]).numbers) < Self.tolerance)
    let pairs = form.interactions(rows)
    #expect(Self.gap(pairs.values, try #require(expected["interactions"]).numbers) < 2e-6)
  }

  @Test func linearModelsAreAttributedTheSame() throws {
    let expected = try #require(Self.value["linear"])
    let form = LinearForm(
      features: Self.features,
      coefficients: try #require(expected["coefficients"]).numbers,
      intercepts: [try #require(expected["intercept"]?.asNumber)]
    )
    let found = form.attributions(
      try Self.matrix("rows"),
      background: try Self.matrix("background")
    )
    #expect(Self.gap(found.values, try #require(expected["values"]).numbers) < 1e-10)
    #expect(Self.gap(found.base, [try #require(expected["base"]?.asNumber)]) < 1e-10)
  }

  /// A neighbours' regression, whose every coalition shap asks for.
  @Test func gamesAreSharedTheSame() throws {
    let expected = try #require(Self.value["kernel"])
    let shares = try NeighboursGame().shares(rows: 4, KernelShapley(samples: 1 << Self.features))
    // shap solves a regression whose weights span 10 decades; ours is a sum.
    #expect(Self.gap(shares, try #require(expected["values"]).numbers) < 1e-6)
  }

  @Test func partialDependenceIsTheSame() throws {
    let expected = try #require(Self.value["partial"])
    let grid = try #require(expected["grid"]).numbers
    let feature = try #require(expected["feature"]?.asInteger)
    let near = try NeighboursGame()
    let curves = grid.map { value in
      (0..<near.x.rows).map { row in
        var changed = Array(near.x.row(row))
        changed[feature] = value
        return near.predict(changed)
      }
    }
    let partial = PartialDependence(curves: curves)
    #expect(Self.gap(partial.mean, try #require(expected["mean"]).numbers) < 1e-9)
    #expect(Self.gap(partial.curve(0), try #require(expected["first"]).numbers) < 1e-9)
  }
}

/// The mean of the seven nearest rows' targets, as a game.
struct NeighboursGame {
  let x: FeatureMatrix
  let target: [Double]
  let background: FeatureMatrix

  init() throws {
    x = try ExplanationFixtures.matrix("x")
    target = try #require(ExplanationFixtures.value["target"]).numbers
    background = try ExplanationFixtures.matrix("background", first: 5)
  }

  func predict(_ row: [Double]) -> Double {
    let distances = (0..<x.rows).map { i in
      row.indices.reduce(0) { $0 + (row[$1] - x[i, $1]) * (row[$1] - x[i, $1]) }
    }
    let near = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(7)
    return near.reduce(0) { $0 + target[$1] } / 7
  }

  func game(_ row: [Double]) -> CoalitionGame {
    CoalitionGame(players: row.count, outputs: 1) { coalitions in
      coalitions.map { members in
        (0..<background.rows).reduce(0) { sum, other in
          sum + predict(row.indices.map { members[$0] ? row[$0] : background[other, $0] })
        } / Double(background.rows)
      }
    }
  }

  func shares(rows: Int, _ kernel: KernelShapley) throws -> [Double] {
    try (0..<rows).flatMap { row in
      var random = explanationStream(row)
      return try kernel.shares(of: game(Array(x.row(row))), drawing: &random).values
    }
  }
}
