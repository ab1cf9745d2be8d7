import ColophonCore
import ColophonData

/// What value paths lead to in a dataset cell.
enum DatasetValues {
  static let patterns: [PathPattern] = [
    "rows", "columns", "features", "digest", "task", "classes.*", "unlabelled",
    "split.{train,validation,test}.rows", "split.{train,validation,test}.classes.*", "missing.*",
    "column.*.{count,missing,distinct,mean,std,min,lower_quartile,median,upper_quartile,max}",
    "column.*.levels.*",
  ]

  /// The values; `digest` is that of the file as it lies on disk.
  static func values(
    _ dataset: Dataset,
    _ profile: DatasetProfile,
    digest: Digest
  ) -> [String: Value] {
    var splits: [String: Value] = [:]
    for (place, split) in Split.allCases.enumerated() {
      var part: [String: Value] = ["rows": .integer(profile.splits[place])]
      if !profile.classes.isEmpty {
        part["classes"] = object(profile.classes.map { ($0.label, .integer($0.bySplit[place])) })
      }
      splits[split.rawValue] = .object(part)
    }
    var values: [String: Value] = [
      "rows": .integer(profile.rows),
      "columns": .integer(profile.columns.count),
      "features": .integer(dataset.features.count),
      "digest": .string(digest.description),
      "task": .string(dataset.task.rawValue),
      "unlabelled": .integer(dataset.targetColumn?.missingCount ?? 0),
      "split": .object(splits),
      "missing": object(profile.columns.map { ($0.name, .integer($0.missing)) }),
      "column": object(profile.columns.map { ($0.name, column($0)) }),
    ]
    if !profile.classes.isEmpty {
      values["classes"] = object(profile.classes.map { ($0.label, .integer($0.count)) })
    }
    return values
  }

  private static func column(_ column: ColumnProfile) -> Value {
    var members: [String: Value] = [
      "count": .integer(column.count), "missing": .integer(column.missing),
      "distinct": .integer(column.distinct),
    ]
    if let numbers = column.numbers {
      members["mean"] = .number(numbers.mean)
      members["std"] = .number(numbers.std)
      members["min"] = .number(numbers.min)
      members["lower_quartile"] = .number(numbers.lowerQuartile)
      members["median"] = .number(numbers.median)
      members["upper_quartile"] = .number(numbers.upperQuartile)
      members["max"] = .number(numbers.max)
    } else {
      members["levels"] = object(column.levels.map { ($0.label, .integer($0.count)) })
    }
    return .object(members)
  }

  private static func object(_ members: [(String, Value)]) -> Value {
    .object(Dictionary(members) { first, _ in first })
  }
}
