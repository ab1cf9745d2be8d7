import ColophonCore
import ColophonData

/// The wording of what can be wrong with growing trees.
extension TrainingFault {
  static func criterion(_ name: String, task: Task) -> TrainingFault {
    let fitting = TreeSettings.Criterion.allCases
      .filter { $0.isOfClasses == task.isClassification }.map { $0.rawValue }
    return TrainingFault(
      "train.criterion",
      "the criterion '\(name)' does not fit the task '\(task.rawValue)'",
      hint: "leave it out, or take \(fitting.joined(separator: " or "))",
      field: "hyperparameters.criterion"
    )
  }

  static func negativeCount(row: Int) -> TrainingFault {
    TrainingFault(
      "train.criterion",
      "the criterion 'poisson' needs targets of at least 0; that of training row \(row + 1) is below",
      hint: "take squared_error or absolute_error",
      field: "hyperparameters.criterion"
    )
  }

  static let countsAllZero = TrainingFault(
    "train.criterion",
    "the criterion 'poisson' needs a target above 0, and all are 0",
    hint: "take squared_error",
    field: "hyperparameters.criterion"
  )

  static let classWeightOfNumbers = TrainingFault(
    "train.class-weight",
    "'class_weight' has no classes to weigh in a regression",
    hint: "leave it out",
    field: "hyperparameters.class_weight"
  )

  static func classWeightLabel(_ label: String, known: [String]) -> TrainingFault {
    TrainingFault(
      "train.class-weight",
      "'class_weight' weighs '\(label)', which is no class of the data",
      hint: Suggestion.hint(for: label, among: known),
      field: "hyperparameters.class_weight"
    )
  }

  static let classWeightsAllZero = TrainingFault(
    "train.class-weight",
    "with 'class_weight' every training row weighs 0",
    field: "hyperparameters.class_weight"
  )
}
