import ColophonCore

extension Generator {
  /// The rows as a table, whose digest is that of the comma-separated text.
  package func table(_ draw: SyntheticDrawing) throws(DataFaults) -> TextTable {
    let values = values(draw)
    return try TextTable(header: columns, rowCount: draw.rows, digest: nil) { row, column in
      shortestText(values[column][row])
    }
  }
}
