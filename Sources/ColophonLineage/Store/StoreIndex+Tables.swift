extension StoreIndex {
  /// The layout, version 1.
  ///
  /// Digests are their 64 digits; times of files are nanoseconds and of
  /// runs seconds since 1970.
  static let tables = """
    CREATE TABLE entries (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE,
      record TEXT NOT NULL,
      output TEXT NOT NULL,
      kind TEXT NOT NULL,
      cell TEXT NOT NULL,
      size INTEGER NOT NULL,
      artifact TEXT,
      artifact_size INTEGER
    );
    CREATE INDEX entries_by_output ON entries (output);
    CREATE TABLE ingredients (
      key TEXT NOT NULL PRIMARY KEY,
      content TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE cells (
      notebook TEXT NOT NULL,
      cell TEXT NOT NULL,
      key TEXT NOT NULL,
      PRIMARY KEY (notebook, cell)
    ) WITHOUT ROWID;
    CREATE TABLE files (
      path TEXT NOT NULL PRIMARY KEY,
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      digest TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      notebook TEXT NOT NULL,
      started REAL NOT NULL,
      ended REAL,
      status TEXT NOT NULL,
      parameters TEXT NOT NULL
    );
    CREATE TABLE jobs (
      run INTEGER NOT NULL,
      position INTEGER NOT NULL,
      notebook TEXT NOT NULL,
      cell TEXT NOT NULL,
      job TEXT,
      kind TEXT NOT NULL,
      key TEXT,
      status TEXT NOT NULL,
      why TEXT NOT NULL,
      started REAL NOT NULL,
      seconds REAL NOT NULL,
      peak_memory INTEGER NOT NULL,
      threads INTEGER NOT NULL,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE INDEX jobs_by_cell ON jobs (notebook, cell, run);
    """
}
