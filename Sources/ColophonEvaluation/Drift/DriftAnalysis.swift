/// Which of some columns have moved, by some tests.
///
/// A column has drifted where a measure of size (`psi`, `js`, `wasserstein`) is beyond its bound
/// and, as far as tests of chance (`ks`, `chi2`) were made, one of them rules chance out: large and
/// no accident. With tests of one sort alone that sort decides.
package struct DriftAnalysis: Sendable {
  /// What one test says of a column.
  package struct Finding: Sendable {
    package var test: DriftTest
    /// Nil where undefined.
    package var reading: DriftTest.Reading?
    /// The corrected p-value, for a test of chance.
    package var adjusted: Double?
    package var bound: Double
    package var isBeyond: Bool
  }

  /// What all tests say of a column.
  package struct Verdict: Sendable {
    package var column: String
    package var pair: DriftPair
    package var findings: [Finding]
    package var isDrifted: Bool

    /// What the test of that name says.
    package subscript(test: String) -> Finding? { findings.first { $0.test.name == test } }
  }

  package let correction: DriftCorrection
  package let verdicts: [Verdict]

  /// `bounds` are those that differ from the tests' own; p-values are corrected over all columns
  /// and tests together.
  package init(
    _ columns: [(name: String, pair: DriftPair)],
    tests: [DriftTest],
    bounds: [String: Double] = [:],
    correction: DriftCorrection = .holm
  ) {
    self.correction = correction
    let readings = columns.map { column in
      tests.filter { !$0.needsNumbers || column.pair.isNumeric }.map { ($0, $0.read(column.pair)) }
    }
    let pValues = readings.flatMap { $0.compactMap { $0.1?.pValue } }
    var adjusted = correction.adjusted(pValues)[...]
    verdicts = zip(columns, readings).map { column, readings in
      let findings = readings.map { test, reading -> Finding in
        let bound = bounds[test.name] ?? test.bound
        let corrected = reading?.pValue == nil ? nil : adjusted.popFirst()
        let isBeyond =
          switch test.measure {
          case .size: reading.map { test.magnitude($0, of: column.pair) > bound } ?? false
          case .chance: corrected.map { $0 < bound } ?? false
          }
        return Finding(
          test: test,
          reading: reading,
          adjusted: corrected,
          bound: bound,
          isBeyond: isBeyond
        )
      }
      return Verdict(
        column: column.name,
        pair: column.pair,
        findings: findings,
        isDrifted: DriftAnalysis.isDrifted(findings)
      )
    }
  }

  /// The columns that have drifted.
  package var drifted: [Verdict] { verdicts.filter { $0.isDrifted } }

  private static func isDrifted(_ findings: [Finding]) -> Bool {
    let defined = findings.filter { $0.reading != nil }
    let sizes = defined.filter { $0.test.measure == .size }
    let chances = defined.filter { $0.test.measure == .chance }
    if sizes.isEmpty && chances.isEmpty { return false }
    return (sizes.isEmpty || sizes.contains { $0.isBeyond })
      && (chances.isEmpty || chances.contains { $0.isBeyond })
  }
}

extension DriftPair {
  /// Whether the column holds numbers.
  package var isNumeric: Bool { if case .numbers = values { true } else { false } }
}
