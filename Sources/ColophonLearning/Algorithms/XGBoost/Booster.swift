import CXGBoost

/// A booster of the library, whose handle is freed with it.
///
/// Errors are thrown with the library's words. Not to be shared between threads without a lock.
final class Booster {
  private var handle: BoosterHandle?

  /// A new booster that keeps its predictions for some matrices.
  init(caching matrices: [BoosterMatrix]) throws {
    silenceLibrary()
    let handles = matrices.map { $0.handle }
    try checked(XGBoosterCreate(handles, UInt64(handles.count), &handle))
  }

  /// A booster read from the bytes of its model.
  convenience init(model bytes: [UInt8]) throws {
    try self.init(caching: [])
    try set("nthread", "1")
    try load(model: bytes)
  }

  private init(owning handle: BoosterHandle?) { self.handle = handle }

  deinit { if let handle { XGBoosterFree(handle) } }

  /// The library's version, such as `1.7.4`.
  static let version: String = {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    XGBoostVersion(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }()

  /// Takes up a model; what was set before stays.
  func load(model bytes: [UInt8]) throws {
    silenceLibrary()
    try checked(XGBoosterLoadModelFromBuffer(handle, bytes, UInt64(bytes.count)))
  }

  func set(_ name: String, _ value: String) throws {
    try checked(XGBoosterSetParam(handle, name, value))
  }

  /// Runs a round, which counts from 0 here.
  func update(_ round: Int, _ rows: BoosterMatrix) throws {
    silenceLibrary()
    try checked(XGBoosterUpdateOneIter(handle, Int32(round), rows.handle))
  }

  /// Predictions of all rounds: row by row, one number or one for each class.
  ///
  /// As `margins`, they are told before the objective's last transformation.
  func predict(_ rows: BoosterMatrix, margins: Bool) throws -> [Float] {
    try predict(rows, type: margins ? 1 : 0)
  }

  /// What each feature adds to the margin, the bias last; as `interactions`, what each pair does.
  func contributions(_ rows: BoosterMatrix, interactions: Bool) throws -> [Float] {
    try predict(rows, type: interactions ? 4 : 2)
  }

  private func predict(_ rows: BoosterMatrix, type: Int) throws -> [Float] {
    let config = """
      {"type": \(type), "training": false, "iteration_begin": 0, "iteration_end": 0, \
      "strict_shape": false}
      """
    silenceLibrary()
    var shape: UnsafePointer<UInt64>?
    var dimensions: UInt64 = 0
    var result: UnsafePointer<Float>?
    try checked(
      XGBoosterPredictFromDMatrix(handle, rows.handle, config, &shape, &dimensions, &result)
    )
    var count = 1
    for i in 0..<Int(dimensions) { count *= Int(shape?[i] ?? 0) }
    return Array(UnsafeBufferPointer(start: result, count: dimensions == 0 ? 0 : count))
  }

  /// A booster of the first rounds alone; trees only.
  func prefix(rounds: Int) throws -> Booster {
    silenceLibrary()
    var slice: BoosterHandle?
    try checked(XGBoosterSlice(handle, 0, Int32(rounds), 1, &slice))
    return Booster(owning: slice)
  }

  /// The model's bytes in the library's JSON, binary unless `json` is asked for; the same model has
  /// the same bytes.
  func modelBytes(format: String = "ubj") throws -> [UInt8] {
    silenceLibrary()
    var count: UInt64 = 0
    var bytes: UnsafePointer<CChar>?
    try checked(XGBoosterSaveModelToBuffer(handle, "{\"format\": \"\(format)\"}", &count, &bytes))
    return UnsafeRawBufferPointer(start: bytes, count: Int(count)).map { $0 }
  }

  /// What the library was told, in its own words: a JSON text.
  func configuration() throws -> String {
    silenceLibrary()
    var count: UInt64 = 0
    var text: UnsafePointer<CChar>?
    try checked(XGBoosterSaveJsonConfig(handle, &count, &text))
    return text.map { String(cString: $0) } ?? ""
  }

  /// The library's own metrics on some rows: name and value, in the order they were asked for.
  func evaluate(_ rows: BoosterMatrix) throws -> [(name: String, value: String)] {
    silenceLibrary()
    var text: UnsafePointer<CChar>?
    var handles = [rows.handle]
    try "m".withCString { name in
      var names: [UnsafePointer<CChar>?] = [name]
      try checked(XGBoosterEvalOneIter(handle, 0, &handles, &names, 1, &text))
    }
    // "[0]\tm-rmse:1.5\tm-mae:1.25": the last colon parts a name from its value.
    let words = text.map { String(cString: $0) } ?? ""
    return words.split(separator: "\t").dropFirst().compactMap { word in
      guard let colon = word.lastIndex(of: ":") else { return nil }
      return (String(word[..<colon].dropFirst(2)), String(word[colon...].dropFirst()))
    }
  }

  /// How many lines the model's text has: one for each node of each tree.
  func dumpedLineCount() throws -> Int {
    silenceLibrary()
    var count: UInt64 = 0
    var texts: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    try checked(XGBoosterDumpModelEx(handle, "", 0, "text", &count, &texts))
    var lines = 0
    for i in 0..<Int(count) {
      guard var place = texts?[i] else { continue }
      while place.pointee != 0 {
        if place.pointee == 10 { lines += 1 }
        place += 1
      }
    }
    return lines
  }

  /// A score of each feature that the model uses, by its position.
  func scores(_ kind: String) throws -> [Int: Double] {
    silenceLibrary()
    var count: UInt64 = 0
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var dimensions: UInt64 = 0
    var shape: UnsafePointer<UInt64>?
    var values: UnsafePointer<Float>?
    let config = "{\"importance_type\": \"\(kind)\"}"
    try checked(
      XGBoosterFeatureScore(handle, config, &count, &names, &dimensions, &shape, &values)
    )
    var scores: [Int: Double] = [:]
    let width = dimensions == 2 ? Int(shape?[1] ?? 1) : 1
    for i in 0..<Int(count) {
      guard let text = names?[i], let value = values?[i * width],
        let position = Int(String(cString: text).dropFirst())
      else { continue }
      scores[position] = Double(value)
    }
    return scores
  }
}
