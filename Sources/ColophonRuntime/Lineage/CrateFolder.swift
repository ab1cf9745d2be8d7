package import ColophonCore
package import ColophonLineage
package import ColophonRegistry

/// An RO-Crate as a folder: the metadata, and every file that is still what the run read or made.
package struct CrateFolder: Sendable {
  private let subject: DocumentSubject
  private let project: Project
  private let store: Store

  package init(_ subject: DocumentSubject, project: Project, store: Store) {
    self.subject = subject
    self.project = project
    self.store = store
  }

  /// Writes the crate.
  ///
  /// - Returns: The paths that it holds, and those of the files that are no longer to be had, which
  ///   the metadata names by their content.
  package func write(to folder: String) throws -> (held: [String], missing: [String]) {
    var held: [String] = []
    var missing: [String] = []
    for file in ROCrate(subject).files {
      guard let bytes = bytes(of: file) else {
        missing.append(file.path)
        continue
      }
      let path = "\(folder)/\(file.path)"
      try LocalFiles.makeDirectory(LocalFiles.directory(of: path))
      try LocalFiles.write(bytes, to: path)
      held.append(file.path)
    }
    let crate = ROCrate(subject, held: Set(held))
    try LocalFiles.makeDirectory(folder)
    try LocalFiles.write(
      Array(crate.metadata.utf8),
      to: "\(folder)/\(ROCrate.metadataName)"
    )
    return (held, missing)
  }

  /// The bytes where they are still those that the digest names.
  private func bytes(of file: DocumentSubject.File) -> [UInt8]? {
    if file.digest == subject.notebook.digest { return Array(subject.notebook.text.utf8) }
    if let bytes = try? LocalFiles.read("\(project.root)/\(file.path)"),
      Digest(of: bytes) == file.digest
    {
      return bytes
    }
    return try? store.read(file.digest)
  }
}
