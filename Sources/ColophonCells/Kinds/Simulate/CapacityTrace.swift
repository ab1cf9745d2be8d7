import ColophonCluster
import ColophonCore
import ColophonData

/// A recorded course of spot capacity: hours from the start, and the nodes at hand from then on.
struct CapacityTrace {
  let source: SpotModel.Source

  /// Reads a CSV file with the columns `hours` (ascending) and `nodes`.
  ///
  /// - Throws: `CellFailure` that names the row which can't be used.
  init(reading file: String, in workshop: Workshop) throws {
    func failure(_ message: String) -> CellFailure {
      CellFailure(
        "'\(file)': \(message)",
        hint: "a trace is a CSV file with the columns hours and nodes, hours ascending",
        field: "spot"
      )
    }
    guard let format = TableFormat(path: file) else { throw failure("is no table") }
    let read = try workshop.read(file)
    let table: TextTable
    do {
      table = try TextTable(read.bytes, digest: read.digest, format: format)
    } catch {
      throw failure(error.faults.map { $0.message }.joined(separator: "; "))
    }
    guard let hours = table.header.firstIndex(of: "hours"),
      let nodes = table.header.firstIndex(of: "nodes")
    else { throw failure("has no columns 'hours' and 'nodes'") }
    var changes: [CapacityChange] = []
    for row in 0..<table.rowCount {
      let (hour, node) = (table.text(row, hours), table.text(row, nodes))
      guard let time = Double(hour), time.isFinite, time * 3600 >= changes.last?.time ?? 0,
        let count = Int(node), count >= 0
      else { throw failure("row \(row + 1) has hours '\(hour)' and nodes '\(node)'") }
      changes.append(CapacityChange(time: time * 3600, nodes: count))
    }
    guard let last = changes.last, last.time > 0 else { throw failure("has no hours that pass") }
    let mean = last.time / Double(max(1, changes.count - 1))
    source = .trace(changes, length: last.time + mean)
  }
}
