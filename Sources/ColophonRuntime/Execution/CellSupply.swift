import ColophonCells
import ColophonCore
import ColophonRegistry
import Synchronization

/// What one running cell is lent: the results of the cells it refers to, and its files.
final class CellSupply: WorkshopSupply {
  private let state: RunState
  private let kinds: [String: any CellKind.Type]
  private let directory: String
  private let cell: String
  private let observer: any RunObserver
  /// The digest of each file at the moment it was really read.
  private let digests = Mutex<[String: Digest]>([:])
  /// What the cell goes on with, where it does.
  private let note = Mutex<String?>(nil)
  let unfinished: (any UnfinishedWork)?
  let experiments: (any ExperimentShelf)?
  let registry: (any RegistryAccess)?
  private let makeLineage: @Sendable ([String]) throws -> [LineageNode]

  init(
    state: RunState,
    kinds: [String: any CellKind.Type],
    directory: String,
    cell: String,
    unfinished: (any UnfinishedWork)?,
    experiments: (any ExperimentShelf)?,
    registry: (any RegistryAccess)?,
    lineage: @escaping @Sendable ([String]) throws -> [LineageNode],
    observer: any RunObserver
  ) {
    self.state = state
    self.kinds = kinds
    self.directory = directory
    self.cell = cell
    self.unfinished = unfinished
    self.experiments = experiments
    self.registry = registry
    makeLineage = lineage
    self.observer = observer
  }

  /// The files that were read, by the author's path.
  var filesRead: [String: Digest] { digests.withLock { $0 } }
  /// Such as "resumed at round 37 of 100"; nil where the cell began afresh.
  var resumption: String? { note.withLock { $0 } }
  var isCancelled: Bool { state.isCancelled }

  func artifactDigest(of cell: String) -> Digest? { state[cell]?.artifact }

  func artifact(of cell: String) throws -> (any Artifact)? {
    guard let digest = state[cell]?.artifact, let type = kinds[cell]?.produces else { return nil }
    return try state.artifact(digest, as: type)
  }

  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? {
    try state.artifact(digest, as: type)
  }

  func values(of cell: String) -> Value? { state[cell]?.values }

  func lineage(of cells: [String]) throws -> (engine: String, nodes: [LineageNode])? {
    (Engine.version, try makeLineage(cells))
  }

  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) {
    let bytes = try LocalFiles.readAny(LocalFiles.path(of: file, in: directory))
    let digest = Digest(of: bytes)
    digests.withLock { $0[file] = digest }
    return (bytes, digest)
  }

  func progress(_ fraction: Double, _ note: String) {
    observer.observe(.progress(cell: cell, fraction: fraction, note: note))
  }

  func resumed(_ fraction: Double, _ note: String) {
    self.note.withLock { $0 = $0 ?? note }
    observer.observe(.resumed(cell: cell, fraction: fraction, note: note))
  }
}

extension LocalFiles {
  /// The path under which a file is opened that an author named relative to a folder.
  package static func path(of file: String, in directory: String) -> String {
    file.hasPrefix("/") || directory.isEmpty ? file : directory + "/" + file
  }
}
