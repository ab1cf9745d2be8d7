package import ColophonData
import Synchronization

/// What a cell may look at before anything runs: the other recipes, and the heads of files.
package struct Survey: Sendable {
  /// The folder that relative files are relative to.
  package let directory: String
  private let recipes: [String: any CellKind]
  private let known = Known()
  /// The cells whose preview is being looked for, so that a circle of cells has an end.
  private var asking: Set<String> = []

  /// What was looked up before, since many cells ask for the same.
  private final class Known: Sendable {
    let headers = Mutex<[String: Result<[String], DataFaults>]>([:])
    let previews = Mutex<[String: DatasetPreview?]>([:])
  }

  package init(directory: String, recipes: [String: any CellKind]) {
    self.directory = directory
    self.recipes = recipes
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

  /// The names of a table's columns, from the head of its file.
  func columns(of file: String) throws(DataFaults) -> [String] {
    if let known = known.headers.withLock({ $0[file] }) { return try known.get() }
    let found = Result { () throws(DataFaults) in
      try CSVHeader.read(path: path(of: file), name: file)
    }
    known.headers.withLock { $0[file] = found }
    return try found.get()
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

/// A cell kind whose work rests on the data of another cell (directly, or through its model).
package protocol UsesDataset: CellKind {
  /// The cell to ask for the data: a dataset, or a model's cell.
  var dataCell: String? { get }
}
