package import ColophonCore
package import ColophonData

/// Support vector machines: C-SVC for classes, one against one where there are several, and ε-SVR
/// for numbers.
///
/// A row's weight multiplies its C, as its class's does. Without `probability` a binary score is
/// 1 / (1 + exp(−decision)), which is 0.5 on the boundary but no probability; of several classes it
/// is the softmax of their votes, ties broken by the pairs' decision values. With `probability`
/// both are calibrated on decision values of five folds. Nothing is scaled; a `prepare` cell can.
///
/// - Complexity: from O(*n*²) to O(*n*³) in the number of rows.
/// - SeeAlso: Cortes and Vapnik, "Support-vector networks", 1995; Chang and Lin, "LIBSVM: a library
///   for support vector machines", 2011.
package struct SupportVectorMachine: Algorithm, Hashable {
  package static let name = "svm"
  package static let summary =
    "Support vector machines with linear, polynomial, radial and sigmoid kernels."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false
  package static let isScaleSensitive = true

  /// How γ is found.
  package enum Gamma: Hashable, Sendable {
    /// 1 / (features · variance of all their values)
    case scale
    /// 1 / features
    case auto
    case number(Double)
  }

  /// What C is multiplied by for the rows of a class.
  package enum ClassWeight: Hashable, Sendable {
    case none
    /// rows / (classes · rows of the class)
    case balanced
    case labels([String: Double])
  }

  package var cost: Double
  package var kernel: SVMKernel.Kind
  package var degree: Int
  package var gamma: Gamma
  package var constant: Double
  package var epsilon: Double
  package var tolerance: Double
  package var shrinking: Bool
  package var cacheSize: Double
  package var maxIterations: Int
  package var classWeight: ClassWeight
  package var probability: Bool

  package init(reading fields: inout FieldReader) {
    cost = fields.number("C", in: .above(0), default: 1, "What an error costs; small is smoother.")
    kernel =
      SVMKernel.Kind(
        rawValue: fields.choice(
          "kernel",
          of: SVMKernel.Kind.allCases.map { $0.rawValue },
          default: SVMKernel.Kind.radial.rawValue,
          "How alike two rows are."
        )
      ) ?? .radial
    degree = fields.integer("degree", in: 0...100, default: 3, "The power of the poly kernel.")
    gamma = SupportVectorMachine.gamma(&fields)
    constant = fields.number(
      "coef0",
      in: .finite,
      default: 0,
      "The constant of the poly and sigmoid kernels."
    )
    epsilon = fields.number(
      "epsilon",
      in: .atLeast(0),
      default: 0.1,
      "The errors that a regression lets pass."
    )
    tolerance = fields.number(
      "tol",
      in: .closed(1e-13, 1),
      default: 0.001,
      "How far the optimality conditions may be missed."
    )
    shrinking = fields.boolean(
      "shrinking",
      default: true,
      "Whether rows that stay at their bounds are left aside meanwhile; the optimum is the same."
    )
    cacheSize = fields.number(
      "cache_size",
      in: .above(0, upTo: 1_000_000),
      default: 200,
      "The memory for kernel values in MB; no result depends on it."
    )
    maxIterations = fields.integer(
      "max_iter",
      in: -1...Int.max,
      default: -1,
      "The most iterations; -1 for as many as it takes."
    )
    classWeight = SupportVectorMachine.classWeight(&fields)
    probability = fields.boolean(
      "probability",
      default: false,
      "Whether scores are calibrated to probabilities, at five more fits."
    )
  }

  private static func gamma(_ fields: inout FieldReader) -> Gamma {
    let interval = Interval.above(0)
    guard
      let node = fields.node(
        "gamma",
        .union([.choice(["scale", "auto"]), .number(interval)]),
        default: .string("scale"),
        "The kernel's coefficient: scale is 1 / (features · variance), auto is 1 / features, or a "
          + "number above 0."
      )
    else { return .scale }
    if let number = node.value.asNumber {
      if interval.contains(number) { return .number(number) }
      fields.report(.outOfRange("gamma", allowed: interval.description, found: node))
    } else if node.isScalar, ["scale", "auto"].contains(node.text) {
      return node.text == "auto" ? .auto : .scale
    } else {
      fields.report(.wrongType("gamma", expected: "'scale', 'auto' or a number", found: node))
    }
    return .scale
  }

  private static func classWeight(_ fields: inout FieldReader) -> ClassWeight {
    guard
      let node = fields.node(
        "class_weight",
        .union([.choice(["balanced"]), .map(.number(.above(0)))]),
        "What C is multiplied by for the rows of a class: balanced, or a number for each label."
      )
    else { return .none }
    if node.isScalar, node.text == "balanced" { return .balanced }
    guard let entries = node.entries else {
      fields.report(
        .wrongType("class_weight", expected: "'balanced' or a map of labels", found: node)
      )
      return .none
    }
    var weights: [String: Double] = [:]
    for entry in entries {
      guard let weight = entry.value.value.asNumber, weight > 0, weight.isFinite else {
        fields.report(
          .wrongType("class_weight", expected: "a number above 0", found: entry.value)
        )
        continue
      }
      weights[entry.key] = weight
    }
    return .labels(weights)
  }

  package func faults(for task: Task) -> [TrainingFault] {
    var faults: [TrainingFault] = []
    func fault(_ field: String, _ why: String) {
      faults.append(
        TrainingFault(
          "train.parameter-unused",
          "'\(field)' has no effect on \(why)",
          hint: "leave it out",
          field: "hyperparameters.\(field)"
        )
      )
    }
    if task == .regression {
      if classWeight != .none { fault("class_weight", "a regression") }
      if probability { fault("probability", "a regression") }
    }
    return faults
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try SVMModel(decoding: bytes)
  }
}
