package import ColophonCells
package import ColophonCore
import ColophonLineage
import ColophonNotebook
package import ColophonRegistry

/// What register cells of a run act on.
package protocol RegistryLending: Sendable {
  /// The registry as one register cell of a notebook meets it.
  func access(for cell: String, in prepared: Prepared) -> any RegistryAccess
  /// Whether the values of a register cell's stored result are what the registry says.
  func confirms(_ values: Value) throws -> Bool
}

/// The project's registry, acted on in somebody's name.
package struct ProjectRegistry: RegistryLending {
  private let registry: Registry
  private let hand: RegistryHand

  package init(_ registry: Registry, hand: RegistryHand) {
    self.registry = registry
    self.hand = hand
  }

  package func access(for cell: String, in prepared: Prepared) -> any RegistryAccess {
    Access(
      registry: registry,
      hand: hand,
      source: VersionSource(
        path: prepared.name,
        title: prepared.notebook.title,
        text: prepared.sourceText,
        parameters: prepared.notebook.parameters,
        seed: prepared.seed,
        cell: cell
      )
    )
  }

  package func confirms(_ values: Value) throws -> Bool {
    guard let content = values["content"]?.asString, let group = values["group"]?.asString,
      let known = try registry.known(String(content.trimmingPrefix("sha256:")), in: group)
    else { return false }
    return known.number == values["version"]?.asInteger && known.head == values["head"]?.asString
  }

  private struct Access: RegistryAccess {
    let registry: Registry
    let hand: RegistryHand
    let source: VersionSource

    func register(
      _ content: VersionContent,
      in group: String,
      alias: String?,
      reading paths: [ValuePath],
      deciding decide: (GateDecision.Champion?, _ mayDecide: Bool) throws -> GateDecision
    ) throws -> Registration {
      let candidate = Candidate(group: group, content: content, source: source, alias: alias)
      return try registry.register(candidate, by: hand) { champion, mayDecide in
        try decide(champion?.reading(paths), mayDecide)
      }
    }
  }
}

/// What a report recorded of the registry, in place of the registry itself.
///
/// The number, the journal's head and what was read of the champion are taken from the record; the
/// content and the decision are made again, so a report that claims another decision than its
/// evidence gives is found. Whether the registry really said so is for an audit to tell.
struct RecordedRegistry: RegistryLending {
  private let manifest: Manifest

  init(_ manifest: Manifest) { self.manifest = manifest }

  func access(for cell: String, in prepared: Prepared) -> any RegistryAccess {
    Access(recorded: manifest[cell: cell]?.values ?? [:])
  }

  func confirms(_ values: Value) throws -> Bool { false }

  private struct Access: RegistryAccess {
    let recorded: [String: Value]

    func register(
      _ content: VersionContent,
      in group: String,
      alias: String?,
      reading paths: [ValuePath],
      deciding decide: (GateDecision.Champion?, _ mayDecide: Bool) throws -> GateDecision
    ) throws -> Registration {
      guard let number = recorded["version"]?.asInteger, let head = recorded["head"]?.asString
      else {
        throw CellFailure("the report records nothing of the registry for this cell")
      }
      var decision = try decide(champion, recorded["binding"]?.asBoolean ?? true)
      if decision.status == .approved, recorded["alias"]?.asString == alias {
        decision.alias = alias
      }
      return Registration(
        group: group,
        number: number,
        content: Digest(of: try content.text().utf8).hex,
        decision: decision,
        head: head,
        isNew: false
      )
    }

    private var champion: GateDecision.Champion? {
      guard let champion = recorded["champion"], let version = champion["version"]?.asInteger else {
        return nil
      }
      return GateDecision.Champion(
        version: version,
        status: champion["status"]?.asString ?? "",
        model: champion["model"]?.asString ?? "",
        values: champion["values"]?.asObject ?? [:]
      )
    }
  }
}
