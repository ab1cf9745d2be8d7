package import ColophonCore

/// How virtual workers share a training.
package struct FleetRecipe: Sendable {
  /// Workers, one to a device; nil for as many as there are devices.
  package var count: Int?
  package var method: any SharingMethod
  /// Nil where whole vectors are sent.
  package var compressor: (any GradientCompressor)?
  package var feedsErrorsBack: Bool

  package init(reading fields: inout FieldReader) {
    count = fields.integer(
      "count",
      in: 1...4096,
      "Workers, one to a device; all devices of the cluster unless given."
    )
    let word = fields.choice(
      "method",
      of: sharingMethods.names,
      default: SynchronousMethod.name,
      "How they share the work: "
        + sharingMethods.members.map { "\($0.name): \($0.summary)" }.joined(separator: "; ") + "."
    )
    let type = sharingMethods[word] ?? SynchronousMethod.self
    method = type.init(reading: &fields)
    for other in sharingMethods.members where other.name != type.name {
      fields.foreign(to: type.name, of: other.name) { _ = other.init(reading: &$0) }
    }
    let none = "none"
    let compression = fields.choice(
      "compression",
      of: [none] + gradientCompressors.names,
      default: none,
      "What a worker sends in the place of a whole vector: "
        + gradientCompressors.members.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")
    )
    let made = gradientCompressors[compression].map { $0.init(reading: &fields) }
    compressor = made
    for other in gradientCompressors.members where other.name != compression {
      fields.foreign(to: "compression \(compression)", of: other.name) {
        _ = other.init(reading: &$0)
      }
    }
    feedsErrorsBack = fields.boolean(
      "error_feedback",
      default: true,
      "Whether what compression cuts off is added to the next vector."
    )
  }

  /// What doesn't go together, by the field that is to blame.
  package func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault] {
    var faults = method.faults(recipe, count: count)
    if compressor != nil, !method.compresses {
      faults.append(
        FleetFault(
          "compression",
          "\(type(of: method).name) sends activations and no gradients, so there is nothing to compress",
          hint: "leave 'compression' out"
        )
      )
    }
    return faults
  }

  /// The method and what is sent, in a few words.
  package var words: String {
    let sent = compressor.map { " \(type(of: $0).name)" } ?? ""
    let forgets = compressor != nil && !feedsErrorsBack ? " without feedback" : ""
    return method.words + sent + forgets
  }
}

/// What is wrong with a fleet, in a sentence without a full stop.
package struct FleetFault: Hashable, Sendable {
  package var field: String
  package var message: String
  package var hint: String?

  package init(_ field: String, _ message: String, hint: String? = nil) {
    self.field = field
    self.message = message
    self.hint = hint
  }
}

extension FieldReader {
  /// Describes the fields of a member that wasn't chosen; one that is written is reported.
  fileprivate mutating func foreign(
    to chosen: String,
    of member: String,
    _ read: (inout FieldReader) -> Void
  ) {
    var blank = FieldReader()
    read(&blank)
    for field in blank.fields where !fields.contains(where: { $0.name == field.name }) {
      guard node(field.name, field.type, field.documentation) != nil else { continue }
      resolve(field.name, to: nil)
      report(
        Diagnostic(
          .error,
          "simulate.workers",
          at: position(of: field.name),
          "'\(field.name)' is for \(member), and this is \(chosen)"
        )
      )
    }
  }
}
