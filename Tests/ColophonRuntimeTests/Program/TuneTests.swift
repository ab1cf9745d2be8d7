import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Tunings in the real program: the same trials, order and bytes on any number of cores, and after a
/// kill in the middle.
@Suite struct ATuning {
  static let head = """
    ---
    seed: 5
    ---

    ```yaml dataset people
    source: data/people.csv
    target: left
    positive: "yes"
    split: {train: 0.6, validation: 0.2, test: 0.2, by: stratified}
    ```

    ```yaml train trees
    data: people
    algorithm: xgboost
    hyperparameters: {num_round: 18, subsample: 0.8}
    ```

    """

  static func tuning(_ name: String, _ more: String, jobs: Int = 12) -> String {
    """

    ```yaml tune \(name)
    train: trees
    objective: {metric: validation:log_loss, type: Minimize}
    ranges:
      eta: {type: continuous, min: 0.01, max: 0.6, scaling: Logarithmic}
      max_depth: {type: integer, min: 1, max: 8}
    max_jobs: \(jobs)
    \(more)
    ```

    """
  }

  static let notebook =
    head
    + tuning("model", "max_parallel_jobs: 4\nearly_stopping: Auto")
    + tuning("chance", "strategy: Random\nmax_parallel_jobs: 3", jobs: 8)
    + tuning(
      "band",
      "strategy: Hyperband\nhyperband: {min_resource: 3, max_resource: 18}\nmax_parallel_jobs: 2",
      jobs: 8
    )
      + """

      ```yaml evaluate final
      model: model
      split: test
      ```

      The best is `= model.best.objective | .6f` with `= model.best.hyperparameters.eta | .4f`.

      """

  static let undisturbed = Result { () throws -> [[UInt8]] in
    let folder = try ProjectFolder.study(notebook)
    let ending = try folder.colophon("run", "study.md", "--jobs", "1")
    try #require(ending.status == 0, "\(ending.error.suffix(2000))")
    return try folder.report()
  }

  @Test(arguments: [2, 4])
  func isTheSameOnAnyNumberOfJobs(_ jobs: Int) throws {
    let folder = try ProjectFolder.study(ATuning.notebook)
    let ending = try folder.colophon("run", "study.md", "--jobs", "\(jobs)")
    #expect(ending.status == 0, "\(ending.error.suffix(2000))")
    #expect(try folder.report() == ATuning.undisturbed.get())
  }

  /// Killed early and again soon after; killed once, late.
  @Test(arguments: [[2, 3], [9]])
  func goesOnAfterAKillAndWritesTheSameBytes(_ moments: [Int]) throws {
    let folder = try ProjectFolder.study(ATuning.notebook)
    for moment in moments {
      _ = try folder.runner().run(
        ["run", "study.md", "--progress", "json", "--jobs", "2"],
        signal: SIGKILL,
        afterSeeing: " of ",
        times: moment
      )
    }
    let next = try folder.runner().run(["run", "study.md", "--progress", "json"])
    #expect(next.status == 0, "\(next.error.suffix(2000))")
    #expect(try folder.report() == ATuning.undisturbed.get())
    #expect(try folder.colophon("store", "verify").status == 0)
  }

  /// What one tuning ran, a longer one finds: only new jobs run, and the bytes are those of a fresh
  /// run.
  @Test func reusesTheJobsOfAnEarlierTuning() throws {
    let first = ATuning.head + ATuning.tuning("more", "strategy: Random", jobs: 5)
    let second = ATuning.head + ATuning.tuning("more", "strategy: Random", jobs: 9)
    let folder = try ProjectFolder.study(second)
    try folder.colophon("run", "study.md")
    let fresh = try folder.report()
    let shared = try ProjectFolder.study(first)
    try shared.colophon("run", "study.md")
    try shared.write(second, to: "study.md")
    let again = try shared.colophon("run", "study.md")
    #expect(again.status == 0)
    let shown = try shared.colophon("runs", "show", "2", "--format", "json")
    let jobs = try Value(json: shown.output.utf8)["jobs"]?.asArray ?? []
    #expect(jobs.compactMap { $0["job"]?.asString } == (6...9).map { "job \($0)" })
    #expect(try shared.report() == fresh)
  }

  /// What another notebook tuned on the same data is offered as a parent, at the tuning's `train`.
  @Test func anEarlierTuningIsOfferedAsAParent() throws {
    let folder = try ProjectFolder.study(
      ATuning.head + ATuning.tuning("first", "strategy: Random", jobs: 2)
    )
    try folder.colophon("run", "study.md")
    let later = ATuning.head + ATuning.tuning("second", "strategy: Random", jobs: 3)
    try folder.write(later, to: "later.md")
    try folder.colophon("run", "later.md")
    let ending = try folder.colophon("check", "later.md", "--format", "json")
    let found = try #require(try Value(json: ending.output.utf8)["diagnostics"]?.asArray)
    let advice = try #require(
      found.first { $0["code"]?.asString == "tune.no-warm-start" },
      "\(ending.output)"
    )
    let lines = later.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasPrefix("train: trees") })
    #expect(advice["line"]?.asInteger == line + 1)
    #expect(advice["message"]?.asString?.hasPrefix("study.md:first") == true, "\(advice)")
  }

  /// The best settings, pasted into the train cell, make the very same model.
  @Test func theBestSettingsMakeTheSameModel() throws {
    let report = try Value(json: ATuning.undisturbed.get()[1])
    let cells = report["cells"]?.asArray ?? []
    let tuned = try #require(cells.first { $0["name"]?.asString == "chance" }?["values"])
    let best = try #require(tuned["best"]?["hyperparameters"]?.asObject)
    let settings = best.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value.canonicalText)" }.joined(separator: ", ")
    let pasted = ATuning.head.replacing("subsample: 0.8}", with: "subsample: 0.8, \(settings)}")
    let other = try ProjectFolder.study(pasted)
    try other.colophon("run", "study.md")
    let again = try Value(json: other.bytes("output/study.json"))["cells"]?.asArray ?? []
    let model = again.first { $0["name"]?.asString == "trees" }?["values"]?["model"]
    #expect(model?.asString == tuned["model"]?.asString)
  }

  @Test func theRunLogShowsEveryJob() throws {
    let folder = try ProjectFolder.study(
      ATuning.head + ATuning.tuning("chance", "strategy: Random", jobs: 3)
    )
    try folder.colophon("run", "study.md")
    let list = try folder.colophon("runs", "list")
    #expect(list.output.contains("study.md"))
    let shown = try folder.colophon("runs", "show", "1")
    #expect(shown.status == 0)
    for job in 1...3 { #expect(shown.output.contains("chance  \(job)"), "\(shown.output)") }
    let sides = try folder.colophon("runs", "compare", "1:chance:1", "study:chance:2")
    #expect(sides.status == 0, "\(sides.error)")
    #expect(sides.output.contains("settings.hyperparameters.eta"), "\(sides.output)")
    #expect(sides.output.contains("results.objective"))
    let json = try folder.colophon(
      "runs",
      "compare",
      "1:chance:1",
      "1:chance:2",
      "--format",
      "json"
    )
    #expect(try Value(json: json.output.utf8)["experiments"]?.asArray?.count == 2)
    let missing = try folder.colophon("runs", "compare", "1:chance:1", "1:chanse:2")
    #expect(missing.status == 64)
    #expect(missing.error.contains("did you mean 'chance'?"))
  }

  /// The pattern and the line that it should have matched stand together, after one job.
  @Test func aPatternThatMatchesNothingStopsItAfterOneJob() throws {
    let text = """
      ```yaml train own
      algorithm: script
      command: sh own.sh
      hyperparameters: {rate: 1}
      metric_definitions: [{name: loss, regex: 'loss=([0-9.]+)'}]
      ```

      ```yaml tune search
      train: own
      strategy: Random
      objective: {metric: loss, type: Minimize}
      ranges: {rate: {type: integer, min: 1, max: 100}}
      max_jobs: 30
      ```

      """
    let folder = try ProjectFolder.study(text)
    try folder.write("echo \"Loss: 0.25\"\n", to: "own.sh")
    let ending = try folder.colophon("run", "study.md", "--only", "search")
    #expect(ending.status == 3)
    #expect(ending.error.contains("[tune.metric-never-captured]"), "\(ending.error)")
    #expect(ending.error.contains("loss=([0-9.]+)") && ending.error.contains("Loss: 0.25"))
    let shown = try folder.colophon("runs", "show", "1", "--format", "json")
    let jobs = try Value(json: shown.output.utf8)["jobs"]?.asArray ?? []
    #expect(jobs.count { $0["job"]?.asString != nil } == 1)
  }

  /// Parents' results count as own on the very same data alone; where they could, that is said too.
  @Test func warmStartsAreCheckedByTheDigestOfTheData() throws {
    func start(_ name: String, _ train: String, _ mode: String) -> String {
      ATuning.tuning(
        name,
        "strategy: Random\nwarm_start: {type: \(mode), parents: [early]}",
        jobs: 2
      ).replacing("train: trees", with: "train: \(train)")
    }
    let more = """
      ```yaml dataset fewer
      source: data/people.csv
      target: left
      positive: "yes"
      split: {train: 0.5, validation: 0.3, test: 0.2, by: stratified}
      ```

      ```yaml train bushes
      data: fewer
      algorithm: xgboost
      hyperparameters: {num_round: 18}
      ```

      """
    let folder = try ProjectFolder.study(
      ATuning.head + more + ATuning.tuning("early", "strategy: Random", jobs: 3)
        + start("later", "trees", "IdenticalDataAndAlgorithm")
        + start("timid", "trees", "TransferLearning")
        + start("wrong", "bushes", "IdenticalDataAndAlgorithm")
    )
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 3)
    let lines = ending.error.split(separator: "\n").filter { $0.contains("tune.warm-start-mode") }
    #expect(lines.count { $0.contains("error:") && $0.contains("sha256:") } == 1, "\(lines)")
    #expect(lines.count { $0.contains("advice:") } == 1, "\(lines)")
    let cells = try Value(json: folder.bytes("output/study.json"))["cells"]?.asArray ?? []
    let later = cells.first { $0["name"]?.asString == "later" }?["values"]
    #expect(later?["inherited"]?.asInteger == 3)
  }

  /// A script that keeps its state climbs from rung to rung without doing an epoch twice; what the
  /// best job and those that failed printed is in the report.
  @Test func aScriptGoesOnFromItsCheckpoints() throws {
    let text = """
      ```yaml train own
      algorithm: script
      command: sh own.sh
      hyperparameters: {rate: 1}
      metric_definitions: [{name: loss, regex: 'loss=([0-9.]+)'}]
      ```

      ```yaml tune search
      train: own
      strategy: Hyperband
      objective: {metric: loss, type: Minimize}
      ranges: {rate: {type: integer, min: 1, max: 9}}
      hyperband: {min_resource: 1, max_resource: 4, reduction: 2}
      max_jobs: 8
      ```

      """
    let script = """
      [ "$SM_HP_RATE" = 5 ] && echo "no <good>" && exit 1
      state="$SM_CHECKPOINT_DIR/epoch"
      epoch=$(cat "$state" 2>/dev/null || echo 0)
      echo "starts after $epoch"
      while [ "$epoch" -lt "${COLOPHON_EPOCH_LIMIT:-4}" ]; do
        epoch=$((epoch + 1)); echo "$epoch" > "$state"
        echo "loss=$((90 + SM_HP_RATE - epoch))"
      done

      """
    let folder = try ProjectFolder.study(text)
    try folder.write(script, to: "own.sh")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 0, "\(ending.error)")
    let cells = try Value(json: folder.bytes("output/study.json"))["cells"]?.asArray
    let values = cells?.first { $0["name"]?.asString == "search" }?["values"]
    #expect(values?["best"]?["epochs"]?.asInteger == 4)
    let rate = try #require(values?["best"]?["hyperparameters"]?["rate"]?.asInteger)
    #expect(values?["best"]?["objective"]?.asNumber == Double(86 + rate))
    #expect(values?["jobs"]?["failed"]?.asInteger == 1)
    let page = try folder.text("output/study.html")
    #expect(page.contains("starts after 2") && page.contains("no &lt;good&gt;"))
    let log = try folder.colophon("runs", "show", "1", "--format", "json").output
    let best = try #require(values?["best"]?["job"]?.asInteger)
    let jobs = try Value(json: log.utf8)["jobs"]?.asArray ?? []
    #expect(jobs.count { $0["job"]?.asString == "job \(best)" } > 1)
  }

  /// A report's script is a stranger's program.
  @Test func aReportWithAScriptIsVerifiedOnlyWhereThatIsAllowed() throws {
    let text = """
      ```yaml train own
      algorithm: script
      command: sh own.sh
      metric_definitions: [{name: loss, regex: 'loss=([0-9.]+)'}]
      ```

      """
    let folder = try ProjectFolder.study(text)
    try folder.write("echo loss=0.25\n", to: "own.sh")
    try folder.colophon("run", "study.md")
    let refused = try folder.colophon("verify", "output/study.html")
    #expect(refused.status == 1)
    #expect(refused.error.contains("--allow-scripts"))
    let allowed = try folder.colophon("verify", "output/study.html", "--allow-scripts")
    #expect(allowed.status == 0, "\(allowed.output)\(allowed.error)")
    try folder.write("echo loss=0.5\n", to: "own.sh")
    let changed = try folder.colophon("verify", "output/study.html", "--allow-scripts")
    #expect(changed.status == 1)
    #expect(changed.output.contains("own.sh"))
  }
}
