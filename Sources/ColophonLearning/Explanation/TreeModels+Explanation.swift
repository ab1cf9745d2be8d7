import ColophonData
package import ColophonEvaluation

extension DecisionTreeModel: Explainable {
  package func additiveModel() throws -> AdditiveModel { ensemble.averaged }
}

extension RandomForestModel: Explainable {
  package func additiveModel() throws -> AdditiveModel { ensemble.averaged }
}

extension TreeEnsemble {
  /// The mean of the trees' values: shares of classes, or numbers.
  var averaged: AdditiveModel {
    let form = form(outputs: outputs) { tree in
      TreeForm.Tree(tree, values: tree.values, outputs: tree.outputs)
    }
    return AdditiveModel(
      .trees(form.scaled(by: 1 / Double(trees.count))),
      task.isClassification ? .probability : .number,
      classes: outputs > 1 ? Array(0..<outputs) : nil
    )
  }

  /// The trees with what each adds.
  func form(outputs: Int, _ made: (Tree) -> TreeForm.Tree) -> TreeForm {
    TreeForm(
      trees: trees.map(made),
      features: features.count,
      outputs: outputs,
      offsets: [Double](repeating: 0, count: outputs)
    )
  }
}

extension TreeForm.Tree {
  /// The questions of a tree with values of one's own for its nodes: nodes × outputs.
  init(_ tree: Tree, values: [Double], outputs: Int) {
    self.init(
      features: tree.features,
      thresholds: tree.thresholds,
      left: tree.left,
      right: tree.right,
      missingGoesLeft: tree.missingGoesLeft,
      covers: tree.covers,
      values: values,
      outputs: outputs
    )
  }
}

extension AdaBoostModel: Explainable {
  /// The weighted votes, which add up before the softmax; the weighted median of a regression doesn't.
  package func additiveModel() throws -> AdditiveModel {
    guard ensemble.task != .regression else {
      throw ExplanationFault(
        "adaboost's regression is a weighted median of its trees, which is no sum over them",
        hint: "'explainer: kernel' explains every model"
      )
    }
    guard present.count > 1 else {
      throw ExplanationFault("the model knows one class, so no feature adds anything")
    }
    let isBinary = ensemble.task == .binary
    let voters = isBinary ? [present[1]] : present
    let whole = ensemble.weights.reduce(0, +)
    let trees = zip(ensemble.trees, ensemble.weights).map { tree, weight in
      let share = weight / whole
      let answers = tree.likeliestClasses
      let values = answers.flatMap { answer in
        voters.map { voter in self.vote(voter == answer, share, isBinary) }
      }
      return TreeForm.Tree(tree, values: values, outputs: voters.count)
    }
    let form = TreeForm(
      trees: trees,
      features: ensemble.features.count,
      outputs: voters.count,
      offsets: [Double](repeating: 0, count: voters.count)
    )
    return AdditiveModel(
      .trees(form),
      isBinary ? .logOdds : .classMargin,
      classes: isBinary ? nil : present
    )
  }

  /// What a tree's word for or against a class adds to the class's margin.
  private func vote(_ isFor: Bool, _ share: Double, _ isBinary: Bool) -> Double {
    if isBinary { return isFor ? 2 * share : -2 * share }
    let others = Double(present.count - 1)
    return isFor ? share / others : -share / others / others
  }
}
