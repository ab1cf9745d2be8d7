import ColophonCells
import ColophonCore
import ColophonData
import ColophonLineage
import Foundation
import Testing

@Suite struct SourcesOfDatasets {
  private let fixtures = URL(filePath: #filePath).appending(path: "../../../Fixtures").standardized

  @Test func areTheAnswersOfADatabase() throws {
    let (cell, reader, found) = read(
      DatasetKind.self,
      [
        "source": [
          "sqlite": "shop.sqlite",
          "query": "select price, city from purchase join customer on id = customer",
        ],
        "target": "price",
      ],
      in: fixtures.path
    )
    #expect(found == [])
    #expect(reader.files.map { $0.path.value } == ["shop.sqlite"])
    let survey = Survey(directory: fixtures.path, recipes: ["d": cell])
    #expect(survey.preview(of: "d")?.columns == ["price", "city"])
    let outcome = try run(cell, FolderSupply(folder: fixtures.path))
    #expect(outcome.values["rows"] == 60)
    let made = try #require(outcome.artifact as? Dataset)
    #expect(made.table.columns.map { $0.type } == [.numeric, .category])
    #expect(cell.reproducibility == .library)
    #expect(cell.libraries.keys.sorted() == ["sqlite"])
  }

  /// The query stands on line 2 or 3 of the configuration, from column 3 on.
  @Test func tellWhereAQueryIsWrong() throws {
    let (_, _, found) = read(
      DatasetKind.self,
      ["source": ["sqlite": "shop.sqlite", "query": "select pricee from purchase"]],
      in: fixtures.path
    )
    #expect(found.map { $0.code.description } == ["data.sql"])
    #expect(found[0].message.contains("pricee"))
    let (_, _, columns) = read(
      DatasetKind.self,
      [
        "source": ["sqlite": "shop.sqlite", "query": "select price from purchase"],
        "target": "pris",
      ],
      in: fixtures.path
    )
    #expect(columns.map { $0.code.description } == ["data.unknown-column"])
  }

  @Test(arguments: generators.names)
  func areMadeUpByEveryLaw(name: String) throws {
    let (cell, _, found) = read(
      DatasetKind.self,
      ["source": ["synthetic": .string(name), "rows": 90]]
    )
    #expect(found == [])
    let outcome = try run(cell)
    let made = try #require(outcome.artifact as? Dataset)
    #expect(made.table.rowCount == 90)
    let preview = Survey(directory: "", recipes: ["d": cell]).preview(of: "d")
    #expect(preview?.columns == made.table.columns.map { $0.name })
    #expect(preview?.target == made.target)
    #expect(preview?.task == made.task.rawValue)
    #expect(made.target != nil)
    #expect(try (run(cell).artifact as? Dataset) == made)
  }

  @Test func leaveTheLabelsOfAClusteringOut() throws {
    let (cell, _, _) = read(
      DatasetKind.self,
      ["source": ["synthetic": "blobs", "rows": 30], "task": "clustering"]
    )
    let made = try #require(try run(cell).artifact as? Dataset)
    #expect(made.target == nil)
    #expect(made.features.map { $0.name } == ["x0", "x1"])
  }
}
