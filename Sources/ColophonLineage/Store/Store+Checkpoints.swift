package import ColophonCore

/// A cell's folder of unfinished work, as `gc`, `stats` and `verify` see it.
struct UnfinishedJob {
  /// The digest of the notebook and the cell.
  let owner: String
  let key: Digest
  let folder: String
  /// The states' files, and what else lies there.
  let states: [String]
  let leftovers: [String]
}

extension Store {
  private var checkpointFolder: String { "\(directory ?? "")/checkpoints" }

  /// The unfinished work of a cell under a key; nil where the store can't be written, since what
  /// does not outlive the process need not be kept.
  package func checkpoints(
    of key: Digest,
    notebook: String,
    cell: String
  ) throws -> JobCheckpoints? {
    guard try isWritable() else { return nil }
    let owner = Digest(of: .array([.string(notebook), .string(cell)])).hex.prefix(16)
    return JobCheckpoints(folder: "\(checkpointFolder)/\(owner)/\(key.hex)")
  }

  /// All unfinished work, in order of owner and key.
  func unfinishedJobs() throws -> [UnfinishedJob] {
    guard directory != nil else { return [] }
    return try Disk.names(in: checkpointFolder).flatMap { owner in
      try Disk.names(in: "\(checkpointFolder)/\(owner)").compactMap { name in
        guard let key = Digest(name) else { return nil }
        let folder = "\(checkpointFolder)/\(owner)/\(name)"
        let files = try Disk.names(in: folder)
        return UnfinishedJob(
          owner: owner,
          key: key,
          folder: folder,
          states: files.filter { CheckpointName($0) != nil }.map { "\(folder)/\($0)" },
          leftovers: files.filter { CheckpointName($0) == nil }.map { "\(folder)/\($0)" }
        )
      }
    }
  }

  /// Removes the unfinished work that no run will go on with: of cells that are done, and of a
  /// cell's earlier settings where later work of it is unfinished too.
  func collectCheckpoints(done: Set<Digest>, into result: inout StoreCollection) throws {
    let jobs = try unfinishedJobs()
    var newest: [String: (time: Int64, key: Digest)] = [:]
    for job in jobs where !job.states.isEmpty {
      let time = try job.states.compactMap { try Disk.facts($0)?.modified }.max() ?? 0
      if newest[job.owner].map({ $0.time < time }) ?? true { newest[job.owner] = (time, job.key) }
    }
    for job in jobs {
      let isNeeded = newest[job.owner]?.key == job.key && !done.contains(job.key)
      for path in isNeeded ? [] : job.states {
        let size = try Disk.facts(path)?.size ?? 0
        if Disk.remove(path) {
          result.checkpoints += 1
          result.bytes += Int(size)
        }
      }
      for path in job.leftovers where Disk.remove(path) { result.leftovers += 1 }
      if !isNeeded { Disk.removeFolder(job.folder) }
      Disk.removeFolder("\(checkpointFolder)/\(job.owner)")
    }
  }

  /// The damaged states, and what killed processes left among them.
  func checkpointFindings() throws -> [StoreFinding] {
    try unfinishedJobs().flatMap { job in
      try job.states.compactMap { path -> StoreFinding? in
        guard let content = try Disk.read(path) else { return nil }
        return JobCheckpoints.checked(content.bytes) == nil ? .damagedCheckpoint(path: path) : nil
      } + job.leftovers.map { .leftover(path: $0) }
    }
  }
}
