import ColophonCells
import ColophonCore
import ColophonData
import Foundation
import Testing

/// A folder of pictures as a dataset.
@Suite struct ImageSources {
  private static let fixtures: String = {
    URL(filePath: #filePath).appending(path: "../../../Fixtures").standardized.path
  }()

  private func cell(_ source: Value, _ more: [(String, Value)] = []) -> (DatasetKind, FieldReader) {
    var reader = FieldReader(
      Config(pairs: [("source", source)] + more).entries,
      context: "a dataset cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = DatasetKind(reading: &reader)
    reader.finish()
    return (cell, reader)
  }

  private func pictures() throws -> [UInt8] {
    FolderBytes.encoded(
      try ImageFolder.names(in: "\(Self.fixtures)/pictures/sets").map { name in
        let path = "\(Self.fixtures)/pictures/sets/\(name)"
        return (name, Array(try Data(contentsOf: URL(filePath: path))))
      }
    )
  }

  private func run(_ cell: DatasetKind, _ files: [String: [UInt8]]) throws -> Dataset {
    let workshop = Workshop(
      cell: "pictures",
      seed: 1,
      threads: 1,
      supply: FolderSupply(files: files)
    )
    return try #require(try cell.run(in: workshop).artifact as? Dataset)
  }

  private static let split: (String, Value) = (
    "split", ["train": 0.5, "test": 0.5, "by": "random"]
  )

  @Test func takesLabelsFromFolders() throws {
    let (cell, reader) = cell(
      ["images": "pictures/sets"],
      [("target", "label"), Self.split]
    )
    #expect(reader.diagnostics.isEmpty)
    #expect(reader.files.map { $0.isFolder } == [true])
    #expect(cell.check(in: Survey(directory: Self.fixtures, recipes: [:])).isEmpty)
    let dataset = try run(cell, ["pictures/sets": pictures()])
    #expect(dataset.classes == ["cat", "dog"])
    #expect(dataset.features.count == 12)
    #expect(dataset.features.first?.name == "pixel_0_0")
    #expect(dataset.table["pixel_2_3"]?.numbers == [187, 192, 21, 131])
  }

  @Test func takesLabelsFromATable() throws {
    let (cell, reader) = cell(
      ["images": "pictures/sets", "labels": "known.csv", "file": "name", "channels": "3"],
      [("target", "age"), Self.split]
    )
    #expect(reader.diagnostics.isEmpty)
    let table = Array("name,age\ndog/1.png,3\ncat/0.png,5\ncat/1.png,2\ndog/0.png,8\n".utf8)
    let dataset = try run(cell, ["pictures/sets": pictures(), "known.csv": table])
    #expect(dataset.task == .regression)
    #expect(dataset.features.count == 36)
    #expect(dataset.table["pixel_0_1_green"]?.numbers == [217, 17, 22, 107])
    let wrong = Array("name,age\ncow/1.png,3\n".utf8)
    #expect(throws: CellFailure.self) {
      try run(cell, ["pictures/sets": pictures(), "known.csv": wrong])
    }
  }

  @Test func tellsAtCheckWhatIsWrongWithPictures() {
    let (cell, _) = cell(["images": "pictures/bad"], [("target", "label")])
    let found = cell.check(in: Survey(directory: Self.fixtures, recipes: [:]))
    #expect(found.map { $0.code } == ["data.images", "data.images"])
    #expect(found.first?.message == "'b.png' is no PNG")
    let (empty, _) = self.cell(["images": "pictures/none"], [("target", "label")])
    // A folder that is not there is reported where all files are.
    #expect(empty.check(in: Survey(directory: Self.fixtures, recipes: [:])).isEmpty)
  }
}
