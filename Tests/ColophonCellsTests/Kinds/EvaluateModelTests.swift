import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// A model says a feature's own number: the predictions are known beforehand.
private struct Echo: Model {
  static let algorithm = "echo"
  let task: Task
  var parameterCount: Int { 0 }
  func predict(_ features: FeatureMatrix) throws -> Predictions {
    let values = (0..<features.rows).map { features[$0, 0] }
    return task == .binary ? .binary(scores: values) : .regression(values)
  }
  func encoded() throws -> [UInt8] { [] }
}

@Suite struct EvaluateCellsOfModels {
  private func numbers(_ name: String, _ values: [Double]) -> Column {
    Column(name: name, type: .numeric, storage: .numbers(values))
  }

  /// Six rows: three train, three test; the feature is the score.
  private func dataset(classes: [String] = ["no", "yes"]) -> Dataset {
    let codes: [Int32] = [0, 1, 0, 1, 0, 1]
    return Dataset(
      table: Table(
        columns: [
          numbers("score", [0.1, 0.9, 0.2, 0.8, 0.7, 0.3]),
          Column(
            name: "plan",
            type: .category,
            storage: .categories(codes: [0, 0, 0, 1, 1, 0], levels: ["a", "b"])
          ),
          Column(
            name: "left",
            type: .category,
            storage: .categories(codes: codes, levels: ["no", "yes"])
          ),
        ],
        rowCount: 6
      ),
      task: .binary,
      target: "left",
      classes: classes,
      splits: [.train, .train, .train, .test, .test, .test]
    )
  }

  private func supply(_ dataset: Dataset, other: Dataset? = nil) throws -> FolderSupply {
    let encoding = FeatureEncoding(
      parts: [FeatureEncoding.Part(column: "score")],
      categories: .oneHot,
      missing: .keep
    )
    let model = TrainedModel(
      algorithm: "echo",
      task: .binary,
      classes: ["no", "yes"],
      target: "left",
      encoding: encoding,
      data: Digest(of: try dataset.encodedArtifact()),
      model: Echo(task: .binary)
    )
    var artifacts: [String: any Artifact] = ["m": model, "churn": dataset]
    artifacts["later"] = other
    return FolderSupply(artifacts: artifacts)
  }

  private func value(_ outcome: Outcome, _ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(outcome.values))
  }

  @Test func readTheDataThatTheModelLearnedFrom() throws {
    let (cell, _, found) = read(EvaluateKind.self, ["model": "m", "slices": ["plan"]])
    #expect(found.isEmpty)
    let outcome = try run(cell, supply(dataset()))
    // Test rows: yes at 0.8, no at 0.7, yes at 0.3.
    #expect(value(outcome, "rows") == 3)
    #expect(value(outcome, "accuracy") == .number(1.0 / 3))
    #expect(value(outcome, "roc_auc") == 0.5)
    #expect(value(outcome, "slice", "plan", "a", "recall") == 0.0)
    #expect(value(outcome, "slice", "plan", "b", "rows") == 2)
  }

  @Test func readAnotherSplit() throws {
    let (cell, _, _) = read(EvaluateKind.self, ["model": "m", "split": "train"])
    #expect(try value(run(cell, supply(dataset())), "accuracy") == 1.0)
    let (empty, _, _) = read(EvaluateKind.self, ["model": "m", "split": "validation"])
    #expect { try run(empty, supply(dataset())) } throws: { "\($0)".contains("has no rows") }
  }

  @Test func matchLabelsOfOtherDataByTheirText() throws {
    // The other data puts its classes the other way round; the answers must not turn.
    let other = dataset(classes: ["yes", "no"])
    let (cell, reader, _) = read(EvaluateKind.self, ["model": "m", "data": "later"])
    #expect(reader.references.map { $0.cell.value } == ["m", "later"])
    let outcome = try run(cell, supply(dataset(), other: other))
    #expect(value(outcome, "roc_auc") == 0.5)
    #expect(value(outcome, "accuracy") == .number(1.0 / 3))
  }

  @Test func refuseALabelThatTheModelDoesNotKnow() throws {
    var other = dataset()
    other.table.columns[2].storage = .categories(
      codes: [0, 1, 0, 1, 0, 1],
      levels: ["no", "maybe"]
    )
    other.classes = ["no", "maybe"]
    let (cell, _, _) = read(EvaluateKind.self, ["model": "m", "data": "later"])
    #expect { try run(cell, supply(dataset(), other: other)) } throws: {
      "\($0)".contains("'maybe'")
    }
  }

  @Test func refuseASliceThatIsNoColumn() throws {
    let (cell, _, _) = read(EvaluateKind.self, ["model": "m", "slices": ["plann"]])
    #expect { try run(cell, supply(dataset())) } throws: { error in
      (error as? CellFailure)?.hint == "did you mean 'plan'?"
    }
  }

  @Test func adviseAgainstASecondChoiceOnTheTestSplit() {
    func recipe(_ line: Int) -> CellRecipe {
      func node(_ content: Node.Content, _ text: String = "") -> Node {
        Node(content, text: text, at: SourcePosition(path: "n.md", line: line, column: 3))
      }
      func entry(_ key: String, _ value: Node) -> Node.Entry {
        Node.Entry(key: key, keyPosition: value.position, value: value)
      }
      let rule = node(.mapping([entry("maximize", node(.string("f1"), "f1"))]))
      let config = node(
        .mapping([entry("model", node(.string("m"), "m")), entry("threshold", rule)])
      )
      return CellRecipe.read(EvaluateKind.self, config, at: config.position).recipe
    }
    let one = [(name: "a", recipe: recipe(4))]
    #expect(TestReuse.diagnostics(one) == [])
    let found = TestReuse.diagnostics(one + [(name: "b", recipe: recipe(9))])
    #expect(found.map { $0.code } == ["eval.test-reused"])
    #expect(found.map { $0.position.line } == [9])
    #expect(found.first?.notes.map { $0.position.line } == [4])
  }
}
