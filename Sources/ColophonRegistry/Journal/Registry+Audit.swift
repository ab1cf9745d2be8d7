import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// Registries of so many versions are always compared in full.
  static let smallCount = 5_000

  /// Reads the whole journal and compares everything that follows from it.
  ///
  /// Found are: an event that was edited, moved, added or taken away (by the chain, the tail and the
  /// tables), a document that is not the one that an event names, a table that says something else
  /// than the journal, moves that the rules forbid, and every byte of the file that changed after this
  /// program wrote it.
  /// - Parameter full: Whether the tables of metrics and ancestors are compared as well, each page with
  ///   its sum, and SQLite checks its own pages; small registries are always looked at in full.
  /// - Returns: What was found; a file that can't be read at all is a finding too.
  /// - Throws: `RegistryRefusal` where there is no registry; `StoreDamage` where it is locked.
  package func audit(full: Bool = false) throws -> RegistryAudit {
    do {
      return try reading { database in
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM versions") ?? 0
        var check = AuditCheck(database: database)
        try check.run(full: full || count <= Registry.smallCount)
        return check.audit
      }
    } catch StoreDamage.registry(_, let reason) {
      var audit = RegistryAudit()
      audit.findings = [.file(reason)]
      return audit
    } catch StoreDamage.newer(_, let version) {
      var audit = RegistryAudit()
      audit.findings = [.file("its layout is \(version)")]
      return audit
    }
  }
}
