import ColophonCore
import ColophonRegistry
import Foundation
import Testing

/// The documents of a small version: the bytes that each standard's own client has accepted.
///
/// `make/documents_check.py` runs the clients over the folder and writes `checked.json`: for each
/// document the digest, the client, its version, its own words, and how it answered to the document
/// with something broken. A document that changes is a document that no client has seen.
@Suite struct DocumentGoldens {
  static let folder = URL(filePath: #filePath).appending(path: "../../../Fixtures/documents")
    .standardized
  private static let isRecording = ProcessInfo.processInfo.environment["COLOPHON_RECORD"] == "1"

  /// The documents by their files' names.
  static func documents() throws -> [(name: String, text: String)] {
    let sample = try DocumentSample()
    guard let card = CardSubject(sample.subject) else { preconditionFailure("no version") }
    var documents: [(String, String)] = []
    for document in lineageDocuments.members {
      documents.append(("version.\(document.name)", try document.text(of: sample.subject)))
      documents.append(("run.\(document.name)", try document.text(of: sample.run)))
    }
    for name in ["openlineage", "rocrate"] {
      if let document = lineageDocuments[name] {
        documents.append(("failed.\(name)", try document.text(of: sample.failedRun)))
      }
    }
    for document in cardDocuments.members {
      documents.append(("card.\(document.name)", try document.text(of: card)))
    }
    for status in [VersionStatus.pending, .rejected] {
      let other = try DocumentSample(status: status)
      documents.append(
        ("\(status.rawValue).intoto", try lineageDocuments["intoto"]?.text(of: other.subject) ?? "")
      )
    }
    return documents
  }

  @Test func areTheBytesThatTheClientsAccepted() throws {
    let documents = try DocumentGoldens.documents()
    if DocumentGoldens.isRecording { try record(documents) }
    let checked = try Value(json: Data(contentsOf: Self.folder.appending(path: "checked.json")))
    for (name, text) in documents {
      let golden = try? Data(contentsOf: Self.folder.appending(path: name))
      #expect(golden == Data(text.utf8), "\(name) is not the document of the folder")
      // The card in this program's own terms has no client.
      if name == "card.json" { continue }
      let accepted = try #require(checked["accepted"]?[name], "no client has seen \(name)")
      #expect(accepted["digest"]?.asString == Digest(of: text.utf8).hex, "\(name)")
      #expect(accepted["client"]?.asString?.contains(" ") == true, "\(name)")
    }
    #expect(!DocumentGoldens.isRecording, "recorded; run make/documents_check.py")
  }

  /// A client that takes anything would prove nothing.
  @Test(arguments: [
    "prov", "rocrate", "openlineage", "intoto", "croissant", "cyclonedx", "sagemaker",
    "model-package", "signature",
  ])
  func wereRejectedWhereSomethingWasBroken(standard: String) throws {
    let checked = try Value(json: Data(contentsOf: Self.folder.appending(path: "checked.json")))
    let broken = try #require(checked["rejected"]?[standard]?.asArray)
    #expect(broken.count >= 2)
    for variant in broken {
      #expect(variant["change"]?.asString?.isEmpty == false)
      #expect(variant["said"]?.asString?.isEmpty == false, "\(standard): \(variant)")
    }
  }

  private func record(_ documents: [(name: String, text: String)]) throws {
    let folder = Self.folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in documents {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let files = [
      ("notebooks/leavers.md", DocumentSample.notebook),
      ("notebooks/data/people.csv", DocumentSample.table),
      ("output/leavers.html", DocumentSample.report), ("models/fit.model", DocumentSample.model),
    ]
    for (path, text) in files {
      let url = folder.appending(path: "files/\(path)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: url)
    }
    try recordSignature(folder.appending(path: "signed"))
  }

  /// Signatures are random: this one was made once, and is checked from then on.
  private func recordSignature(_ folder: URL) throws {
    if FileManager.default.fileExists(atPath: folder.path) { return }
    let sample = try DocumentSample()
    let key = RegistryKey()
    let signed = try sample.sample.registry.sign(
      VersionName("leavers", 1),
      by: sample.sample.hand("ada", key: key)
    )
    let version = try sample.sample.registry.show(VersionName("leavers", 1))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("model", DocumentSample.model), ("version.json", try version.content.text()),
      ("model.sig", signed.text),
    ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
    try Data((key.publicKey.pem + "\n").utf8).write(to: Self.folder.appending(path: "key.pub.pem"))
  }
}
