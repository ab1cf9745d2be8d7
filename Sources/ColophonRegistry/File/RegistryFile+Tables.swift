extension RegistryFile {
  /// The layout, version 1.
  ///
  /// `events` and `documents` are the registry; all the rest follows from them and is there to be
  /// searched fast. No column of the journal is ever null, so an event's text has one spelling.
  static let tables = """
    CREATE TABLE events (
      sequence INTEGER PRIMARY KEY,
      previous TEXT NOT NULL,
      kind TEXT NOT NULL,
      grp TEXT NOT NULL,
      version INTEGER NOT NULL,
      alias TEXT NOT NULL,
      expected TEXT NOT NULL,
      new TEXT NOT NULL,
      bound TEXT NOT NULL,
      detail TEXT NOT NULL,
      actor TEXT NOT NULL,
      time INTEGER NOT NULL,
      reason TEXT NOT NULL,
      head TEXT NOT NULL,
      key TEXT NOT NULL,
      signature TEXT NOT NULL,
      digest TEXT NOT NULL
    );
    CREATE INDEX events_by_alias ON events (grp, alias, sequence) WHERE kind = 'moved';
    CREATE INDEX events_by_version ON events (grp, version, sequence);
    CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      content TEXT NOT NULL
    );
    CREATE TABLE tail (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      sequence INTEGER NOT NULL,
      digest TEXT NOT NULL,
      time INTEGER NOT NULL
    );
    INSERT INTO tail VALUES (1, 0, '\(RegistryEvent.start)', 0);
    CREATE TABLE groups (
      grp TEXT NOT NULL PRIMARY KEY,
      versions INTEGER NOT NULL,
      head TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE versions (
      id INTEGER PRIMARY KEY,
      grp TEXT NOT NULL,
      number INTEGER NOT NULL,
      content TEXT NOT NULL,
      decision TEXT NOT NULL,
      source TEXT NOT NULL,
      model TEXT NOT NULL,
      status TEXT NOT NULL,
      head TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      UNIQUE (grp, number),
      UNIQUE (grp, content)
    );
    CREATE INDEX versions_by_status ON versions (status);
    CREATE INDEX versions_by_model ON versions (model);
    CREATE TABLE aliases (
      grp TEXT NOT NULL,
      alias TEXT NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (grp, alias)
    ) WITHOUT ROWID;
    CREATE INDEX aliases_by_version ON aliases (grp, version);
    CREATE TABLE metrics (
      path TEXT NOT NULL,
      version INTEGER NOT NULL,
      value,
      PRIMARY KEY (path, version)
    ) WITHOUT ROWID;
    CREATE INDEX metrics_by_value ON metrics (path, value, version);
    CREATE INDEX metrics_by_version ON metrics (version);
    CREATE TABLE ancestors (
      node TEXT NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (node, version)
    ) WITHOUT ROWID;
    CREATE INDEX ancestors_by_version ON ancestors (version);
    """

  /// The definitions of the tables and indexes, in order, as SQLite keeps them.
  static var definitions: [String] {
    tables.split(separator: ";").map { statement in
      String(statement.drop { $0.isWhitespace })
    }.filter { $0.hasPrefix("CREATE") }
  }

  /// An event's text as SQLite puts it together: the same bytes that `RegistryEvent.text` makes.
  static let eventText =
    "'\(RegistryEvent.format)'"
    + [
      "sequence", "previous", "kind", "grp", "version", "alias", "expected", "new", "bound",
      "detail", "actor", "time", "reason", "head", "key", "signature",
    ].map { " || char(31) || \($0)" }.joined()
}
