package import ColophonData

/// The columns of a table as wires: those that the graph is given, and those that prepared data has
/// in their place.
///
/// A column is written when something asks for it, so what no feature needs is no input of the graph.
package struct ONNXColumns: Sendable {
  /// What a column holds.
  package enum Kind: Hashable, Sendable {
    /// `[rows, 1]` 64-bit numbers, NaN where missing.
    case number
    /// `[rows, 1]` texts, the empty one where missing.
    case category
  }

  package var graph = ONNXGraph()
  /// The steps that lie between the graph's inputs and the model, in order.
  private let steps: [any ONNXStep]
  private var known: [Key: ONNXGraph.Wire] = [:]

  private struct Key: Hashable {
    var name: String
    /// How many steps the column has gone through.
    var stage: Int
    var kind: Kind
  }

  package init(steps: [any ONNXStep] = []) { self.steps = steps }

  /// A column after all steps.
  package mutating func column(_ name: String, _ kind: Kind) throws -> ONNXGraph.Wire {
    try column(name, kind, after: steps.count)
  }

  /// A column after the first steps: made by the last of them that makes it, else given.
  package mutating func column(
    _ name: String,
    _ kind: Kind,
    after stage: Int
  ) throws -> ONNXGraph.Wire {
    let maker = steps[..<stage].lastIndex { $0.makes(name) }
    let key = Key(name: name, stage: maker.map { $0 + 1 } ?? 0, kind: kind)
    if let wire = known[key] { return wire }
    let wire =
      try maker.map { try steps[$0].write(name, kind, to: &self, stage: $0) }
      ?? input(name, kind)
    known[key] = wire
    return wire
  }

  private mutating func input(_ name: String, _ kind: Kind) throws -> ONNXGraph.Wire {
    let other = Key(name: name, stage: 0, kind: kind == .number ? .category : .number)
    if known[other] != nil {
      throw ExportFault("the column '\(name)' is read both as a number and as a category")
    }
    if name.isEmpty || name.hasPrefix("/") {
      throw ExportFault(
        "a column called '\(name)' can't be an input of a graph",
        hint: "rename it in the data"
      )
    }
    return graph.input(name, kind == .number ? .double : .string)
  }
}

/// A fitted step of preparing data that can be written as a part of a graph.
package protocol ONNXStep: FittedTransform {
  /// Whether the step makes or changes a column of that name.
  func makes(_ column: String) -> Bool
  /// Adds one of the columns that the step makes.
  ///
  /// `stage` tells how many steps stand before this one: what it reads is `columns.column(name, kind,
  /// after: stage)`.
  /// - Throws: `ExportFault` where the column can't be written so.
  func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire
}
