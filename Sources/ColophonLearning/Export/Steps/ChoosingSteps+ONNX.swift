package import ColophonData

/// A step that takes columns or rows away makes none: nothing asks for what is gone.
private protocol MakesNoColumn: ONNXStep {}

extension MakesNoColumn {
  package func makes(_ column: String) -> Bool { false }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire { try columns.column(column, kind, after: stage) }
}

extension Dropped: ONNXStep, MakesNoColumn {}
extension Selected: ONNXStep, MakesNoColumn {}
extension Balanced: ONNXStep, MakesNoColumn {}
