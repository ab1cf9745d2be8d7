import ColophonCore
import ColophonRuntime
import Foundation
import Testing

/// What only the rows tell, told by `check` where the data is small enough to be read.
@Suite struct RowsBeforeTheRun {
  struct Trap: Sendable, CustomTestStringConvertible {
    var name: String
    /// The cell that falls into it; the line of the fault is marked with ◂.
    var cell: String
    var code: String
    var words: String
    var hint: String?

    var testDescription: String { name }
  }

  /// Sixty rows: 36 to train, 12 to validate and 12 to test.
  private static let rows =
    "age,group,kind,left\n"
    + (0..<60).map { row in
      "\(20 + row * 7 % 40),\(row % 2 == 0 ? "a" : "b"),\(row % 3 == 0 ? "x" : "y"),"
        + (row % 5 < 2 ? "yes" : "no")
    }.joined(separator: "\n") + "\n"

  private static let head = """
    ```yaml dataset rows
    source: rows.csv
    target: left
    positive: "yes"
    split: {train: 0.6, validation: 0.2, test: 0.2, by: random}
    ```

    ```yaml prepare ready
    data: rows
    steps:
      - standardize: {columns: [age]}
    ```

    ```yaml train tree
    data: ready
    algorithm: decision_tree
    ```


    """

  static let traps: [Trap] = [
    Trap(
      name: "a row beyond the split",
      cell: """
        ```yaml explain why
        model: tree
        rows:
          - 3
          - 12 ◂
        ```
        """,
      code: "explain.rows",
      words: "there is no row 12: the test split has 12 rows, counted from 0",
      hint: "the last one is row 11"
    ),
    Trap(
      name: "a row beyond the training rows of other data",
      cell: """
        ```yaml explain why
        model: tree
        data: ready
        split: train
        method: ice
        rows: [36] ◂
        ```
        """,
      code: "explain.rows",
      words: "there is no row 36: the train split of 'ready' has 36 rows"
    ),
    Trap(
      name: "a group that nobody belongs to",
      cell: """
        ```yaml bias audit
        data: rows
        facet:
          column: age
          range: {min: 60} ◂
        ```
        """,
      code: "bias.rows",
      words: "no row is one whose age is at least 60",
      hint: "its numbers go from 20 to 59"
    ),
    Trap(
      name: "a group that all belong to",
      cell: """
        ```yaml bias audit
        data: rows
        facet:
          column: age
          range: {min: 20} ◂
        ```
        """,
      code: "bias.rows",
      words: "there is nobody to compare with"
    ),
    Trap(
      name: "a value that never occurs, of a model's data",
      cell: """
        ```yaml bias audit
        model: tree
        facet:
          column: group
          values:
            - third ◂
        ```
        """,
      code: "bias.rows",
      words: "'third' never occurs in 'group'",
      hint: "known here: a, b"
    ),
    Trap(
      name: "a label that never occurs",
      cell: """
        ```yaml bias audit
        model: tree
        facet: {column: group, values: [a]}
        label_positive: yess ◂
        ```
        """,
      code: "bias.rows",
      words: "'yess' is none of the labels",
      hint: "did you mean 'yes'?"
    ),
    Trap(
      name: "a value that never occurs in a file of predictions",
      cell: """
        ```yaml bias audit
        predictions: {file: rows.csv, label: left, score: age}
        facet:
          column: kind
          values: [z] ◂
        ```
        """,
      code: "bias.rows",
      words: "'z' never occurs in 'kind'"
    ),
    Trap(
      name: "forecasts of one series, compared",
      cell: """
        ```yaml compare two
        predictions:
          file: numbers.csv ◂
          label: y
          task: forecasting
          predicted: {a: a, b: b}
        ```
        """,
      code: "compare.lone-unit",
      words: "all rows are of one series",
      hint: "name the column of 'series' under 'predictions'"
    ),
    Trap(
      name: "intervals of one query",
      cell: """
        ```yaml evaluate ranks
        predictions: {file: numbers.csv, label: y, score: a, query: q}
        confidence: ◂
          resamples: 200
        ```
        """,
      code: "evaluate.lone-unit",
      words: "intervals need more than one query"
    ),
  ]

  private func findings(_ cell: String) throws -> [Diagnostic] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rows-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(RowsBeforeTheRun.rows.utf8).write(to: URL(filePath: "\(folder)/rows.csv"))
    let numbers = "y,a,b,q,s\n1,1,2,k,u\n2,2,2,k,u\n3,1,4,k,v\n"
    try Data(numbers.utf8).write(to: URL(filePath: "\(folder)/numbers.csv"))
    return Prepared(
      bytes: Array((RowsBeforeTheRun.head + cell + "\n").utf8),
      path: "n.md",
      name: "n.md",
      directory: folder
    ).diagnostics.filter { $0.severity == .error }
  }

  @Test(arguments: traps) func tellWhatIsWrongWhereItStands(trap: Trap) throws {
    let lines = (RowsBeforeTheRun.head + trap.cell).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let line = try #require(lines.firstIndex { $0.contains("◂") }) + 1
    let found = try findings(trap.cell.replacing(" ◂", with: ""))
    let first = try #require(found.first)
    #expect(found.count == 1, "\(found)")
    #expect(first.code.description == trap.code, "\(first)")
    #expect(first.message.contains(trap.words), "\(first.message)")
    #expect(trap.hint == nil || first.hint == trap.hint, "\(first.hint ?? "no hint")")
    #expect(first.position.line == (lines[line - 1].hasSuffix(": ◂") ? line + 1 : line), "\(first)")
  }

  /// The same cells, a step inside what the data holds.
  @Test(arguments: [
    "```yaml explain why\nmodel: tree\nrows: [3, 11]\n```",
    "```yaml bias audit\ndata: rows\nfacet: {column: age, range: {min: 40}}\n```",
    "```yaml bias audit\nmodel: tree\nfacet: {column: group, values: [b]}\ngroup: kind\n```",
    "```yaml compare two\npredictions: {file: numbers.csv, label: y, task: forecasting, series: s, "
      + "predicted: {a: a, b: b}}\n```",
  ])
  func sayNothingOfWhatIsThere(cell: String) throws {
    #expect(try findings(cell) == [])
  }
}
