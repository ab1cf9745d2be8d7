package import ColophonData

/// A model that can be written as a part of an ONNX graph.
///
/// The part computes in 64-bit numbers, as the model itself does, wherever the standard's operators
/// can; what it says differs from `predict` by rounding alone.
package protocol ONNXExportable: Model {
  /// Adds what the model says about the features.
  ///
  /// - Parameters:
  ///   - graph: Where the operators go.
  ///   - features: The features in the training's order, `[rows, features]`, 64-bit numbers.
  /// - Returns: The predictions, in the form of the task.
  /// - Throws: `ExportFault` where this very model can't be written so.
  func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction
}

/// What a model's part of a graph makes; 64-bit numbers.
package enum ONNXPrediction: Hashable, Sendable {
  /// The positive class's probability or score, `[rows, 1]`.
  case binary(ONNXGraph.Wire)
  /// A probability for each class, `[rows, classes]`.
  case multiclass(ONNXGraph.Wire)
  /// A number, `[rows, 1]`.
  case regression(ONNXGraph.Wire)
  /// A cluster from 0, `[rows, 1]`, as whole numbers of 64 bits.
  case clusters(ONNXGraph.Wire)

  /// The wire itself.
  package var wire: ONNXGraph.Wire {
    switch self {
    case .binary(let wire), .multiclass(let wire), .regression(let wire), .clusters(let wire): wire
    }
  }

  /// A prediction of the same form from another wire.
  func with(_ wire: ONNXGraph.Wire) -> ONNXPrediction {
    switch self {
    case .binary: .binary(wire)
    case .multiclass: .multiclass(wire)
    case .regression: .regression(wire)
    case .clusters: .clusters(wire)
    }
  }
}

/// Why a model can't be written in a format, in a sentence for its user.
package struct ExportFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { "\(message) (\($0))" } ?? message }
}

extension ONNXGraph {
  /// Adds a model of any kind.
  ///
  /// - Throws: `ExportFault` where the model's algorithm has no ONNX form.
  mutating func add(_ model: any Model, reading features: Wire) throws -> ONNXPrediction {
    if model is any ForecastingModel {
      throw ExportFault(
        "a model of \(Swift.type(of: model).algorithm) forecasts series, and a graph from a row's "
          + "columns to a number knows no past",
        hint: "the format 'colophon' takes every model, 'onnx' and 'safetensors' deepar"
      )
    }
    guard let exportable = model as? any ONNXExportable else {
      throw ExportFault(
        "a model of \(Swift.type(of: model).algorithm) has no ONNX form",
        hint: "the format 'colophon' takes every model"
      )
    }
    return try exportable.write(to: &self, reading: features)
  }
}
