import ColophonCells
import ColophonCore
import ColophonLearning
import Testing

/// Script mode: what a program is told, what is read of it, how it may end.
@Suite struct ScriptTests {
  /// A train cell over a shell program of one line.
  static func run(
    _ program: String,
    _ more: KeyValuePairs<String, Value> = [:],
    hyperparameters: Value = [:]
  ) throws -> Outcome {
    var fields: [(String, Value)] = [
      ("algorithm", "script"), ("command", ["sh", "-c", .string(program), "script"]),
      ("hyperparameters", hyperparameters),
      ("metric_definitions", [["name": "loss", "regex": "loss=([-+0-9.eE]+|nan|inf)"]]),
    ]
    for (name, value) in more {
      fields.removeAll { $0.0 == name }
      fields.append((name, value))
    }
    let place = SourcePosition(path: "n.md", line: 1, column: 1)
    var reader = FieldReader(Config(pairs: fields).entries, context: "a train cell", at: place)
    let cell = TrainKind(reading: &reader)
    reader.finish()
    try #require(reader.diagnostics.isEmpty, "\(reader.diagnostics)")
    return try ColophonCellsTests.run(cell, named: "job")
  }

  @Test func readsMetricsLineByLine() throws {
    let outcome = try ScriptTests.run("for e in 3 2 1; do echo epoch loss=0.$e; done")
    #expect(outcome.values["metrics"]?["loss"]?.asNumber == 0.1)
    #expect(outcome.values["epochs"] == 3)
  }

  @Test func passesHyperparametersAsArgumentsVariablesAndJSON() throws {
    let outcome = try ScriptTests.run(
      """
      test "$1 $2 $3 $4" = "--depth 7 --name a b" || exit 1
      test "$SM_HP_DEPTH" = 7 && test "$SM_HP_NAME" = "a b" || exit 2
      test "$SM_HPS" = '{"depth":7,"name":"a b"}' || exit 3
      test "$SM_USER_ARGS" = '["--depth","7","--name","a b"]' || exit 4
      grep -q '"depth":"7"' "$SM_INPUT_CONFIG_DIR/hyperparameters.json" || exit 5
      grep -q '"current_host":"algo-1"' "$SM_INPUT_CONFIG_DIR/resourceconfig.json" || exit 6
      test -d "$SM_MODEL_DIR" && test -d "$SM_OUTPUT_DATA_DIR" || exit 7
      test "$SM_NUM_GPUS" = 0 && test "$SM_CHANNELS" = "[]" || exit 8
      echo loss=1
      """,
      hyperparameters: ["depth": 7, "name": "a b"]
    )
    #expect(outcome.values["metrics"]?["loss"]?.asNumber == 1)
  }

  /// The environment is what the container's would be, and nothing of this process's.
  @Test func hasACleanEnvironment() throws {
    let outcome = try ScriptTests.run(
      "env | grep -v -E '^(SM_|PATH=|LC_ALL=|HOME=|TMPDIR=|PWD=|OLDPWD=|SHLVL=|_=)' && exit 1; echo loss=1"
    )
    #expect(outcome.values["epochs"] == 1)
  }

  @Test func keepsTheModelFolderInCanonicalBytes() throws {
    let program = """
      mkdir -p "$SM_MODEL_DIR/b"; echo 2 > "$SM_MODEL_DIR/b/x"; echo 1 > "$SM_MODEL_DIR/a"; echo loss=1
      """
    let models = try (0..<2).map { _ in try ScriptTests.run(program).artifact as? TrainedModel }
    let model = try #require(models[0]?.model as? ScriptModel)
    #expect(model.files.map { $0.path } == ["a", "b/x"])
    #expect(model.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["1\n", "2\n"])
    let bytes = try models.map { try #require($0).encoded() }
    #expect(bytes[0] == bytes[1])
    let read = try TrainedModel(decoding: bytes[0])
    #expect((read.model as? ScriptModel) == model)
  }

  /// What a script can do wrong, and the words that tell it.
  @Test(arguments: [
    ("echo out of memory > $SM_OUTPUT_DIR/failure; exit 1", "status 1: out of memory"),
    ("exit 7", "ended with status 7"), ("kill -9 $$", "ended by signal 9"),
    ("echo loss=1; exec sleep 60", "time limit of 0.3 s"),
  ])
  func tellsHowAScriptFailed(_ program: String, _ words: String) {
    let failure = #expect(throws: CellFailure.self) {
      try ScriptTests.run(program, ["max_runtime": 0.3])
    }
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    #expect(failure?.field == "command")
  }

  @Test func tellsThatAProgramIsMissing() {
    let failure = #expect(throws: CellFailure.self) {
      try ScriptTests.run("", ["command": "no-such-program-anywhere"])
    }
    #expect(failure?.message == "there is no program 'no-such-program-anywhere'")
  }

  /// Children that outlive the script don't hold it up, and don't outlive it for long.
  @Test func doesNotWaitForChildren() throws {
    let outcome = try ScriptTests.run("sleep 60 & echo loss=1")
    #expect(outcome.values["epochs"] == 1)
  }

  @Test func showsTheLastLinesBesideAPatternThatMatchesNothing() throws {
    let outcome = try ScriptTests.run("echo Loss: 0.5")
    let advice = try #require(outcome.advice.first)
    #expect(advice.code == "tune.metric-never-captured")
    #expect(advice.message.contains("loss=("))
    #expect(advice.hint?.contains("Loss: 0.5") == true)
  }

  @Test(
    arguments: [
      (["command": "sh x", "metrics": ["accuracy"]], "train.script"),
      (["command": "sh 'x"], "train.script"),
      (
        ["command": "sh x", "metric_definitions": [["name": "a", "regex": "(b"]]], "train.pattern"
      ),
      (["command": "sh x", "metric_definitions": [["regex": "b"]]], "cell.missing-field"),
      (["max_runtime": 3], "cell.missing-field"),
      (["command": "sh x", "image_uri": "a@sha256:1"], "train.script"),
      (["algorithm": "container"], "cell.missing-field"),
      (["algorithm": "container", "image_uri": "--privileged"], "train.container"),
      (["algorithm": "container", "image_uri": "a", "spot": ["max_run": 1]], "train.script"),
    ] as [([String: Value], Diagnostic.Code)]
  )
  func findsWhatIsWrongBeforeItRuns(_ fields: [String: Value], _ code: Diagnostic.Code) {
    let place = SourcePosition(path: "n.md", line: 1, column: 1)
    let given = ["algorithm": "script"].merging(fields) { $1 }
    let all = given.sorted { $0.key < $1.key }
    var reader = FieldReader(Config(pairs: all).entries, context: "a train cell", at: place)
    _ = TrainKind(reading: &reader)
    reader.finish()
    #expect(reader.diagnostics.contains { $0.code == code }, "\(reader.diagnostics)")
  }
}
