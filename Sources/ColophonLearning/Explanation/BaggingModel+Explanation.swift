import ColophonData
package import ColophonEvaluation

extension BaggingModel: Explainable {
  /// The mean of the members' sums, where what is averaged is what adds up.
  package func additiveModel() throws -> AdditiveModel {
    let parts = try members.map { member in
      guard let model = member.model as? any Explainable else {
        throw fault("members of \(Swift.type(of: member.model).algorithm), which are no sums")
      }
      return try model.additiveModel()
    }
    guard let first = parts.first, first.scale == .number || first.scale == .probability else {
      throw fault("predictions whose margins add up, and not the predictions themselves")
    }
    guard parts.allSatisfy({ $0.classes == first.classes }) else {
      throw fault("members that know other classes")
    }
    return AdditiveModel(try mean(parts), first.scale, classes: first.classes)
  }

  private func fault(_ what: String) -> ExplanationFault {
    ExplanationFault(
      "the bagging averages \(what)",
      hint: "'explainer: kernel' explains every model"
    )
  }

  private func mean(_ parts: [AdditiveModel]) throws -> AdditiveModel.Form {
    var trees: [TreeForm] = []
    var lines: [LinearForm] = []
    for (member, part) in zip(members, parts) {
      switch part.form {
      case .trees(let form): trees.append(form.widened(member.columns, to: features.count))
      case .linear(let form): lines.append(form.widened(member.columns, to: features.count))
      }
    }
    let share = 1 / Double(parts.count)
    if let first = trees.first, lines.isEmpty, trees.allSatisfy({ $0.isSingle == first.isSingle }) {
      return .trees(first.joined(Array(trees.dropFirst())).scaled(by: share))
    }
    guard let first = lines.first, trees.isEmpty else { throw fault("trees beside other models") }
    return .linear(
      LinearForm(
        features: features.count,
        coefficients: first.coefficients.indices.map { i in
          lines.reduce(0) { $0 + $1.coefficients[i] } * share
        },
        intercepts: first.intercepts.indices.map { i in
          lines.reduce(0) { $0 + $1.intercepts[i] } * share
        },
        skipsMissing: first.skipsMissing
      )
    )
  }
}

extension TreeForm {
  /// The same trees over more features, of which these are some, in the places given.
  fileprivate func widened(_ places: [Int]?, to count: Int) -> TreeForm {
    guard let places else { return self }
    return TreeForm(
      trees: trees.map { tree in
        var tree = tree
        tree.features = tree.features.map { $0 < 0 ? $0 : Int32(places[Int($0)]) }
        return tree
      },
      features: count,
      outputs: outputs,
      offsets: offsets,
      isSingle: isSingle
    )
  }

  /// These trees and others over the same features.
  fileprivate func joined(_ others: [TreeForm]) -> TreeForm {
    TreeForm(
      trees: trees + others.flatMap { $0.trees },
      features: features,
      outputs: outputs,
      offsets: offsets.indices.map { k in others.reduce(offsets[k]) { $0 + $1.offsets[k] } },
      isSingle: isSingle
    )
  }
}

extension LinearForm {
  /// The same coefficients among more features.
  fileprivate func widened(_ places: [Int]?, to count: Int) -> LinearForm {
    guard let places else { return self }
    var wide = [Double](repeating: 0, count: intercepts.count * count)
    for output in intercepts.indices {
      for (own, place) in places.enumerated() {
        wide[output * count + place] += coefficients[output * features + own]
      }
    }
    return LinearForm(
      features: count,
      coefficients: wide,
      intercepts: intercepts,
      skipsMissing: skipsMissing
    )
  }
}
