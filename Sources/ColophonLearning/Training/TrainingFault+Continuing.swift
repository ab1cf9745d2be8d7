import ColophonCore
import ColophonData

/// Why learning can't go on from an earlier model.
extension TrainingFault {
  static func initialOfOtherAlgorithm(_ found: String, wanted: String) -> TrainingFault {
    TrainingFault(
      "train.initial",
      "\(wanted) goes on from its own models only, and this one is of \(found)",
      field: "from"
    )
  }

  static func initialOfOtherTask(_ found: Task, wanted: Task) -> TrainingFault {
    TrainingFault(
      "train.initial",
      "the earlier model's task is '\(found.rawValue)', and the data's is '\(wanted.rawValue)'",
      field: "from"
    )
  }

  /// The first difference of two lists of names; nil where they are equal.
  static func initialDiffers(
    _ what: String,
    earlier: [String],
    now: [String]
  ) -> TrainingFault? {
    if earlier == now { return nil }
    let missing = earlier.first { !now.contains($0) }
    let added = now.first { !earlier.contains($0) }
    let difference =
      missing.map { "'\($0)' is missing here" } ?? added.map { "'\($0)' is new here" }
      ?? "their order differs"
    return TrainingFault(
      "train.initial",
      "the earlier model has other \(what): \(difference)",
      hint: "go on with data of the same columns and labels, or train afresh",
      field: "from"
    )
  }
}
