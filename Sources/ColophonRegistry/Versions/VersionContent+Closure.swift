package import ColophonCore
import ColophonLineage

extension VersionContent {
  /// A gap in the lineage, in words, and the field of the register cell that is to blame.
  package struct Gap: Hashable, Sendable {
    package var message: String
    package var field: String
  }

  /// Every edge that does not resolve; a version with one is refused.
  ///
  /// The edges are: data to cells by digest, cells to cells by stamp, each stamp to what it stands
  /// for (parameters, engine, output), the model to its cell, the evaluation to the model or to the
  /// data that the model came from.
  package var gaps: [Gap] {
    nodeGaps + modelGaps + evaluation.flatMap { evaluationGaps($0) }
  }

  private var nodeGaps: [Gap] {
    var known: [String: LineageNode] = [:]
    var gaps: [Gap] = []
    for node in cells {
      if known[node.name] != nil { gaps.append(gap("'\(node.name)' stands twice in the lineage")) }
      for (input, stamp) in node.inputs.sorted(by: { $0.key < $1.key }) {
        guard let source = known[input] else {
          gaps.append(gap("'\(node.name)' rests on '\(input)', which is not in the lineage"))
          continue
        }
        if source.stamp != stamp {
          gaps.append(gap("'\(node.name)' rests on another result of '\(input)'"))
        }
      }
      if node.expectedStamp(engine: engine) != node.stamp {
        gaps.append(gap("the stamp of '\(node.name)' does not follow from what it was made of"))
      }
      known[node.name] = node
    }
    return gaps
  }

  private var modelGaps: [Gap] {
    guard let node = self[cell: model] else {
      return [gap("the model's cell '\(model)' is not in the lineage")]
    }
    guard node.artifact != nil else { return [gap("'\(model)' made no model")] }
    let sources = upstream(of: model).compactMap { self[cell: $0] }
    let hasData = sources.contains { !$0.files.isEmpty || $0.artifact?.kind == "dataset" }
    return hasData ? [] : [gap("nothing says what data '\(model)' learned from")]
  }

  private func evaluationGaps(_ name: String) -> [Gap] {
    guard self[cell: name] != nil else {
      return [Gap(message: "'\(name)' is not in the lineage", field: "evaluation")]
    }
    // The model's own cell or anything that it came from: a crossvalidation shares only the data.
    let common = upstream(of: name).intersection(upstream(of: model))
    guard common.isEmpty else { return [] }
    return [
      Gap(
        message: "'\(name)' says nothing of '\(model)': they have no cell in common",
        field: "evaluation"
      )
    ]
  }

  private func gap(_ message: String) -> Gap { Gap(message: message, field: "model") }
}
