import ColophonCore
import ColophonRegistry
import Testing

/// Roles by signed events, and the rule that two people look.
@Suite struct Access {
  private func refused(_ work: () throws -> some Any) throws -> RegistryRefusal.Kind? {
    do { _ = try work() } catch let refusal as RegistryRefusal { return refusal.kind }
    return nil
  }

  @Test func isEverybodysUntilARoleIsGranted() throws {
    let sample = try SampleRegistry()
    try sample.register(1, status: .pending)
    try sample.registry.decide("approve", VersionName("churn", 1), why: "x", by: sample.hand("eve"))
  }

  @Test func takesOnlyTheHoldersKey() throws {
    let sample = try SampleRegistry()
    let (ada, eve) = (RegistryKey(), RegistryKey())
    try sample.register(1, status: .pending)
    let registry = sample.registry
    try registry.grant(.approver, to: ada.publicKey, name: "Ada", group: "churn", by: sample.hand())
    let name = VersionName("churn", 1)
    for hand in [sample.hand("Ada"), sample.hand("Ada", key: eve)] {
      #expect(
        try refused { try registry.decide("approve", name, why: "x", by: hand) } == .forbidden
      )
    }
    try registry.decide("approve", name, why: "x", by: sample.hand("Ada", key: ada))
    #expect(try registry.audit().isSound)
    // The refused attempts are there to be read.
    #expect(try registry.events().count { $0.kind == .refused } == 2)
  }

  @Test func heldBackGatesOnlyRecommend() throws {
    let sample = try SampleRegistry()
    try sample.registry.setSeparateApprover(true, group: "churn", by: sample.hand())
    var asked: [Bool] = []
    let registration = try sample.registry.register(
      Sample.candidate(1, group: "churn"),
      by: sample.hand("ada")
    ) { _, mayDecide in
      asked.append(mayDecide)
      return GateDecision(status: mayDecide ? .approved : .pending, reason: "")
    }
    #expect(asked == [false] && registration.decision.status == .pending)
    let name = VersionName("churn", 1)
    #expect(
      try refused { try sample.registry.decide("approve", name, why: "x", by: sample.hand("ada")) }
        == .forbidden
    )
    try sample.registry.decide("approve", name, why: "x", by: sample.hand("bob"))
  }

  @Test func grantsAnAliasAlone() throws {
    let sample = try SampleRegistry()
    let key = RegistryKey()
    try sample.register(1)
    let registry = sample.registry
    try registry.grant(
      .operator,
      to: key.publicKey,
      name: "Op",
      group: "churn",
      alias: "champion",
      by: sample.hand()
    )
    let name = VersionName("churn", 1)
    try registry.promote(name, to: "shadow", by: sample.hand("eve"))
    #expect(
      try refused { try registry.promote(name, to: "champion", by: sample.hand("eve")) }
        == .forbidden
    )
    try registry.promote(name, to: "champion", by: sample.hand("op", key: key))
    try registry.revoke(
      .operator,
      from: key.publicKey.fingerprint,
      group: "churn",
      alias: "champion",
      why: "left",
      by: sample.hand()
    )
    #expect(try registry.audit().isSound)
  }

  @Test func leavesAdministrationToTheOwner() throws {
    let sample = try SampleRegistry()
    let owner = RegistryKey()
    let registry = sample.registry
    func grant(_ hand: RegistryHand) throws {
      try registry.grant(.owner, to: owner.publicKey, name: "Own", group: "churn", by: hand)
    }
    #expect(try refused { try grant(sample.hand("eve", ownsFile: false)) } == .forbidden)
    try grant(sample.hand("root"))
    // From then on the key counts, not the file.
    #expect(try refused { try grant(sample.hand("root")) } == .forbidden)
    try grant(sample.hand("own", key: owner, ownsFile: false))
    #expect(try registry.audit().isSound)
    let access = try registry.access(to: "churn")
    #expect(access.grants.map { $0.name } == ["Own"] && !access.separateApprover)
  }

  /// A grant that nobody entitled made, chained as well as any event by somebody who has the file.
  @Test func findsAGrantThatTheOwnerDidNotSign() throws {
    let sample = try SampleRegistry()
    let (owner, eve) = (RegistryKey(), RegistryKey())
    let registry = sample.registry
    try registry.grant(.owner, to: owner.publicKey, name: "O", group: "churn", by: sample.hand())
    let last = try #require(try registry.events().last)
    var event = RegistryEvent(
      .granted,
      group: "churn",
      sequence: last.sequence + 1,
      previous: last.digest,
      actor: "eve",
      time: last.time
    )
    event.new = "approver \(eve.publicKey.fingerprint) eve"
    event.detail = eve.publicKey.hex
    try sample.statement(
      """
      INSERT INTO events VALUES (\(event.sequence), '\(event.previous)', 'granted', 'churn', 0, '',
      '', '\(event.new)', '', '\(event.detail)', 'eve', \(event.time), '', '', '', '',
      '\(event.digest)');
      UPDATE tail SET sequence = \(event.sequence), digest = '\(event.digest)'
      """
    )
    let findings = try Registry(path: sample.path).audit().beyondSums
    #expect(findings == [.event(event.sequence, "its actor is no owner")])
  }

  @Test func revokesOnlyWhatIsHeld() throws {
    let sample = try SampleRegistry()
    let key = RegistryKey()
    let registry = sample.registry
    try registry.grant(.approver, to: key.publicKey, name: "A", group: "churn", by: sample.hand())
    func revoke(_ role: RegistryRole, _ fingerprint: String) throws {
      try registry.revoke(role, from: fingerprint, group: "churn", why: "x", by: sample.hand())
    }
    #expect(try refused { try revoke(.approver, "0000") } == .unknown)
    #expect(try refused { try revoke(.operator, key.publicKey.fingerprint) } == .unknown)
    try revoke(.approver, key.publicKey.fingerprint)
    #expect(try registry.access(to: "churn").grants.isEmpty)
  }

  @Test func findsAForgedSignature() throws {
    let sample = try SampleRegistry()
    let key = RegistryKey()
    let registry = sample.registry
    try registry.grant(.registrant, to: key.publicKey, name: "R", group: "churn", by: sample.hand())
    try sample.register(1, by: sample.hand("r", key: key))
    #expect(try registry.audit().isSound)
    let event = try #require(try registry.events().last)
    #expect(key.publicKey.verifies(event.signature, over: event.signedText))
    #expect(!key.publicKey.verifies(event.signature, over: event.signedText + "x"))
    #expect(!RegistryKey().publicKey.verifies(event.signature, over: event.signedText))
    #expect(RegistryKey(pem: key.pem)?.publicKey.fingerprint == key.publicKey.fingerprint)
    #expect(RegistryPublicKey(pem: key.publicKey.pem)?.hex == key.publicKey.hex)
    #expect(RegistryPublicKey(hex: "00") == nil && RegistryKey(pem: "x") == nil)
  }
}
