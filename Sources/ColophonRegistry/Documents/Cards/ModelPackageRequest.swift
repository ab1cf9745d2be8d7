import ColophonCore
import ColophonLineage

/// The request `CreateModelPackage` of Amazon SageMaker for a version.
///
/// It names no container: which image serves the model is for whoever deploys it to say. Botocore
/// checks names, types and minimums only; maximums, patterns and choices are kept here.
enum ModelPackageRequest: CardDocument {
  static let name = "model-package"
  static let summary = "SageMaker CreateModelPackage request, the model card inside."

  static func text(of subject: CardSubject) -> String {
    let version = subject.version
    return Value.members([
      "ModelPackageGroupName": .string(entityName(version.group)),
      "ModelPackageDescription": .string(
        (subject.card.statement.description ?? version.name).cut(to: 1024)
      ),
      "ModelApprovalStatus": .string(approval(version.status)),
      "ClientToken": .string((Digest(version.digest) ?? Digest(of: [])).uuid),
      "MetadataProperties": [
        "GeneratedBy": .string("colophon \(subject.subject.engine)".cut(to: 1024)),
        "Repository": .string(subject.subject.notebook.path.cut(to: 1024)),
        "CommitId": .string(subject.subject.notebook.digest.hex),
      ],
      "CustomerMetadataProperties": .object(metadata(subject).mapValues { .string($0) }),
      "ModelCard": [
        "ModelCardContent": .string(SageMakerCard.content(of: subject).canonicalText),
        "ModelCardStatus": .string(cardStatus(version.status)),
      ],
      "ModelLifeCycle": [
        "Stage": .string(version.aliases.first.map { entityName($0) } ?? "Registered"),
        "StageStatus": .string(approval(version.status)),
        "StageDescription": .string(version.decision.reason.cut(to: 1024)),
      ],
    ]).indentedText
  }

  /// SageMaker knows no retirement; a retired version must not be deployed.
  private static func approval(_ status: VersionStatus) -> String {
    status == .retired ? VersionStatus.rejected.rawValue : status.rawValue
  }

  private static func cardStatus(_ status: VersionStatus) -> String {
    switch status {
    case .pending: "PendingReview"
    case .approved: "Approved"
    case .rejected: "Draft"
    case .retired: "Archived"
    }
  }

  private static func metadata(_ subject: CardSubject) -> [String: String] {
    [
      "colophon.version": subject.version.name,
      "colophon.content": "sha256:" + subject.version.digest,
      "colophon.model": subject.card.identity.digest,
      "colophon.engine": subject.subject.engine,
    ].filter { !$0.value.isEmpty }
  }

  /// A name of the pattern `[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`: underlines become hyphens.
  static func entityName(_ name: String) -> String {
    var text = name.replacing("_", with: "-")
    while text.hasSuffix("-") { text.removeLast() }
    return text
  }
}
