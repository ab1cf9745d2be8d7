import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// Attributions of made-up trees against the definition.
@Suite struct TreeAttributions {
  /// Between two ways to add up the same numbers, of size 2 and less.
  static let tolerance = 1e-12

  @Test(arguments: 0..<6)
  func areShapleyValuesAlongThePaths(seed: Int) {
    let outputs = seed % 3 + 1
    let form = MadeUpTrees.form(seed: seed, outputs: outputs)
    let rows = MadeUpTrees.rows(11, features: 5, seed: seed + 100)
    let found = form.attributions(rows)
    let reference = TreeReference(form: form, absent: .path)
    for row in 0..<rows.rows {
      for output in 0..<outputs {
        let expected = reference.shares(Array(rows.row(row)), output: output)
        for feature in 0..<5 {
          let gap = abs(found[row, output, feature] - expected[feature])
          #expect(gap < Self.tolerance, "row \(row), output \(output), feature \(feature)")
        }
      }
    }
  }

  @Test(arguments: 0..<4)
  func areShapleyValuesAgainstABackground(seed: Int) {
    let outputs = seed % 2 + 1
    let form = MadeUpTrees.form(seed: seed, outputs: outputs)
    let rows = MadeUpTrees.rows(5, features: 5, seed: seed + 200)
    let background = MadeUpTrees.rows(7, features: 5, seed: seed + 300)
    let found = form.attributions(rows, background: background)
    let reference = TreeReference(form: form, absent: .background(background))
    for row in 0..<rows.rows {
      for output in 0..<outputs {
        let expected = reference.shares(Array(rows.row(row)), output: output)
        for feature in 0..<5 {
          #expect(abs(found[row, output, feature] - expected[feature]) < Self.tolerance)
        }
        let said = form.sums(rows)[row * outputs + output]
        #expect(abs(found.total(row, output: output) - said) < Self.tolerance)
      }
    }
  }

  @Test(arguments: 0..<3)
  func pairsAreInteractionValues(seed: Int) {
    let form = MadeUpTrees.form(seed: seed, features: 4, outputs: seed + 1)
    let rows = MadeUpTrees.rows(9, features: 4, seed: seed + 400)
    let found = form.interactions(rows)
    let shares = form.attributions(rows)
    let reference = TreeReference(form: form, absent: .path)
    for row in 0..<rows.rows {
      for output in 0...seed {
        for a in 0..<4 {
          for b in 0..<4 where a != b {
            let expected = reference.interaction(Array(rows.row(row)), a, b, output: output)
            #expect(abs(found[row, output, a, b] - expected) < Self.tolerance)
            #expect(found[row, output, a, b] == found[row, output, b, a])
          }
          let sum = (0..<4).reduce(0) { $0 + found[row, output, a, $1] }
          #expect(abs(sum - shares[row, output, a]) < Self.tolerance)
        }
      }
    }
  }

  /// Trees as deep as forests grow them: many points, many questions about one feature.
  @Test func addUpInDeepTrees() {
    let form = MadeUpTrees.form(seed: 5, features: 30, depth: 11)
    let rows = MadeUpTrees.rows(20, features: 30, seed: 6)
    let said = form.sums(rows)
    for found in [form.attributions(rows), form.attributions(rows, background: rows)] {
      for row in 0..<20 { #expect(abs(found.total(row, output: 0) - said[row]) < 1e-11) }
    }
  }

  @Test func dontDependOnThreadsOrNeighbours() {
    let form = MadeUpTrees.form(seed: 8, outputs: 2)
    let rows = MadeUpTrees.rows(150, features: 5, seed: 9)
    let one = form.attributions(rows)
    #expect(form.attributions(rows, threads: 5) == one)
    let alone = FeatureMatrix(names: rows.names, rows: 1, values: Array(rows.row(77)))
    let single = form.attributions(alone)
    #expect((0..<5).allSatisfy { single[0, 1, $0] == one[77, 1, $0] })
    #expect(form.interactions(rows, threads: 3) == form.interactions(rows))
    let few = MadeUpTrees.rows(3, features: 5, seed: 10)
    #expect(
      form.attributions(rows, background: few, threads: 4)
        == form.attributions(rows, background: few)
    )
  }

  @Test func aTreeWithoutQuestionsIsAllBase() {
    let leaf = TreeForm.Tree(
      features: [-1],
      thresholds: [0],
      left: [-1],
      right: [-1],
      missingGoesLeft: [false],
      covers: [3],
      values: [2.5]
    )
    let form = TreeForm(trees: [leaf], features: 2, outputs: 1, offsets: [1])
    let rows = MadeUpTrees.rows(3, features: 2, seed: 1)
    #expect(form.attributions(rows).base == [3.5])
    #expect(form.attributions(rows).values.allSatisfy { $0 == 0 })
    #expect(form.attributions(rows, background: rows).base == [3.5])
  }

  @Test func gatherWhatBelongsTogether() {
    let all = Attributions(
      rows: 1,
      outputs: 2,
      features: 3,
      base: [0, 1],
      values: [1, 2, 3, 4, 5, 6]
    )
    let gathered = all.gathered([0, 1, 0], count: 2)
    #expect(gathered.values == [4, 2, 10, 5])
    #expect(gathered.total(0, output: 1) == all.total(0, output: 1))
    #expect(gathered.meanSize(output: 0, feature: 0) == 4)
  }
}
