import ColophonCore
import ColophonTestSupport
import Testing

/// `colophon model`: the models of the store, shown and written as files.
@Suite struct TheModelCommand {
  /// A project whose study has been run.
  private func studied() throws -> ProjectFolder {
    let folder = try ProjectFolder.study()
    #expect(try folder.colophon("run", "study.md").status == 0)
    return folder
  }

  private func shown(_ folder: ProjectFolder, _ model: String) throws -> Value {
    let ending = try folder.colophon("model", "show", model, "--format", "json")
    #expect(ending.status == 0, "\(ending.error)")
    return try Value(json: ending.output.utf8)
  }

  @Test func showsWhatAModelTakesAndGives() throws {
    let folder = try studied()
    let value = try shown(folder, "study.md:line")
    #expect(value["algorithm"] == "linear_learner")
    #expect(value["classes"] == ["no", "yes"])
    #expect(value["target"] == "left")
    #expect(value["formats"] == ["onnx", "colophon"])
    let inputs = value["inputs"]?.asArray ?? []
    #expect(inputs.map { $0["name"]?.asString } == ["age", "bill", "calls", "region"])
    #expect(inputs.last?["levels"] == ["east", "north", "south"])
    let trees = try shown(folder, "study.md:trees")
    #expect(
      trees["formats"]?.asArray?.contains("xgboost-ubj") == true
        && trees["formats"]?.asArray?.contains("xgboost-json") == true
    )
    let text = try folder.colophon("model", "show", "study.md:line").output
    #expect(text.contains("region  category: east, north, south; missing is none of the levels"))
  }

  /// A digest names the same model as the cell, also by its first digits as a report prints them.
  @Test func findsAModelByItsDigest() throws {
    let folder = try studied()
    let digest = try #require(try shown(folder, "study.md:line")["model"]?.asString)
    let hex = String(digest.dropFirst(7))
    let short = "\(hex.prefix(4)) \(hex.dropFirst(4).prefix(4))"
    for name in [digest, hex, String(hex.prefix(10)), short] {
      #expect(try shown(folder, name)["model"]?.asString == digest)
    }
  }

  @Test(arguments: ["onnx", "xgboost-json", "xgboost-ubj", "colophon"])
  func writesAModelTwiceAsTheSameFile(format: String) throws {
    let folder = try studied()
    for file in ["a.bin", "b.bin"] {
      let ending = try folder.colophon(
        "model",
        "export",
        "study.md:trees",
        "--format",
        format,
        "-o",
        file
      )
      #expect(ending.status == 0, "\(ending.error)")
      #expect(ending.error.hasPrefix("wrote \(file) ("))
    }
    #expect(try folder.bytes("a.bin") == folder.bytes("b.bin"))
    #expect(try !folder.bytes("a.bin").isEmpty)
  }

  @Test func namesTheFileAfterTheCell() throws {
    let folder = try studied()
    let ending = try folder.colophon("model", "export", "study.md:line")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(folder.exists("line.onnx"))
    #expect(ending.error.contains("age: double"))
  }

  @Test func saysWhatIsWrongWithAReference() throws {
    let folder = try studied()
    let wrong: [(String, String)] = [
      ("study.md:lime", "hint: did you mean 'line'?"),
      ("study.md:people", "made a dataset, not a model"),
      ("studdy.md:line", "hint: did you mean 'study.md'?"),
      ("ffffffffffff", "holds no model whose digest begins with 'ffffffffffff'"),
      ("nonsense", "hint: write NOTEBOOK:CELL"),
    ]
    for (reference, words) in wrong {
      let ending = try folder.colophon("model", "show", reference)
      #expect(ending.status == 64)
      #expect(ending.error.contains(words), "\(reference): \(ending.error)")
    }
  }

  @Test func saysThatANotebookWasNotRunYet() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("model", "show", "study.md:line")
    #expect(ending.status == 64)
    #expect(ending.error.contains("hint: run it first: colophon run study.md"))
    #expect(!folder.exists(".colophon"))
  }

  @Test func refusesAFormatThatAModelDoesNotHave() throws {
    let folder = try studied()
    let other = try folder.colophon(
      "model",
      "export",
      "study.md:line",
      "--format",
      "xgboost-json"
    )
    #expect(other.status == 64)
    #expect(other.error.contains("a model of linear_learner is none of the xgboost library"))
    let unknown = try folder.colophon("model", "export", "study.md:line", "--format", "onx")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("did you mean 'onnx'?"))
  }
}
