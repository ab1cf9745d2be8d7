package import ColophonCore
import ColophonLearning

/// A model of the store, for those who show it or carry it elsewhere.
package struct ModelDescription: Sendable {
  /// The content of the model's bytes: its name for ever.
  package let digest: Digest
  /// How many bytes it has.
  package let size: Int
  private let trained: TrainedModel
  private let signature: ModelSignature

  /// - Throws: `CellFailure` where the bytes are no model of this engine.
  package init(bytes: [UInt8]) throws {
    do { trained = try TrainedModel(decoding: bytes) } catch {
      throw CellFailure(
        "the stored model can't be read by this engine",
        hint: "run its notebook again with this engine"
      )
    }
    digest = Digest(of: bytes)
    size = bytes.count
    signature = ModelSignature(trained)
  }

  /// The formats that a model can be exported to.
  package static var formats: [(name: String, summary: String, suffix: String)] {
    modelFormats.members.map { ($0.name, $0.summary, $0.suffix) }
  }

  /// The formats that this model can be exported to.
  package var formats: [String] {
    modelFormats.members.filter { (try? $0.file(of: trained)) != nil }.map { $0.name }
  }

  /// The model in a format, and what whoever uses the file must know.
  ///
  /// - Throws: `CellFailure` where there is no such format, or the model can't be written in it.
  package func file(format name: String) throws -> (bytes: [UInt8], notes: [String]) {
    guard let format = modelFormats[name] else {
      throw CellFailure(
        "there is no format '\(name)'",
        hint: Suggestion.hint(for: name, among: modelFormats.names)
      )
    }
    do {
      let file = try format.file(of: trained)
      return (file.bytes, file.notes)
    } catch let fault as ExportFault { throw CellFailure(fault.message, hint: fault.hint) }
  }

  /// The description as JSON holds it.
  package var value: Value {
    var members = signature.value.asObject ?? [:]
    members["model"] = .string(digest.description)
    members["bytes"] = .integer(size)
    members["formats"] = .array(formats.map { .string($0) })
    return .object(members)
  }

  /// The description as lines of text.
  package var text: String {
    var lines: [(String, String)] = [
      ("model", digest.description), ("algorithm", signature.algorithm), ("task", signature.task),
    ]
    if let target = signature.target { lines.append(("target", target)) }
    if !signature.classes.isEmpty {
      lines.append(("classes", signature.classes.joined(separator: ", ")))
    }
    if let data = signature.data { lines.append(("learned from", data.description)) }
    if !signature.steps.isEmpty {
      lines.append(("steps before", signature.steps.joined(separator: ", ")))
    }
    lines += [
      ("features", String(signature.features)), ("parameters", String(signature.parameters)),
      ("size", (try? NumberFormat.bytes.text(of: .integer(size))) ?? "\(size) B"),
      ("exports to", formats.joined(separator: ", ")),
    ]
    return ModelDescription.aligned(lines) + "\ninputs\n"
      + ModelDescription.aligned(
        signature.inputs.map { input in
          let levels = input.levels.map { ": " + $0.joined(separator: ", ") } ?? ""
          return ("  " + input.name, "\(input.type)\(levels); missing \(input.missing)")
        }
      ) + "\noutputs\n"
      + ModelDescription.aligned(signature.outputs.map { ("  " + $0.name, $0.type) })
  }

  private static func aligned(_ lines: [(String, String)]) -> String {
    let width = lines.reduce(0) { max($0, $1.0.count) }
    return lines.map { label, text in
      label + String(repeating: " ", count: width - label.count + 2) + text + "\n"
    }.joined()
  }
}

/// What the store calls a model.
package enum TrainedModelKind {
  package static var name: String { TrainedModel.artifactName }
}
