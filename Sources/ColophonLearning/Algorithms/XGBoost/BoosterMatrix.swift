import CXGBoost
import ColophonData

/// Rows in the library's own form: 32-bit numbers, NaN where missing.
///
/// The library reads the engine's 64-bit numbers where they lie, and keeps its own alone.
final class BoosterMatrix {
  private(set) var handle: DMatrixHandle?

  /// - Throws: `TrainingFault` where a number is beyond 32 bits.
  init(_ features: FeatureMatrix, split: Split = .test, threads: Int = 1) throws {
    silenceLibrary()
    do {
      try features.values.withUnsafeBufferPointer { values in
        let place = UInt(bitPattern: values.baseAddress)
        let shape = "[\(features.rows), \(features.columns)]"
        let array =
          "{\"data\": [\(place), true], \"shape\": \(shape), \"strides\": null, "
          + "\"typestr\": \"<f8\", \"version\": 3}"
        let config = "{\"missing\": NaN, \"nthread\": \(threads)}"
        try checked(XGDMatrixCreateFromDense(array, config, &handle))
      }
    } catch {
      guard let at = features.values.firstIndex(where: { Float($0).isInfinite }) else {
        throw error
      }
      throw TrainingFault.beyondFloat(
        features.names[at % features.columns],
        row: at / features.columns,
        split: split
      )
    }
  }

  deinit { if let handle { XGDMatrixFree(handle) } }

  /// Sets `label`, `weight`, `label_lower_bound` or `label_upper_bound`: a number for each row.
  func set(_ field: String, _ values: [Double]) throws {
    silenceLibrary()
    let numbers = values.map { Float($0) }
    try checked(XGDMatrixSetFloatInfo(handle, field, numbers, UInt64(numbers.count)))
  }

  /// Says how many rows each query has, in the rows' order.
  func setQueries(_ sizes: [Int]) throws {
    silenceLibrary()
    let numbers = sizes.map { UInt32($0) }
    try checked(XGDMatrixSetUIntInfo(handle, "group", numbers, UInt64(numbers.count)))
  }
}
