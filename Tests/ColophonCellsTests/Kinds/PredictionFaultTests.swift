import ColophonCells
import ColophonCore
import Foundation
import Testing

/// Each fault that a file of predictions may have, with what `check` says of it before anything runs.
@Suite struct FaultsOfPredictions {
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var fields: [String: Value]
    var more: [String: Value] = [:]
    var code = "evaluate.rows"
    var words: String
    /// The field whose place is told.
    var field: String

    var testDescription: String { name }
  }

  private static func score(
    _ name: String,
    _ text: String,
    _ words: String,
    field: String = "score",
    code: String = "evaluate.rows",
    fields: [String: Value] = [:],
    more: [String: Value] = [:]
  ) -> Fault {
    Fault(
      name: name,
      text: text,
      fields: ["label": "truth", "score": "s"].merging(fields) { $1 },
      more: more,
      code: code,
      words: words,
      field: field
    )
  }

  private static let three: [String: Value] = [
    "label": "truth", "probabilities": ["x": "x", "y": "y", "z": "z"],
  ]

  static let faults: [Fault] = [
    score("a missing score", "truth,s\nyes,0.9\nno,\n", "row 2: the score (column 's') is missing"),
    score("a score that is NaN", "truth,s\nyes,0.9\nno,NaN\n", "row 2: the score (column 's')"),
    score("an infinite score", "truth,s\nyes,0.9\nno,inf\n", "row 2"),
    score("text for a score", "truth,s\nyes,0.9\nno,high\n", "'high'"),
    score(
      "a score that is no probability",
      "truth,s\nyes,0.9\nno,1.5\n",
      "row 2: the score (column 's') 1.5 is no probability",
      field: "metrics",
      code: "evaluate.metric-needs",
      more: ["metrics": ["log_loss"]]
    ),
    score(
      "a third label",
      "truth,s\nyes,0.9\nno,0.1\nmaybe,0.2\n",
      "row 3 of 'p.csv': 'maybe' in column 'truth' is a third label",
      field: "label"
    ),
    score(
      "a missing label",
      "truth,s\nyes,0.9\n,0.1\nno,0.1\n",
      "row 2: the label (column 'truth') is missing",
      field: "label"
    ),
    score(
      "a negative weight",
      "truth,s,w\nyes,0.9,1\nno,0.1,-1\n",
      "row 2 has the weight -1 in column 'w'",
      field: "weight",
      fields: ["weight": "w"]
    ),
    score(
      "weights that are all zero",
      "truth,s,w\nyes,0.9,0\nno,0.1,0\n",
      "weights that are all 0",
      field: "file",
      fields: ["weight": "w"]
    ),
    score(
      "a missing column",
      "truth,t\nyes,0.9\n",
      "'s'",
      code: "data.unknown-column"
    ),
    score("ragged rows", "truth,s\nyes,0.9,1\nno,0.1\n", "row 1", field: "file"),
    score("an empty file", "", "empty", field: "file", code: "data.empty-file"),
    score("a head without rows", "truth,s\n", "p.csv", field: "file"),
    score(
      "an id that stands twice",
      "truth,s,id\nyes,0.9,7\nno,0.1,7\n",
      "the id '7' in column 'id' stands in rows 1 and 2",
      field: "id",
      fields: ["id": "id"]
    ),
    Fault(
      name: "probabilities that don't sum to 1",
      text: "truth,x,y,z\nx,0.5,0.4,0.1\ny,0.5,0.4,0.3\nz,0.1,0.1,0.8\n",
      fields: three,
      words: "row 2 has probabilities that sum to 1.2, not 1",
      field: "file"
    ),
    Fault(
      name: "a probability outside [0, 1]",
      text: "truth,x,y,z\nx,0.5,0.4,0.1\ny,1.5,-0.4,-0.1\nz,0.1,0.1,0.8\n",
      fields: three,
      words: "row 2",
      field: "probabilities"
    ),
    Fault(
      name: "a label without a probability",
      text: "truth,x,y,z\nx,0.5,0.4,0.1\nu,0.2,0.4,0.4\ny,0.5,0.4,0.1\nz,0.1,0.1,0.8\n",
      fields: three,
      words: "row 2",
      field: "label"
    ),
    Fault(
      name: "a scoreless metric of a scored kind",
      text: "truth,p\nyes,yes\nno,no\n",
      fields: ["label": "truth", "prediction": "p"],
      more: ["metrics": ["roc_auc"]],
      code: "evaluate.metric-needs",
      words: "'roc_auc' needs scores or probabilities",
      field: "metrics"
    ),
    Fault(
      name: "a metric of another task, which the file tells",
      text: "truth,p\n" + (0..<40).map { "\($0).5,\($0).25\n" }.joined(),
      fields: ["label": "truth", "prediction": "p"],
      more: ["metrics": ["f1"]],
      code: "evaluate.metric-of-other-task",
      words: "'f1' is no metric of a regression task",
      field: "metrics"
    ),
    Fault(
      name: "a number that is not finite among features",
      text: "a,b,g\n0,,x\n1,1,y\n",
      fields: ["features": ["a", "b"], "cluster": "g"],
      words: "row 1 has no finite number in 'b'",
      field: "cluster"
    ),
    Fault(
      name: "a ranking's negative relevance",
      text: "truth,p,q\n1,0.5,a\n-1,0.4,a\n",
      fields: ["label": "truth", "prediction": "p", "query": "q"],
      words: "row 2",
      field: "label"
    ),
    Fault(
      name: "a ranking's score that is missing",
      text: "truth,s,q\n1,0.5,a\n0,,a\n",
      fields: ["label": "truth", "score": "s", "query": "q"],
      words: "row 2: the prediction (column 's') is missing",
      field: "score"
    ),
    Fault(
      name: "a row without a query",
      text: "truth,s,q\n1,0.5,a\n0,0.1,\n",
      fields: ["label": "truth", "score": "s", "query": "q"],
      words: "row 2 of 'p.csv': the query (column 'q') is missing",
      field: "query"
    ),
    Fault(
      name: "a forecast without a series",
      text: "truth,p,k,t\n1,0.5,a,1\n0,0.1,NA,2\n",
      fields: [
        "label": "truth", "prediction": "p", "series": "k", "time": "t", "task": "forecasting",
      ],
      words: "row 2 of 'p.csv': the series (column 'k') is missing",
      field: "series"
    ),
    Fault(
      name: "a forecast without a time",
      text: "truth,p,k,t\n1,0.5,a,\n0,0.1,a,2\n",
      fields: [
        "label": "truth", "prediction": "p", "series": "k", "time": "t", "task": "forecasting",
      ],
      words: "row 1 of 'p.csv': the time (column 't') is missing",
      field: "time"
    ),
    Fault(
      name: "quantiles without a point",
      text: "truth,lo\n1,0.5\n0,0.1\n",
      fields: ["label": "truth", "quantiles": ["0.1": "lo"]],
      code: "evaluate.predictions",
      words: "forecasts need a 'prediction' or the quantile 0.5",
      field: "quantiles"
    ),
    Fault(
      name: "a forecast that is missing",
      text: "truth,p,lo,hi\n1,0.5,0,1\n2,1,,2\n",
      fields: [
        "label": "truth", "prediction": "p", "quantiles": ["0.1": "lo", "0.9": "hi"],
      ],
      words: "row 2",
      field: "quantiles"
    ),
  ]

  /// What `check` says, and where the cell's fields stand.
  private func check(_ fault: Fault) throws -> ([Diagnostic], places: [String: SourcePosition]) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "faults-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(fault.text.utf8).write(to: URL(filePath: "\(folder)/p.csv"))
    let section = fault.fields.merging(["file": "p.csv"]) { $1 }
    let entries = Config(
      pairs: [("predictions", .object(section))] + fault.more.map { ($0.key, $0.value) }
    ).entries
    var places: [String: SourcePosition] = [:]
    for entry in entries {
      let value = entry.value
      places[entry.key] = value.items?.first?.position ?? value.position
      for inner in value.entries ?? [] { places[inner.key] = inner.value.position }
    }
    var reader = FieldReader(
      entries,
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    reader.finish()
    return (
      reader.diagnostics + cell.check(in: Survey(directory: folder, recipes: [:])), places
    )
  }

  @Test(arguments: faults)
  func areToldBeforeTheRun(fault: Fault) throws {
    let (found, places) = try check(fault)
    let first = try #require(found.first)
    #expect(found.count == 1, "\(found)")
    #expect(first.code.description == fault.code, "\(first)")
    #expect(first.message.contains(fault.words), "\(first.message)")
    #expect(first.position == places[fault.field], "\(first)")
  }

  @Test func sayNothingOfRowsInOrder() throws {
    let fine = Fault(
      name: "",
      text: "truth,s,w,id\nyes,0.9,1,a\nno,0.1,0,b\n",
      fields: ["label": "truth", "score": "s", "weight": "w", "id": "id"],
      more: ["metrics": ["log_loss", "roc_auc"]],
      words: "",
      field: ""
    )
    #expect(try check(fine).0.isEmpty)
  }

  /// Bias reads the same files.
  @Test func areToldOfAuditsToo() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "faults-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("truth,s,g\nyes,0.9,a\nno,,b\n".utf8).write(to: URL(filePath: "\(folder)/p.csv"))
    var reader = FieldReader(
      Config([
        "predictions": ["file": "p.csv", "label": "truth", "score": "s"],
        "facet": ["column": "g", "values": ["a"]],
      ]).entries,
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = BiasKind(reading: &reader)
    let found = cell.check(in: Survey(directory: folder, recipes: [:]))
    #expect(found.map { $0.code.description } == ["evaluate.rows"], "\(found)")
  }
}
