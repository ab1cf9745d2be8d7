import ColophonCells
import ColophonCore
import ColophonLineage

extension Prepared {
  /// By cell, a file that is not there; a cell that needs such a cell misses the same file.
  var missingFiles: [String: String] {
    var missing: [String: String] = [:]
    for name in order {
      let own = recipes[name]?.files.map { $0.path.value }.first {
        !LocalFiles.exists(LocalFiles.path(of: $0, in: directory))
      }
      missing[name] = own ?? needs(name).compactMap { missing[$0] }.first
    }
    return missing
  }

  var tolerances: [String: CellTolerance] {
    recipes.compactMapValues { recipe in
      switch recipe.tolerance {
      case .all(let bound): .all(bound)
      case .paths(let bounds): .paths(bounds)
      case nil: nil
      }
    }
  }
}
