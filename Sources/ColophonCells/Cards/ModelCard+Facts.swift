package import ColophonCore
package import ColophonData
package import ColophonLearning

extension ModelCard.Identity {
  /// What a trained model says of itself; `digest` is that of its bytes.
  package init(_ name: String, _ trained: TrainedModel, digest: Digest, version: String? = nil) {
    self.init(
      name: name,
      digest: digest.description,
      version: version,
      algorithm: trained.algorithm,
      task: trained.task.rawValue,
      target: trained.target,
      classes: trained.classes,
      parameters: trained.model.parameterCount
    )
  }
}

extension ModelCard.DataFacts {
  /// A dataset's rows, parts and schema; `digest` is that of its bytes.
  package init(_ dataset: Dataset, name: String? = nil, digest: Digest) {
    let features = Set((dataset.features + dataset.texts).map { $0.name })
    func role(_ column: ColophonData.Column) -> String? {
      switch column.name {
      case dataset.target: "target"
      case dataset.weight: "weight"
      case dataset.group: "group"
      case dataset.time: "time"
      default: features.contains(column.name) ? "feature" : nil
      }
    }
    self.init(
      name: name,
      digest: digest.description,
      rows: dataset.table.rowCount,
      parts: Split.allCases.compactMap { split in
        let rows = dataset.rows(of: split).count
        return rows > 0 ? ModelCard.DataFacts.Part(split.rawValue, rows: rows) : nil
      },
      columns: dataset.table.columns.map {
        ModelCard.DataFacts.Column(
          $0.name,
          type: $0.type.rawValue,
          role: role($0),
          missing: $0.missingCount
        )
      }
    )
  }
}

extension ModelCard.Setting {
  /// A cell's resolved configuration as settings, nested ones by their path, in the order of Unicode
  /// scalars.
  package static func settings(_ configuration: Value, leaving: Set<String> = []) -> [Self] {
    settings(configuration, under: "", leaving)
  }

  private static func settings(_ value: Value, under path: String, _ leaving: Set<String>) -> [Self]
  {
    guard let members = value.asObject, !members.isEmpty else {
      return path.isEmpty ? [] : [ModelCard.Setting(path, value)]
    }
    return members.keys.sorted(by: scalarOrder).filter { !leaving.contains($0) }.flatMap { name in
      settings(members[name] ?? .null, under: path.isEmpty ? name : "\(path).\(name)", [])
    }
  }
}
