import ColophonCore
import Testing

@Suite struct TemplateFields {
  static let place = SourcePosition(path: "n.md", line: 3, column: 5)

  static func entry(_ key: String, _ text: String) -> Node.Entry {
    Node.Entry(
      key: key,
      keyPosition: place,
      value: Node(.string(text), text: text, at: place, length: text.utf8.count)
    )
  }

  /// A recipe with a reference, a default and a required field.
  struct Recipe {
    var data: String?
    var depth: Int
    init(reading fields: inout FieldReader) {
      data = fields.reference("data", to: ["dataset"], "The data.")?.value
      depth = fields.integer("depth", in: 1...9, default: 4, "Levels.")
      _ = fields.string("needed", required: true, "Needed.")
    }
  }

  static func read(
    _ cell: String,
    kind: String = "train"
  ) -> (recipe: Recipe?, reader: FieldReader) {
    let fence = SourcePosition(path: "n.md", line: 1, column: 1)
    let cells = [
      "base": WrittenCell(kind: kind, entries: [entry("data", "d")], position: fence)
    ]
    var fields = FieldReader(
      [entry("train", cell)],
      context: "a tune cell",
      at: fence,
      beside: cells
    )
    let found = fields.template("train", of: ["train"], required: true, "The template.") {
      Recipe(reading: &$0)
    }
    return (found?.recipe, fields)
  }

  @Test func readTheOtherCellsFields() {
    let (recipe, reader) = Self.read("base")
    #expect(recipe?.data == "d" && recipe?.depth == 4)
    #expect(
      reader.configuration["train"]
        == ["cell": "base", "configuration": ["data": "d", "depth": 4]]
    )
  }

  @Test func referToTheRecipeAndToItsInputs() {
    let reader = Self.read("base").reader
    #expect(reader.references.map { $0.cell.value } == ["base", "d"])
    #expect(reader.references.map { $0.use } == [.recipe, .result])
  }

  /// The template's missing field is reported where the template itself is read.
  @Test func leaveTheTemplatesMistakesToItself() {
    #expect(Self.read("base").reader.diagnostics.isEmpty)
  }

  @Test(arguments: [("nobody", "train"), ("base", "dataset")])
  func readNothingWhereThereIsNoSuchCell(cell: String, kind: String) {
    let (recipe, reader) = Self.read(cell, kind: kind)
    #expect(recipe == nil)
    // The plan reports it.
    #expect(reader.references.map { $0.cell.value } == [cell])
    #expect(reader.diagnostics.isEmpty)
  }

  @Test func areDescribedWithoutBeingRead() {
    var blank = FieldReader()
    let found = blank.template("train", of: ["train"], required: true, "The template.") {
      Recipe(reading: &$0)
    }
    #expect(found == nil)
    #expect(blank.fields.map { $0.name } == ["train"] && blank.fields[0].isRequired)
  }
}
