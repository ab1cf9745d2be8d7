import ColophonCells
import ColophonCore

/// Finds files that cells name and that are not there.
enum FileChecks {
  static func diagnostics(_ recipes: [String: CellRecipe], in directory: String) -> [Diagnostic] {
    recipes.values.flatMap { $0.files }.compactMap { file in
      let written = file.path.value
      let path = LocalFiles.path(of: written, in: directory)
      if file.isFolder, LocalFiles.exists(path) {
        return LocalFiles.isDirectory(path)
          ? nil : problem(file, "'\(written)' is a file, not a folder", hint: nil)
      }
      if LocalFiles.isDirectory(path) {
        return problem(file, "'\(written)' is a folder, not a file", hint: nil)
      }
      if LocalFiles.exists(path) { return nil }
      let folder = LocalFiles.directory(of: path)
      let name = String(path.split(separator: "/").last ?? "")
      let near = Suggestion.nearest(
        to: name,
        among: LocalFiles.names(in: folder.isEmpty ? "." : folder)
      )
      let hint = near.map { near in
        let parent = LocalFiles.directory(of: written)
        return "did you mean '\(parent.isEmpty ? "" : parent + "/")\(near)'?"
      }
      return problem(
        file,
        "there is no \(file.isFolder ? "folder" : "file") '\(written)'",
        hint: hint ?? "files are relative to the notebook"
      )
    }
  }

  private static func problem(_ file: FileUse, _ message: String, hint: String?) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.missing-file",
      at: file.path.position,
      length: file.path.value.utf8.count,
      message,
      hint: hint
    )
  }
}
