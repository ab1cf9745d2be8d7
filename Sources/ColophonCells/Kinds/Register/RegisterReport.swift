import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonReport

/// What a register cell tells: values for prose, exhibits for the reader.
///
/// All of it was decided when the version was first registered, so a later run of the same notebook
/// says the same, whatever became of the version since.
struct RegisterReport {
  let registration: Registration
  let content: VersionContent

  init(_ registration: Registration, of content: VersionContent) {
    self.registration = registration
    self.content = content
  }

  private var decision: GateDecision { registration.decision }

  var values: [String: Value] {
    var values: [String: Value] = [
      "version": .integer(registration.number), "status": .string(decision.status.rawValue),
      "model": content.modelDigest.map { .string($0.description) } ?? .null,
      "group": .string(registration.group), "content": .string("sha256:" + registration.content),
      "head": .string(registration.head), "reason": .string(decision.reason),
      "binding": .boolean(decision.isBinding),
      "held": .integer(decision.conditions.count { $0.holds }),
      "total": .integer(decision.conditions.count),
    ]
    if let alias = decision.alias { values["alias"] = .string(alias) }
    if let champion = decision.champion {
      values["champion"] = [
        "version": .integer(champion.version), "status": .string(champion.status),
        "model": .string(champion.model), "values": .object(champion.values),
      ]
    }
    values["conditions"] = .array(
      decision.conditions.map {
        ["text": .string($0.text), "list": .string($0.list), "holds": .boolean($0.holds)]
      }
    )
    return values
  }

  var exhibits: [Exhibit] {
    var exhibits: [Exhibit] = [facts]
    for (list, title) in [
      ("reject_if", "One of these would reject it"), ("approve_if", "All of these approve it"),
    ] {
      let conditions = decision.conditions.filter { $0.list == list }
      if conditions.isEmpty { continue }
      exhibits.append(.text(title + ":"))
      exhibits.append(
        .requirements(
          conditions.map { condition in
            Requirement(
              condition.text,
              holds: condition.holds,
              values: condition.readings.sorted { $0.key < $1.key }
                .map { Requirement.Reading(path: $0.key, value: $0.value) }
            )
          }
        )
      )
    }
    exhibits.append(card)
    return exhibits
  }

  private var facts: Exhibit {
    var facts = [
      Fact("version", "\(registration.group)@\(registration.number)"),
      Fact("status", decision.status.rawValue, note: decision.reason),
    ]
    if let champion = decision.champion {
      facts.append(Fact("champion then", "\(registration.group)@\(champion.version)"))
    }
    if let alias = decision.alias { facts.append(Fact("alias", alias)) }
    facts += [
      Fact("model", content.modelDigest?.short ?? "", note: "of '\(content.model)'"),
      Fact("content", String(registration.content.prefix(8)), note: "what the version is named by"),
      Fact(
        "journal head",
        StampWords(Digest(registration.head) ?? Digest(of: [])).description,
        note: "of the group, after this registration"
      ),
    ]
    return .facts(facts)
  }

  /// What is known of the version, for whoever is to rely on it.
  private var card: Exhibit {
    .card(ModelCard(of: content, in: registration.group, number: registration.number))
  }
}
