import ColophonCore
import ColophonData

extension NetworkRecipe {
  /// What a multi-layer perceptron has where its author names no layers.
  static let usualLayers = [64, 32].enumerated().map { i, units in
    made(DenseLayer(units: units, activation: .relu), "dense_\(i + 1)")
  }

  /// The layer that is added where the author's last is no output layer.
  static func outputLayer(units: Int) -> LayerRecipe {
    made(DenseLayer(units: units, activation: .linear), "output")
  }

  private static func made(_ layer: DenseLayer, _ name: String) -> LayerRecipe {
    LayerRecipe(
      layer: layer,
      name: name,
      initializer: nil,
      rateScale: 1,
      configuration: [
        DenseLayer.name: [
          "units": .integer(layer.units), "name": .string(name),
          "activation": .string(layer.written?.rawValue ?? Activation.linear.rawValue),
        ]
      ],
      position: SourcePosition(path: "", line: 1, column: 1),
      length: 1
    )
  }

  /// A loss with its defaults.
  static func made(_ type: any NetworkLoss.Type) -> any NetworkLoss {
    var blank = FieldReader()
    return type.init(reading: &blank)
  }

  /// What the task tells that the layers and the loss can't do.
  func faults(for task: Task) -> [TrainingFault] {
    var faults: [TrainingFault] = []
    if classWeights != .none, !task.isClassification {
      faults.append(
        TrainingFault(
          "train.output-loss-mismatch",
          "class_weight needs classes, and the task is '\(task.rawValue)'",
          hint: "leave it out",
          field: "hyperparameters.class_weight"
        )
      )
    }
    // How many classes there are is known with the rows; what is said here holds for any number.
    let own = layers.last?.layer as? DenseLayer
    let classes =
      task == .binary ? 2 : task.isClassification ? max(3, own?.units ?? 3) : 0
    return faults + output(task, classes: classes).faults
  }
}

extension TrainingFault {
  fileprivate static let mismatch: Diagnostic.Code = "train.output-loss-mismatch"

  static func lossOfOtherTask(
    _ loss: any NetworkLoss,
    _ task: Task,
    classes: Int
  ) -> TrainingFault {
    let fitting = networkLosses.members.filter {
      $0.isOfClasses == task.isClassification && (classes == 2 || $0 != BinaryCrossEntropy.self)
    }
    let name = type(of: loss).name
    return TrainingFault(
      mismatch,
      type(of: loss).isOfClasses && task.isClassification
        ? "the loss '\(name)' is of two classes, and the data has more"
        : "the loss '\(name)' does not fit the task '\(task.rawValue)'",
      hint: "leave it out, or take \(fitting.map { $0.name }.joined(separator: ", "))",
      field: "loss"
    )
  }

  static func outputActivation(
    _ written: Activation,
    _ loss: any NetworkLoss,
    needed: Activation,
    at index: Int
  ) -> TrainingFault {
    TrainingFault(
      mismatch,
      "the output activation '\(written.rawValue)' does not fit the loss '\(type(of: loss).name)'",
      hint: "take \(needed.rawValue), or leave the activation out",
      field: "layers[\(index)]"
    )
  }

  static func softmaxWidth(_ units: Int, needed: Int, at index: Int) -> TrainingFault {
    TrainingFault(
      mismatch,
      "the last layer is a softmax over \(units) units, and the task needs \(needed) "
        + (needed == 1 ? "output" : "outputs"),
      hint: needed == 1
        ? "take one unit with sigmoid for two classes, and a linear one for numbers"
        : "give it \(needed) units",
      field: "layers[\(index)]"
    )
  }

  static func layerShape(_ fault: LayerBuildFault) -> TrainingFault {
    TrainingFault(
      "train.layer-shape",
      fault.fault.message,
      hint: fault.fault.hint,
      field: "layers[\(fault.index)]"
    )
  }
}
