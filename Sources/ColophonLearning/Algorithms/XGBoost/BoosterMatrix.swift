import CXGBoost
import ColophonData

/// Rows in the library's own form: 32-bit numbers, NaN where missing.
final class BoosterMatrix {
  private(set) var handle: DMatrixHandle?

  /// - Throws: `TrainingFault` where a number is beyond 32 bits.
  init(_ features: FeatureMatrix, split: Split = .test) throws {
    silenceLibrary()
    var numbers = [Float](repeating: 0, count: features.values.count)
    for i in numbers.indices {
      numbers[i] = Float(features.values[i])
      if numbers[i].isInfinite {
        throw TrainingFault.beyondFloat(
          features.names[i % features.columns],
          row: i / features.columns,
          split: split
        )
      }
    }
    try checked(
      XGDMatrixCreateFromMat_omp(
        numbers,
        UInt64(features.rows),
        UInt64(features.columns),
        .nan,
        &handle,
        1
      )
    )
  }

  deinit { if let handle { XGDMatrixFree(handle) } }

  func setLabels(_ labels: [Double]) throws { try set("label", labels) }

  func setWeights(_ weights: [Double]) throws { try set("weight", weights) }

  private func set(_ field: String, _ values: [Double]) throws {
    let numbers = values.map { Float($0) }
    try checked(XGDMatrixSetFloatInfo(handle, field, numbers, UInt64(numbers.count)))
  }
}
