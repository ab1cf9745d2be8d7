import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// Our attributions of the library's models against the library's own.
@Suite struct XGBoostExplanations {
  /// Of the largest contribution: the library adds 32-bit numbers up.
  static let tolerance = 1e-5

  @Test(arguments: XGBoostFixtures.cases.indices)
  func addsWhatTheLibraryAdds(index: Int) throws {
    let expected = XGBoostFixtures.cases[index]
    let name = try #require(expected["name"]?.asString)
    let job = try FixtureJob(expected)
    guard job.earlierRounds == 0 else { return }
    let recipe = read(XGBoost.self, job.hyperparameters).recipe
    let model = try #require(
      try recipe.fit(job.job, observer: SilentObserver()).model as? XGBoostModel
    )
    let rows = try #require(job.job.splits[.validation]).features
    let additive = try model.additiveModel()
    guard case .trees(let form) = additive.form else {
      return try isLinear(model, additive, rows, name)
    }
    let found = form.attributions(rows)
    let theirs = try model.libraryContributions(rows).map { Double($0) }
    let width = form.features + 1
    #expect(theirs.count == rows.rows * form.outputs * width)
    let scale = theirs.reduce(1) { max($0, $1.magnitude) }
    var gap = 0.0
    for line in 0..<rows.rows * form.outputs {
      let (row, output) = line.quotientAndRemainder(dividingBy: form.outputs)
      for j in 0..<form.features {
        gap = max(gap, abs(found[row, output, j] - theirs[line * width + j]))
      }
      gap = max(gap, abs(found.base[output] - theirs[line * width + width - 1]))
      let margin = form.sums(rows)[line]
      #expect(abs(found.total(row, output: output) - margin) < 1e-9 * scale, "\(name)")
    }
    #expect(gap < Self.tolerance * scale, "\(name): \(gap)")
  }

  /// The library doesn't centre; what both add up to is one margin.
  private func isLinear(
    _ model: XGBoostModel,
    _ additive: AdditiveModel,
    _ rows: FeatureMatrix,
    _ name: String
  ) throws {
    guard case .linear(let form) = additive.form else { return }
    let found = form.attributions(rows, background: rows)
    let theirs = try model.libraryContributions(rows).map { Double($0) }
    let outputs = form.intercepts.count
    let width = form.features + 1
    for line in 0..<rows.rows * outputs {
      let (row, output) = line.quotientAndRemainder(dividingBy: outputs)
      let sum = theirs[line * width..<(line + 1) * width].reduce(0, +)
      #expect(abs(found.total(row, output: output) - sum) < 1e-4 * max(1, abs(sum)), "\(name)")
    }
  }

  @Test func pairsAreTheLibrarys() throws {
    let expected = try #require(
      XGBoostFixtures.cases.first { $0["data"] == .string("iris") }
    )
    let job = try FixtureJob(expected)
    let recipe = read(XGBoost.self, job.hyperparameters).recipe
    let model = try #require(
      try recipe.fit(job.job, observer: SilentObserver()).model as? XGBoostModel
    )
    let rows = try #require(job.job.splits[.validation]).features
    guard case .trees(let form) = try model.additiveModel().form else { return }
    let found = form.interactions(rows)
    let theirs = try model.libraryContributions(rows, interactions: true).map { Double($0) }
    let (count, width) = (form.features, form.features + 1)
    let scale = theirs.reduce(1) { max($0, $1.magnitude) }
    for line in 0..<rows.rows * form.outputs {
      let (row, output) = line.quotientAndRemainder(dividingBy: form.outputs)
      for a in 0..<count {
        for b in 0..<count {
          let known = theirs[(line * width + a) * width + b]
          #expect(abs(found[row, output, a, b] - known) < Self.tolerance * scale)
        }
      }
    }
  }
}
