import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Foundation
import Testing

/// One step of a forecaster as a graph, against committed graphs that Fixtures/make/onnx_check.py ran
/// over several steps in ONNX Runtime beside the engine's own.
@Suite struct DeepARGraphs {
  private static let rows = 4
  private static let steps = 6

  private func model(_ more: [String: Value]) throws -> (TrainedModel, DeepARModel) {
    let all = more.merging(["epochs": 2, "num_cells": 7, "embedding_dimension": 3]) { own, _ in own
    }
    let trained = try ForecastRows.trainer("deepar", all)
      .train(ForecastRows.dataset(), content: nil, in: ForecastRows.surroundings()).trained
    return (trained, try need(trained.model as? DeepARModel))
  }

  /// What is read: numbers of any kind, categories known and unknown.
  private func inputs(_ model: DeepARModel) -> [[Float]] {
    var random = RandomStream(root: 9, cell: "deepar", purpose: "steps")
    return (0..<Self.steps).map { _ in
      (0..<Self.rows).flatMap { row in
        model.inputNames.map { name in
          name.hasPrefix("category") ? Float(row - 1) : Float(random.standardNormal())
        }
      }
    }
  }

  @Test(
    arguments: [
      ("deepar-lstm-student", [:]),
      ("deepar-gru-gaussian", ["cell_type": "gru", "likelihood": "gaussian", "num_layers": 1]),
    ] as [(String, [String: Value])]
  )
  func areTheBytesThatWereChecked(name: String, hyperparameters: [String: Value]) throws {
    let (trained, model) = try model(hyperparameters)
    let file = try ONNXFormat.file(of: trained)
    let graph = ONNXGoldens.folder.appendingPathComponent("\(name).onnx")
    if ONNXGoldens.isRecording {
      let steps = inputs(model)
      func numbers(_ list: [Double]) -> Value { .array(list.map { .number($0) }) }
      let record: Value = [
        "rows": .integer(Self.rows),
        "steps": .array(steps.map { numbers($0.map { Double($0) }) }),
        "expected": .array(model.distributions(steps, rows: Self.rows).map { numbers($0) }),
      ]
      try Data(file.bytes).write(to: graph)
      try Data(record.canonicalBytes)
        .write(to: ONNXGoldens.folder.appendingPathComponent("\(name).json"))
      Issue.record("recorded; now run Fixtures/make/onnx_check.py")
      return
    }
    let checked = try fixture("onnx/checked.json")["graphs"]?[name]
    #expect(checked?.asString == Digest(of: file.bytes).description)
    #expect(file.notes.contains { $0.contains("lag_1") })
  }
}
