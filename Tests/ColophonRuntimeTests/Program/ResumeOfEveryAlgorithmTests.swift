import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// One long notebook with every classical algorithm that learns in rounds, and stacking, whose rounds
/// are fits: killed somewhere, it goes on and writes the bytes of a run that nobody disturbed.
@Suite struct EveryAlgorithmThatWasEnded {
  static let notebook = """
    ---
    seed: 6
    ---

    ```yaml dataset people
    source: data/people.csv
    target: left
    positive: "yes"
    split: {train: 0.7, validation: 0.3, by: stratified}
    ```

    ```yaml dataset points
    source: data/people.csv
    task: clustering
    columns: {left: ignore, region: ignore}
    ```

    ```yaml dataset words
    source: data/people.csv
    target: left
    task: text
    columns: {region: text, age: ignore, bill: ignore, calls: ignore}
    split: {train: 0.7, validation: 0.3, by: random}
    ```

    ```yaml train forest
    data: people
    algorithm: random_forest
    hyperparameters: {n_estimators: 60, oob_score: true}
    checkpoint: {every: 2}
    ```

    ```yaml train adaptive
    data: people
    algorithm: adaboost
    hyperparameters: {n_estimators: 60}
    checkpoint: {every: 2}
    ```

    ```yaml train boosted
    data: people
    algorithm: xgboost
    hyperparameters: {num_round: 60, subsample: 0.8}
    checkpoint: {every: 2}
    ```

    ```yaml train bagged
    data: people
    algorithm: bagging
    hyperparameters: {n_estimators: 40, estimator: {algorithm: linear_learner}}
    checkpoint: {every: 2}
    ```

    ```yaml train stacked
    data: people
    algorithm: stacking
    hyperparameters:
      estimators:
        - {name: forest, algorithm: random_forest, hyperparameters: {n_estimators: 20}}
        - {name: near, algorithm: knn}
    ```

    ```yaml train groups
    data: points
    algorithm: kmeans
    hyperparameters: {n_clusters: 9, tol: 0}
    checkpoint: {every: 1}
    ```

    ```yaml train texts
    data: words
    algorithm: blazingtext
    hyperparameters: {epochs: 40, vector_dim: 8, min_count: 1}
    checkpoint: {every: 2}
    ```

    """

  private static let command = ["run", "study.md", "--progress", "json", "--jobs", "1"]

  /// What an undisturbed run writes, and how often it tells of progress.
  private static let undisturbed = Result { () throws -> (report: [[UInt8]], events: Int) in
    let folder = try ProjectFolder.study(notebook)
    let ending = try folder.runner().run(command)
    try #require(ending.status == 0, "\(ending.error.suffix(2000))")
    let events = ProgressEvent.all(in: ending.error).filter { $0.event == "progress" }
    return (try folder.report(), events.count)
  }

  @Test(arguments: 0..<3)
  func goesOnAfterAKillAndWritesTheSameBytes(part: Int) throws {
    let (report, events) = try Self.undisturbed.get()
    var random = RandomStream(root: 8, cell: "kill", purpose: "moment", index: part)
    let folder = try ProjectFolder.study(Self.notebook)
    // Killed twice, the second time further on.
    for share in [0.1 + 0.4 * random.uniform(), 0.2 + 0.2 * random.uniform()] {
      _ = try folder.runner().run(
        Self.command,
        signal: SIGKILL,
        afterSeeing: "\"event\":\"progress\"",
        times: max(1, Int(share * Double(events)))
      )
    }
    let last = try folder.runner().run(Self.command)
    #expect(last.status == 0, "\(last.error.suffix(2000))")
    #expect(try folder.report() == report)
  }
}
