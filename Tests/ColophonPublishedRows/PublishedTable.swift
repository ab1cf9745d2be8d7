import Foundation

/// A comma-separated table of Tests/Fixtures/cluster.
package struct PublishedTable {
  private let header: [String]
  private let lines: [[String]]

  package init(_ name: String, file: String = #filePath) {
    var folder = URL(fileURLWithPath: file)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    let path = folder.appendingPathComponent("Fixtures/cluster/\(name).csv")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map { String($0) } }
    header = rows.first ?? []
    lines = Array(rows.dropFirst())
  }

  package var rows: [Row] { lines.map { Row(header: header, values: $0) } }

  package struct Row {
    let header: [String]
    let values: [String]

    package subscript(name: String) -> String {
      header.firstIndex(of: name).map { values[$0] } ?? ""
    }

    package func number(_ name: String) -> Double { Double(self[name]) ?? .nan }
    package func integer(_ name: String) -> Int { Int(self[name]) ?? Int(number(name).rounded()) }
  }
}
