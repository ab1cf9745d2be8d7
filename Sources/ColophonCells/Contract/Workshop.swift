package import ColophonCore
package import ColophonRegistry

/// What a running cell is lent: its inputs, its files, its own randomness, threads, and a way to
/// report progress.
///
/// Nothing in it tells the time, the host or the folder.
package struct Workshop: Sendable {
  /// The cell's name.
  package let cell: String
  /// The root of the cell's random streams: its own `seed`, else the notebook's.
  package let seed: UInt64
  /// The notebook's own seed, by which other cells' streams are rooted.
  package let notebookSeed: UInt64
  /// How many threads the cell may use; no result may depend on it.
  package let threads: Int
  let supply: any WorkshopSupply

  package init(
    cell: String,
    seed: UInt64,
    notebookSeed: UInt64? = nil,
    threads: Int,
    supply: any WorkshopSupply
  ) {
    self.cell = cell
    self.seed = seed
    self.notebookSeed = notebookSeed ?? seed
    self.threads = threads
    self.supply = supply
  }

  /// The stream for one purpose of this cell.
  package func random(for purpose: String, index: Int = 0) -> RandomStream {
    RandomStream(root: seed, cell: cell, purpose: purpose, index: index)
  }

  /// The artifact of a cell that this cell refers to.
  package func load<Made: Artifact>(_ reference: Reference<Made>) throws -> Made {
    try load(Made.self, from: reference.cell.value)
  }

  /// The artifact of a cell that this cell refers to, by name.
  package func load<Made: Artifact>(_ made: Made.Type, from cell: String) throws -> Made {
    guard let artifact = try supply.artifact(of: cell) as? Made else {
      throw CellFailure("'\(cell)' made no \(made.artifactName)")
    }
    return artifact
  }

  /// The digest of the artifact of a cell that this cell refers to; names the content for ever.
  package func digest(ofArtifactOf cell: String) -> Digest? { supply.artifactDigest(of: cell) }

  /// An artifact by its content, such as the data that a model was trained on.
  package func load<Made: Artifact>(_ made: Made.Type, digest: Digest) throws -> Made {
    guard let artifact = try supply.artifact(digest, as: made) as? Made else {
      throw CellFailure("the store holds no \(made.artifactName) \(digest.short)")
    }
    return artifact
  }

  /// The values of a cell that this cell refers to.
  package func values(of cell: String) -> Value? { supply.values(of: cell) }

  /// The value that a path leads to, or nil where there is none.
  package func value(at path: ValuePath) -> Value? {
    supply.values(of: path.cell).flatMap { ValuePath.find(path.segments, in: $0) }
  }

  /// The bytes of a file that the recipe named, and their digest.
  ///
  /// Each read is digested: the bytes that a result rests on are the bytes that its key names.
  package func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) {
    try supply.read(file)
  }

  /// Tells how far the work is, from 0 to 1.
  package func progress(_ fraction: Double, _ note: String = "") {
    supply.progress(fraction, note)
  }

  /// Where the cell may keep unfinished work; nil where nothing outlives the process.
  package var unfinished: (any UnfinishedWork)? { supply.unfinished }

  /// Where the cell may keep its jobs; nil where nothing is kept.
  package var experiments: (any ExperimentShelf)? { supply.experiments }

  /// The same workshop as another cell would have it: what it draws is what that cell draws.
  func standing(for cell: String, seed: UInt64, threads: Int) -> Workshop {
    Workshop(
      cell: cell,
      seed: seed,
      notebookSeed: notebookSeed,
      threads: threads,
      supply: QuietSupply(supply)
    )
  }

  /// Tells that the cell goes on with what an earlier run has done, and how far that is.
  package func resumed(_ fraction: Double, _ note: String) { supply.resumed(fraction, note) }

  /// Throws `Cancelled` when the run is to end; called between rounds of long work.
  package func checkCancellation() throws {
    if supply.isCancelled { throw Cancelled() }
  }
}

/// Where a workshop gets what it lends; the runtime's side of the contract.
package protocol WorkshopSupply: Sendable {
  func artifact(of cell: String) throws -> (any Artifact)?
  func artifactDigest(of cell: String) -> Digest?
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)?
  func values(of cell: String) -> Value?
  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest)
  func progress(_ fraction: Double, _ note: String)
  func resumed(_ fraction: Double, _ note: String)
  var unfinished: (any UnfinishedWork)? { get }
  var experiments: (any ExperimentShelf)? { get }
  var isCancelled: Bool { get }
  /// The model registry; nil where there is none.
  var registry: (any RegistryAccess)? { get }
  /// The cells and all that they rest on, each after what it needs; nil where that isn't known.
  func lineage(of cells: [String]) throws -> (engine: String, nodes: [LineageNode])?
}

extension WorkshopSupply {
  package func resumed(_ fraction: Double, _ note: String) {}
  package var unfinished: (any UnfinishedWork)? { nil }
  package var experiments: (any ExperimentShelf)? { nil }
  package var registry: (any RegistryAccess)? { nil }
  package func lineage(of cells: [String]) throws -> (engine: String, nodes: [LineageNode])? { nil }
}

/// A supply that tells nobody of progress: that of a job among many.
private struct QuietSupply: WorkshopSupply {
  let supply: any WorkshopSupply

  init(_ supply: any WorkshopSupply) { self.supply = supply }

  func artifact(of cell: String) throws -> (any Artifact)? { try supply.artifact(of: cell) }
  func artifactDigest(of cell: String) -> Digest? { supply.artifactDigest(of: cell) }
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? {
    try supply.artifact(digest, as: type)
  }
  func values(of cell: String) -> Value? { supply.values(of: cell) }
  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) { try supply.read(file) }
  func progress(_ fraction: Double, _ note: String) {}
  var isCancelled: Bool { supply.isCancelled }
}
