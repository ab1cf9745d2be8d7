package import ColophonCore
package import ColophonData
import Synchronization

/// What a cell may look at before anything runs: the other recipes, the heads of files, and files
/// that are small enough whole.
package struct Survey: Sendable {
  /// The folder that relative files are relative to.
  package let directory: String
  private let recipes: [String: any CellKind]
  /// The roots of the cells' random streams.
  private let seeds: [String: UInt64]
  private let known = Known()
  /// The cells whose preview is being looked for, so that a circle of cells has an end.
  private var asking: Set<String> = []

  /// What was looked up before, since many cells ask for the same.
  private final class Known: Sendable {
    let headers = Mutex<[String: Result<[String], DataFaults>]>([:])
    let previews = Mutex<[String: DatasetPreview?]>([:])
    let datasets = Mutex<[String: Dataset?]>([:])
  }

  /// Without `seeds`, the roots of the cells' random streams, no data is read beforehand, since chance
  /// splits it.
  package init(
    directory: String,
    recipes: [String: any CellKind],
    seeds: [String: UInt64] = [:]
  ) {
    self.directory = directory
    self.recipes = recipes
    self.seeds = seeds
  }

  /// The recipe of a cell; nil where there is none or it could not be read.
  package func recipe(of cell: String) -> (any CellKind)? { recipes[cell] }

  /// The path under which a file named by the author is opened.
  package func path(of file: String) -> String {
    file.hasPrefix("/") || directory.isEmpty ? file : directory + "/" + file
  }

  /// What is known beforehand of the data that a cell makes or learned from.
  package func preview(of cell: String) -> DatasetPreview? {
    if asking.contains(cell) { return nil }
    if let known = known.previews.withLock({ $0[cell] }) { return known }
    var survey = self
    survey.asking.insert(cell)
    let found = survey.findPreview(of: cell)
    known.previews.withLock { $0[cell] = .some(found) }
    return found
  }

  /// The data that a cell makes or learned from, as the run will have it.
  ///
  /// Nil where that would take long, or can't be (which is reported where the data is made).
  package func dataset(of cell: String) -> Dataset? {
    if asking.contains(cell) { return nil }
    if let known = known.datasets.withLock({ $0[cell] }) { return known }
    var survey = self
    survey.asking.insert(cell)
    let found = survey.findDataset(of: cell)
    known.datasets.withLock { $0[cell] = .some(found) }
    return found
  }

  /// What a cell would be lent if it ran now: files of a size that can be read in no time, and
  /// datasets made of such.
  func workshop(of cell: String) -> Workshop {
    Workshop(
      cell: cell,
      seed: seeds[cell] ?? 0,
      threads: 1,
      supply: SurveySupply(survey: self, limit: SurveySupply.readableBytes)
    )
  }

  /// The names of a table's columns, from the head of its file.
  func columns(of file: String) throws(DataFaults) -> [String] {
    if let known = known.headers.withLock({ $0[file] }) { return try known.get() }
    let found = Result { () throws(DataFaults) in
      try CSVHeader.read(path: path(of: file), name: file)
    }
    known.headers.withLock { $0[file] = found }
    return try found.get()
  }

  /// The names of the columns of an SQLite file's answer to a query.
  func columns(of file: String, asking query: String) throws(DataFaults) -> [String] {
    let key = "\(file)\u{0}\(query)"
    if let known = known.headers.withLock({ $0[key] }) { return try known.get() }
    let found = Result { () throws(DataFaults) in
      do throws(DataFaults) {
        return try SQLiteQuery(query).columns(of: ByteSource(path: path(of: file)).bytes)
      } catch {
        throw DataFaults(error.faults.map { $0.naming(path(of: file), as: file) })
      }
    }
    known.headers.withLock { $0[key] = found }
    return try found.get()
  }

  private func findDataset(of cell: String) -> Dataset? {
    var seen: Set<String> = []
    var name = cell
    while seen.insert(name).inserted, let recipe = recipes[name] {
      if let maker = recipe as? any MakesDataset {
        guard seeds[name] != nil, maker.isQuicklyMade else { return nil }
        return try? maker.dataset(in: workshop(of: name))
      }
      guard let follower = recipe as? any UsesDataset, let next = follower.dataCell else { break }
      name = next
    }
    return nil
  }

  private func findPreview(of cell: String) -> DatasetPreview? {
    var seen: Set<String> = []
    var name = cell
    while seen.insert(name).inserted, let recipe = recipes[name] {
      if let source = recipe as? any PreviewsDataset { return source.preview(in: self) }
      guard let follower = recipe as? any UsesDataset, let next = follower.dataCell else { break }
      name = next
    }
    return nil
  }
}

/// A cell kind that makes a dataset and can tell its schema beforehand.
package protocol PreviewsDataset: CellKind {
  /// The schema, or nil where the file can't be read (which `check` reports by itself).
  func preview(in survey: Survey) -> DatasetPreview?
}

/// A cell kind that makes a dataset, which may be looked at before anything runs.
package protocol MakesDataset: CellKind {
  /// Whether it is made in no time where the files are small.
  var isQuicklyMade: Bool { get }
  /// The dataset alone, without values and exhibits.
  func dataset(in workshop: Workshop) throws -> Dataset
}

/// A cell kind whose work rests on the data of another cell (directly, or through its model).
package protocol UsesDataset: CellKind {
  /// The cell to ask for the data: a dataset, or a model's cell.
  var dataCell: String? { get }
}
