/// A place in a text file, as editors count: lines and columns from 1, columns in UTF-8 bytes.
package struct SourcePosition: Hashable, Sendable {
  /// The file as the user named it; never made absolute.
  package var path: String
  package var line: Int
  package var column: Int

  package init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// The place `bytes` further right on the same line.
  package func advanced(by bytes: Int) -> SourcePosition {
    SourcePosition(path: path, line: line, column: column + bytes)
  }
}

extension SourcePosition: Comparable {
  package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.path, a.line, a.column) < (b.path, b.line, b.column)
  }
}

extension SourcePosition: CustomStringConvertible {
  package var description: String { "\(path):\(line):\(column)" }
}

/// A value and the place where its author wrote it.
package struct Located<Wrapped: Sendable>: Sendable {
  package var value: Wrapped
  package var position: SourcePosition

  package init(_ value: Wrapped, at position: SourcePosition) {
    self.value = value
    self.position = position
  }
}

extension Located: Equatable where Wrapped: Equatable {}
extension Located: Hashable where Wrapped: Hashable {}
