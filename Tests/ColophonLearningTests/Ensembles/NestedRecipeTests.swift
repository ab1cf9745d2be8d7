import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Recipes within recipes: what is wrong with an inner one is told where it stands.
@Suite struct NestedRecipes {
  /// Entries one a line from line 1, nested ones two columns to the right.
  struct Written {
    var line = 0

    mutating func node(_ value: Value, column: Int = 1) -> Node {
      let place = SourcePosition(path: "a.md", line: line, column: column)
      switch value {
      case .object(let members):
        let entries = members.sorted { $0.key < $1.key }.map { key, value -> Node.Entry in
          line += 1
          let place = SourcePosition(path: "a.md", line: line, column: column)
          return Node.Entry(key: key, keyPosition: place, value: node(value, column: column + 2))
        }
        return Node(.mapping(entries), at: place)
      case .array(let items):
        return Node(.sequence(items.map { node($0, column: column + 2) }), at: place)
      default: return written(value, at: place)
      }
    }
  }

  func findings(_ type: any Algorithm.Type, _ value: Value) -> [Diagnostic] {
    var writer = Written()
    var fields = FieldReader(
      writer.node(value).entries ?? [],
      context: "'hyperparameters'",
      at: SourcePosition(path: "a.md", line: 1, column: 1)
    )
    _ = type.init(reading: &fields)
    fields.finish()
    return fields.diagnostics
  }

  @Test func tellsAnUnknownMemberWithTheNearestOne() throws {
    let found = findings(Bagging.self, ["estimator": ["algorithm": "linear_lerner"]])
    #expect(found.map { $0.hint } == ["did you mean 'linear_learner'?"])
    #expect(found.first?.position == SourcePosition(path: "a.md", line: 2, column: 5))
  }

  @Test func tellsAMembersMistypedFieldInItsPlace() throws {
    let found = findings(
      Stacking.self,
      [
        "estimators": [
          ["name": "a", "algorithm": "linear_learner", "hyperparameters": ["alpa": 1]],
          ["name": "b", "algorithm": "xgboost", "hyperparameters": ["eta": 7]],
        ]
      ]
    )
    #expect(found.map { $0.hint }.first == "did you mean 'alpha'?")
    #expect(found.map { $0.position.line } == [4, 8])
  }

  @Test func membersOfAStackNeedNamesOfTheirOwn() throws {
    let member: Value = ["name": "twin", "algorithm": "linear_learner"]
    let found = findings(Stacking.self, ["estimators": [member, member]])
    #expect(found.map { $0.message } == ["another member is called 'twin' already"])
    #expect(found.first?.position.line == 5)
    #expect(!findings(Stacking.self, ["estimators": []]).isEmpty)
    #expect(!findings(Stacking.self, [:]).isEmpty)
  }

  @Test func nestsEnsemblesToTheirDepthAndNoFurther() throws {
    func nested(_ depth: Int) -> Value {
      depth == 0
        ? ["algorithm": "linear_learner"]
        : ["algorithm": "bagging", "hyperparameters": ["estimator": nested(depth - 1)]]
    }
    #expect(findings(Bagging.self, ["estimator": nested(2)]).isEmpty)
    let found = findings(Bagging.self, ["estimator": nested(3)])
    #expect(found.map { $0.code } == ["train.nested-too-deep"])
    #expect(found.first?.position.line == 2)
    // Deeper still, it is told once, where the third level begins.
    #expect(findings(Bagging.self, ["estimator": nested(5)]).count == 1)
  }

  @Test func membersThatCannotTakeTheTaskAreFaultsAtTheirPlace() throws {
    let stack = recipe(
      Stacking.self,
      [
        "estimators": [
          ["name": "a", "algorithm": "linear_learner"],
          ["name": "b", "algorithm": "linear_learner", "hyperparameters": ["loss": "squared"]],
        ]
      ]
    )
    #expect(stack.faults(for: .regression).isEmpty)
    #expect(
      stack.faults(for: .binary).map { $0.field }
        == ["hyperparameters.estimators[1].hyperparameters.loss"]
    )
    #expect(
      stack.faults(for: .clustering).map { $0.field } == [
        "hyperparameters.estimators[0].algorithm", "hyperparameters.estimators[1].algorithm",
        "hyperparameters.final_estimator.algorithm",
      ]
    )
  }

  @Test func anEnsembleIsOfTheLibrariesOfItsMembers() {
    let trees = recipe(Bagging.self, ["estimator": ["algorithm": "xgboost"]])
    #expect(trees.libraries.keys.sorted() == ["xgboost"])
    #expect(trees.missingValues == .keep)
    let lines = recipe(Bagging.self, ["estimator": ["algorithm": "linear_learner"]])
    #expect(lines.libraries.isEmpty)
    #expect(lines.missingValues == .mean)
  }

  @Test func aWholeNumberIsACountAndAFractionAShare() {
    let found = read(Bagging.self, [("max_samples", .integer(1))])
    #expect(found.recipe.samples == .count(1))
    #expect(found.diagnostics.map { $0.code } == ["train.one-of-all"])
    #expect(read(Bagging.self, [("max_samples", .number(0.25))]).recipe.samples == .share(0.25))
    for wrong in [Node.Content.integer(0), .number(1.5), .string("all"), .number(-1)] {
      #expect(read(Bagging.self, [("max_features", wrong)]).diagnostics.count == 1)
    }
  }

  @Test func outOfBagNeedsADrawWithReplacement() {
    let found = read(
      Bagging.self,
      [("bootstrap", .boolean(false)), ("oob_score", .boolean(true))]
    )
    #expect(found.diagnostics.map { $0.code } == ["train.out-of-bag"])
    #expect(found.diagnostics.first?.position.line == 11)
  }
}
