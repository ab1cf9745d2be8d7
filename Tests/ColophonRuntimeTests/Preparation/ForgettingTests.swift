import ColophonCells
import ColophonCore
import ColophonRuntime
import Testing

/// A model that learned on and whose old data nobody looks at again.
@Suite struct ForgettingModels {
  /// Whether boosting goes on from models; else there is an error instead of advice.
  private static let isPossible: Bool = {
    let found = try? ForgettingModels().all("")
    return found?.contains { $0.severity == .error } == false
  }()

  private func found(_ more: String) throws -> [Diagnostic] {
    try all(more).filter {
      $0.code == "train.incremental-or-transfer" && $0.severity == .advice
    }
  }

  private func all(_ more: String) throws -> [Diagnostic] {
    let text = """
      ```yaml dataset old
      source: data/people.csv
      target: left
      ```

      ```yaml dataset new
      source: data/people.csv
      target: left
      ```

      ```yaml train first
      data: old
      algorithm: xgboost
      ```

      ```yaml train second
      data: new
      algorithm: xgboost
      from: first
      ```

      """
    let folder = try ProjectFolder.study(text + more)
    let prepared = Prepared(
      bytes: Array((text + more).utf8),
      path: "study.md",
      name: "study.md",
      directory: folder.path
    )
    return prepared.diagnostics
  }

  private func evaluate(_ data: String) -> String {
    "```yaml evaluate look\nmodel: second\n\(data)```\n"
  }

  @Test(.enabled(if: isPossible)) func areToldOfAtTheModelTheyGoOnFrom() throws {
    let found = try found("")
    #expect(found.map { "\($0.position)" } == ["study.md:19:7"])
    #expect(found.first?.hint?.contains("data: old") == true)
  }

  @Test(.enabled(if: isPossible)) func areFineWhereTheOldDataIsLookedAt() throws {
    #expect(try found(evaluate("data: old\n")).isEmpty)
    #expect(try found(evaluate("data: new\n")).count == 1)
    #expect(try found(evaluate("")).count == 1)
  }

  @Test(.enabled(if: isPossible)) func areMistakesWhereTheRecipesDiffer() throws {
    let text = """
      ```yaml dataset old
      source: data/people.csv
      target: left
      ```

      ```yaml dataset new
      source: data/people.csv
      target: region
      ```

      ```yaml train first
      data: old
      algorithm: xgboost
      ```

      ```yaml train second
      data: new
      algorithm: xgboost
      from: first
      ```

      """
    let folder = try ProjectFolder.study(text)
    func errors(_ text: String) -> [Diagnostic] {
      Prepared(
        bytes: Array(text.utf8),
        path: "study.md",
        name: "study.md",
        directory: folder.path
      ).diagnostics.filter { $0.severity == .error }
    }
    let target = errors(text)
    #expect(target.map { $0.code } == ["train.incremental-or-transfer"])
    #expect(target.first?.position.line == 19)
    let columns = errors(
      text.replacing("target: region", with: "target: left\ncolumns: {age: ignore}")
    )
    #expect(columns.map { $0.code } == ["train.incremental-or-transfer"], "\(columns)")
  }
}
