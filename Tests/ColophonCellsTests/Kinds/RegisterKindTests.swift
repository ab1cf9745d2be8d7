import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonReport
import Testing

/// Register cells: what they say of a candidate, and what they ask of it.
@Suite struct RegisterCells {
  /// A registry that has one champion, or none, and numbers everything 7.
  private struct Stub: RegistryAccess {
    var champion: GateDecision.Champion?
    var mayDecide = true

    func register(
      _ content: VersionContent,
      in group: String,
      alias: String?,
      reading paths: [ValuePath],
      deciding decide: (GateDecision.Champion?, _ mayDecide: Bool) throws -> GateDecision
    ) throws -> Registration {
      var decision = try decide(champion, mayDecide)
      if decision.status == .approved { decision.alias = alias }
      return Registration(
        group: group,
        number: 7,
        content: Digest(of: try content.text().utf8).hex,
        decision: decision,
        head: String(repeating: "a", count: 64),
        isNew: true
      )
    }
  }

  private struct Supply: WorkshopSupply {
    var base = FolderSupply()
    var registry: (any RegistryAccess)?
    var isCancelled: Bool { false }
    func artifact(of cell: String) throws -> (any Artifact)? { nil }
    func artifactDigest(of cell: String) -> Digest? { nil }
    func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? { nil }
    func values(of cell: String) -> Value? { RegisterCells.nodes.first { $0.name == cell }?.values }
    func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) { try base.read(file) }
    func progress(_ fraction: Double, _ note: String) {}
    func lineage(of cells: [String]) throws -> (engine: String, nodes: [LineageNode])? {
      ("1.0.0", RegisterCells.nodes)
    }
  }

  private static func node(
    _ name: String,
    _ kind: String,
    inputs: [String: Digest] = [:],
    artifact: String? = nil,
    values: Value = [:]
  ) -> LineageNode {
    let made = artifact.map { StoredOutcome.Artifact(digest: Digest(of: name.utf8), kind: $0) }
    let output = CellOutput.digest(artifact: made?.digest, values: values, exhibits: [])
    let stamp = CellStamp(
      kind: kind,
      configuration: [:],
      inputs: inputs,
      engine: "1.0.0",
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: inputs,
      output: output,
      artifact: made,
      values: values
    )
  }

  static let nodes: [LineageNode] = {
    let data = node("people", "dataset", artifact: "dataset")
    let model = node("fit", "train", inputs: ["people": data.stamp], artifact: "model")
    let final = node(
      "final",
      "evaluate",
      inputs: ["fit": model.stamp],
      values: ["roc_auc": 0.9, "ci": ["roc_auc": ["low": 0.85]], "kappa": .null]
    )
    return [data, model, final]
  }()

  private func run(
    approve: [Value] = [],
    reject: [Value] = [],
    alias: String = "champion",
    champion: Double? = 0.88,
    mayDecide: Bool = true
  ) throws -> Outcome {
    let (cell, reader, _) = read(
      RegisterKind.self,
      [
        "model": "fit", "group": "churn", "evaluation": ["final"], "alias": .string(alias),
        "approve_if": .array(approve), "reject_if": .array(reject),
      ]
    )
    #expect(reader.diagnostics.isEmpty, "\(reader.diagnostics)")
    let stub = Stub(
      champion: champion.map {
        .init(version: 3, status: "Approved", model: "m", values: ["roc_auc": .number($0)])
      },
      mayDecide: mayDecide
    )
    let supply = Supply(registry: stub)
    return try cell.run(in: Workshop(cell: "r", seed: 1, threads: 1, supply: supply))
  }

  @Test(arguments: [
    ([], [], "PendingManualApproval", "no gate approves by itself; a person decides"),
    (["final.roc_auc > 0.8"], [], "Approved", "the condition holds"),
    (
      ["final.roc_auc > 0.8", "final.roc_auc > champion.roc_auc"], [], "Approved",
      "all 2 conditions"
    ),
    (["final.roc_auc > 0.95"], [], "PendingManualApproval", "final.roc_auc > 0.95 does not hold"),
    (
      ["final.roc_auc > 0.95", "champion.version == 4"], [], "PendingManualApproval",
      "and 1 more does not hold"
    ),
    (["final.roc_auc > 0.8"], ["final.ci.roc_auc.low < 0.9"], "Rejected", "low < 0.9 holds"),
    ([], ["final.ci.roc_auc.low < 0.8"], "PendingManualApproval", "a person decides"),
  ])
  func decidesByTheConditions(
    approve: [String],
    reject: [String],
    status: String,
    reason: String
  ) throws {
    let outcome = try run(
      approve: approve.map { .string($0) },
      reject: reject.map { .string($0) }
    )
    #expect(outcome.values["status"] == .string(status))
    #expect(outcome.values["reason"]?.asString?.contains(reason) == true)
    #expect(outcome.values["version"] == 7)
    #expect(outcome.values["total"] == .integer(approve.count + reject.count))
    #expect((outcome.values["alias"] == nil) == (status != "Approved"))
    #expect(outcome.values["champion"]?["version"] == 3)
    // A gate that does not open is no failed requirement: the run goes on.
    #expect(outcome.verdict == nil)
  }

  @Test func showsTheVersionsCard() throws {
    let outcome = try run()
    let cards = outcome.exhibits.compactMap { if case .card(let card) = $0 { card } else { nil } }
    let card = try #require(cards.first)
    #expect(cards.count == 1 && card.identity.name == "churn" && card.identity.version == "7")
    #expect(card.evaluations.map { $0.name } == ["final"])
    #expect(card.evaluations[0].measures.contains(.init("kappa", nil)))
  }

  @Test func onlyRecommendsWhereAPersonDecides() throws {
    let outcome = try run(approve: ["final.roc_auc > 0.8"], mayDecide: false)
    #expect(outcome.values["status"] == "PendingManualApproval")
    #expect(outcome.values["binding"] == false)
    #expect(outcome.values["reason"]?.asString?.hasPrefix("the gate recommends Approved") == true)
  }

  @Test(arguments: [
    ("final.kappa > 0.5", "'final.kappa' is missing", "ask 'is missing' first"),
    ("final.roc_auc > champion.roc_auc", "'champion.roc_auc' is missing", "no champion yet"),
  ])
  func failsWhereAConditionCantBeDecided(condition: String, message: String, hint: String) throws {
    let failure = #expect(throws: CellFailure.self) {
      try run(approve: [.string(condition)], champion: nil)
    }
    #expect(failure?.message.contains(message) == true)
    #expect(failure?.hint?.contains(hint) == true)
    #expect(failure?.field == "approve_if")
  }

  @Test func promisesEveryValueThatItGives() throws {
    let (cell, _, _) = read(RegisterKind.self, ["model": "fit", "group": "churn"])
    let outcome = try run(approve: ["final.roc_auc > champion.roc_auc"])
    for leaf in ValuePath.leaves(of: .object(outcome.values)) {
      let expression = try Expression(parsing: "r.\(leaf)")
      let path = try #require(expression.paths.first).path
      #expect(cell.values.contains { $0.matches(path.segments) }, "\(leaf)")
    }
  }

  @Test(arguments: [
    ("group", "1churn", "'1churn' is no name for a group"),
    ("alias", "the best", "'the best' is no name for an alias"),
  ])
  func refusesNames(field: String, name: String, message: String) {
    let (_, _, found) =
      field == "group"
      ? read(RegisterKind.self, ["model": "fit", "group": .string(name)])
      : read(RegisterKind.self, ["model": "fit", "group": "churn", "alias": .string(name)])
    #expect(found.contains { $0.message == message && $0.code == "register.name" }, "\(found)")
  }

  @Test(arguments: [
    (["final.roc_auc > 0.9"], true), (["final.ci.roc_auc.low > 0.9"], false),
    (["final.roc_auc > 0.9", "duel.significant"], false), (["duel.best == \"fit\""], false),
    (["cv.roc_auc.mean - 2 * cv.roc_auc.std > 0.8"], false),
    (["duel.non_inferior and final.roc_auc > 0.5"], false),
  ])
  func advisesAgainstOneRun(conditions: [String], isAdvised: Bool) {
    let (_, _, found) = read(
      RegisterKind.self,
      [
        "model": "fit", "group": "churn", "evaluation": ["final"],
        "approve_if": .array(conditions.map { .string($0) }),
      ]
    )
    let advice = found.filter { $0.code == "register.one-run" }
    #expect(advice.count == (isAdvised ? 1 : 0), "\(found)")
    if isAdvised { #expect(advice.first?.severity == .advice && advice.first?.position.line == 5) }
  }

  @Test func advisesToEvaluateOnTheTestSplit() {
    func found(_ split: String?) -> [Diagnostic] {
      let evaluate = split.map {
        read(EvaluateKind.self, ["model": "fit", "split": .string($0)]).cell
      }
      let (_, _, found) = read(
        RegisterKind.self,
        ["model": "fit", "group": "churn", "evaluation": .array(split == nil ? [] : ["final"])],
        beside: evaluate.map { ["final": $0] } ?? [:]
      )
      return found.filter { $0.code == "register.no-evaluation" }
    }
    #expect(found("test").isEmpty)
    #expect(found("validation").first?.message.contains("no evaluation of the version") == true)
    #expect(found(nil).first?.message == "the version has no evaluation at all")
  }
}
