import ColophonCore
import ColophonData
import ColophonLearning
import Foundation
import Testing

/// Exported graphs against committed ones, whose predictions Fixtures/make/onnx_check.py compared
/// with those of the models in ONNX Runtime, after the standard's own checker had passed them.
///
/// With COLOPHON_RECORD=1 the graphs are written anew and the tests fail; the script must then say
/// that they are right before they count.
@Suite struct ONNXGoldens {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/onnx")

  static let isRecording = ProcessInfo.processInfo.environment["COLOPHON_RECORD"] == "1"

  /// A column as the graph takes it.
  private func values(_ column: Column, _ rows: [Int]) -> Value {
    switch column.storage {
    case .numbers(let numbers):
      .array(rows.map { numbers[$0].isNaN ? .null : .number(numbers[$0]) })
    case .categories(let codes, let levels):
      .array(rows.map { .string(codes[$0] < 0 ? "" : levels[Int(codes[$0])]) })
    case .texts(let texts): .array(rows.map { .string(texts[$0] ?? "") })
    case .sparse: .null
    }
  }

  private func values(_ predictions: Predictions) -> Value {
    switch predictions {
    case .binary(let scores): .array(scores.map { .number($0) })
    case .multiclass(let probabilities, _): .array(probabilities.map { .number($0) })
    case .regression(let numbers), .forecasts(let numbers, _): .array(numbers.map { .number($0) })
    case .clusters(let clusters, _, _): .array(clusters.map { .integer(Int($0)) })
    }
  }

  @Test(arguments: ExportCase.all)
  func writesTheBytesThatWereChecked(example: ExportCase) throws {
    let (raw, trained) = try example.fit()
    let model = try ONNXModel(trained)
    #expect(model.outside.isEmpty)
    let graph = Self.folder.appendingPathComponent("\(example.name).onnx")
    if Self.isRecording {
      let rows = Array(100..<160)
      let inputs = try model.graph.inputs.map { port in
        (port.name, values(try need(raw.table[port.name]), rows))
      }
      let record: Value = [
        "inputs": .object(Dictionary(inputs) { first, _ in first }),
        "task": .string(example.task.rawValue),
        "classes": .array(raw.classes.map { .string($0) }),
        "expected": values(try trained.predict(raw, rows: rows)),
      ]
      try Data(model.bytes).write(to: graph)
      try Data(record.canonicalBytes)
        .write(to: Self.folder.appendingPathComponent("\(example.name).json"))
      Issue.record("recorded; now run Fixtures/make/onnx_check.py")
      return
    }
    let checked = try fixture("onnx/checked.json")["graphs"]?[example.name]
    #expect(checked?.asString == Digest(of: model.bytes).description)
    #expect(try Data(contentsOf: graph) == Data(model.bytes))
  }
}
