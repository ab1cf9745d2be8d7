import ColophonCore
import ColophonData
package import ColophonEvaluation

extension XGBoostModel: Explainable {
  /// The library's trees or coefficients, read from its JSON; attributions are of the margin.
  package func additiveModel() throws -> AdditiveModel {
    guard let value = try? Value(json: libraryBytes(format: "json")),
      let learner = value["learner"], let booster = learner["gradient_booster"],
      let goal = XGBoostObjective.all[objective],
      let base = try? goal.margin(ofBase: learner["learner_model_param"]?["base_score"]?.asString)
    else { throw XGBoostModel.unreadable }
    let outputs = task == .multiclass ? classCount : 1
    let offsets = [Double](repeating: base, count: outputs)
    let form: AdditiveModel.Form =
      booster["model"]?["weights"] != nil
      ? .linear(try linearForm(booster, offsets)) : .trees(try treeForm(booster, offsets))
    return AdditiveModel(
      form,
      goal.explainedScale(task),
      classes: task == .multiclass ? Array(0..<outputs) : nil
    )
  }

  private static let unreadable = ExplanationFault("the library's model could not be read")

  private func linearForm(_ booster: Value, _ offsets: [Double]) throws -> LinearForm {
    // Features × outputs, the intercepts last.
    let weights = (booster["model"]?["weights"]?.asArray ?? []).compactMap { $0.asNumber }
    let (count, outputs) = (features.count, offsets.count)
    guard weights.count == (count + 1) * outputs else { throw XGBoostModel.unreadable }
    return LinearForm(
      features: count,
      coefficients: (0..<outputs).flatMap { k in (0..<count).map { weights[$0 * outputs + k] } },
      intercepts: (0..<outputs).map { weights[count * outputs + $0] + offsets[$0] },
      skipsMissing: true
    )
  }

  private func treeForm(_ booster: Value, _ offsets: [Double]) throws -> TreeForm {
    // Dropout keeps its trees one level further in, with a weight each.
    let model = booster["gbtree"]?["model"] ?? booster["model"]
    let weights = booster["weight_drop"]?.asArray?.compactMap { $0.asNumber }
    let targets = model?["tree_info"]?.asArray?.compactMap { $0.asInteger } ?? []
    guard let all = model?["trees"]?.asArray, targets.count == all.count,
      weights.map({ $0.count == all.count }) ?? true
    else { throw XGBoostModel.unreadable }
    let trees = try all.indices.map { place in
      guard let tree = try? LibraryTree(all[place]) else { throw XGBoostModel.unreadable }
      return tree.explained(output: targets[place], weight: weights?[place] ?? 1)
    }
    return TreeForm(
      trees: trees,
      features: features.count,
      outputs: offsets.count,
      offsets: offsets,
      isSingle: true
    )
  }
}

extension LibraryTree {
  /// The tree as explanations read it: "below the threshold" is "at most the 32-bit number before
  /// it".
  fileprivate func explained(output: Int, weight: Double) -> TreeForm.Tree {
    let isLeaf = left.map { $0 < 0 }
    return TreeForm.Tree(
      features: left.indices.map { isLeaf[$0] ? -1 : Int32(features[$0]) },
      thresholds: left.indices.map { isLeaf[$0] ? 0 : Double(Float(conditions[$0]).nextDown) },
      left: left.map { Int32($0) },
      right: right.map { Int32($0) },
      missingGoesLeft: missingGoesLeft,
      covers: covers,
      values: left.indices.map { isLeaf[$0] ? conditions[$0] * weight : 0 },
      firstOutput: output
    )
  }
}

extension XGBoostObjective {
  /// What the library's margin means.
  fileprivate func explainedScale(_ task: Task) -> ExplainedScale {
    switch output {
    case .probability, .logOdds: .logOdds
    case .decision: .margin
    case .classMargins: .classMargin
    case .exponential: .logarithm
    case .number: task == .ranking ? .score : .number
    }
  }
}
