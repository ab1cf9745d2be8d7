package import ColophonCore

/// A registered version with the model card that is drawn from it.
package struct CardSubject: Sendable {
  package var subject: DocumentSubject
  package var version: RegisteredVersion
  package var card: ModelCard

  /// `subject`: A subject that tells of a version; nil is made of any other.
  package init?(_ subject: DocumentSubject) {
    guard let version = subject.version else { return nil }
    self.subject = subject
    self.version = version
    card = ModelCard(of: version.content, in: version.group, number: version.number)
    let authors = subject.notebook.authors
    if !authors.isEmpty { card.statement.owner = authors.joined(separator: ", ") }
  }
}

/// A format of a model card that other programs read.
package protocol CardDocument: Sendable {
  /// What `--format` calls it.
  static var name: String { get }
  /// What it is, in a line.
  static var summary: String { get }
  static func text(of subject: CardSubject) throws -> String
}

/// The formats that `registry card` knows beside the page.
package let cardDocuments = Catalogue<any CardDocument.Type>(
  "format",
  [PlainCard.self, CycloneDXCard.self, SageMakerCard.self, ModelPackageRequest.self]
) { $0.name }

/// The card's facts as this program names them.
enum PlainCard: CardDocument {
  static let name = "json"
  static let summary = "The card's facts under this program's own names."

  static func text(of subject: CardSubject) throws -> String {
    var members = try subject.card.value.asObject ?? [:]
    members["status"] = .string(subject.version.status.rawValue)
    members["aliases"] = .strings(subject.version.aliases)
    members["content"] = .string("sha256:" + subject.version.digest)
    members["gaps"] = .strings(subject.card.gaps)
    members["notebook"] = .string(subject.subject.notebook.path)
    return Value.object(members).indentedText
  }
}
