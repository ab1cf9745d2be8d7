package import ColophonCore

/// A format of model files.
package protocol ModelFormat: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// What ends the name of such a file, without the dot.
  static var suffix: String { get }

  /// The file's bytes; equal models have equal bytes.
  ///
  /// - Throws: `ExportFault` where the model has no such form.
  static func file(of trained: TrainedModel) throws -> ModelFile
}

/// A model's bytes in some format.
package struct ModelFile: Hashable, Sendable {
  package var bytes: [UInt8]
  /// What whoever uses the file must know, a sentence each.
  package var notes: [String]

  package init(bytes: [UInt8], notes: [String] = []) {
    self.bytes = bytes
    self.notes = notes
  }
}

/// The formats that models are exported to, in the order the reference lists them.
package let modelFormats = Catalogue<any ModelFormat.Type>(
  "format",
  [
    ONNXFormat.self, SafetensorsFormat.self, XGBoostJSONFormat.self, XGBoostUBJFormat.self,
    ColophonFormat.self,
  ]
) { $0.name }
