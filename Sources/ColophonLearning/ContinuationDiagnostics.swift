package import ColophonCore
package import ColophonData

/// The wording of why a job can't go on from a model.
extension TrainingFault {
  /// The one code of all of them.
  package static let continuation: Diagnostic.Code = "train.incremental-or-transfer"

  package static func otherAlgorithm(_ name: String, was first: String) -> TrainingFault {
    TrainingFault(
      continuation,
      "\(name) can't go on from a model of \(first)",
      hint: "take 'algorithm: \(first)', or leave 'from' out",
      field: "algorithm"
    )
  }

  package static func cannotContinue(_ name: String) -> TrainingFault {
    let able = algorithms.members.filter { $0.canContinue }.map { $0.name }
    return TrainingFault(
      continuation,
      "\(name) starts afresh with every job and can't go on from a model",
      hint: able.isEmpty ? nil : "\(able.joined(separator: " and ")) can",
      field: "algorithm"
    )
  }

  package static func otherTarget(_ target: String?, was first: String?) -> TrainingFault {
    TrainingFault(
      continuation,
      "the target is \(named(target)), and that of the model to go on from is \(named(first))",
      hint: "an incremental job needs data of the same schema",
      field: "from"
    )
  }

  package static func otherTask(_ task: Task, was first: Task) -> TrainingFault {
    TrainingFault(
      continuation,
      "the data's task is '\(task.rawValue)', and that of the model to go on from is "
        + "'\(first.rawValue)'",
      hint: "give the dataset cell 'task: \(first.rawValue)'",
      field: "from"
    )
  }

  static func otherClasses(_ classes: [String], was first: [String]) -> TrainingFault {
    let added = classes.filter { !first.contains($0) }
    let lacking = first.filter { !classes.contains($0) }
    let why: String
    if !added.isEmpty {
      why = "the data has the class \(list(added)), which the model to go on from does not know"
    } else if !lacking.isEmpty {
      why = "the data lacks the class \(list(lacking)) of the model to go on from"
    } else {
      why = "the classes stand in another order than in the model to go on from"
    }
    return TrainingFault(
      continuation,
      why,
      hint: added.isEmpty && lacking.isEmpty
        ? "give the dataset cell the same 'positive'" : "train a new model on all the data",
      field: "from"
    )
  }

  package static func otherColumns(lacking: [String], added: [String]) -> TrainingFault {
    let parts = [
      lacking.isEmpty ? nil : "the data lacks \(list(lacking))",
      added.isEmpty
        ? nil
        : "\(lacking.isEmpty ? "the data" : "it") has \(list(added)), which the model to go on from "
          + "does not know",
    ]
    return TrainingFault(
      continuation,
      parts.compactMap { $0 }.joined(separator: ", and "),
      hint: added.isEmpty
        ? "an incremental job needs data of the same schema"
        : "set \(added.count == 1 ? "it" : "them") to 'ignore' under 'columns' of the dataset cell",
      field: "from"
    )
  }

  static func otherType(_ column: String, wasNumeric: Bool) -> TrainingFault {
    TrainingFault(
      continuation,
      wasNumeric
        ? "'\(column)' holds categories, and the model to go on from learned numbers"
        : "'\(column)' holds numbers, and the model to go on from learned categories",
      hint: "name its type under 'columns' of the dataset cell",
      field: "from"
    )
  }

  private static func named(_ target: String?) -> String { target.map { "'\($0)'" } ?? "none" }

  /// Up to three names, quoted.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}
