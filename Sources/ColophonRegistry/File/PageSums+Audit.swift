import GRDBSQLite

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension PageSums {
  /// What is wrong with the pages of a connection's file.
  struct Faults {
    /// Numbers of pages, from 1, whose sum is another.
    var pages: [Int] = []
    /// Whether the file ends within a page.
    var isCut = false
    /// Whether its pages have room for sums.
    var hasRoom = true
  }

  /// Asks SQLite for room at the end of each page; it grants it to a database that is still empty.
  static func reserve(_ connection: OpaquePointer) {
    var size = Int32(self.size)
    _ = sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &size)
  }

  /// Compares the sum of every page in a connection's file.
  ///
  /// The file is read through SQLite's own handle, since closing a second one would drop the locks of
  /// the first. A page that another process is just writing is read again.
  static func faults(_ connection: OpaquePointer, pageSize: Int) -> Faults? {
    var handle: UnsafeMutablePointer<sqlite3_file>?
    guard
      sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &handle) == SQLITE_OK,
      let file = handle, let methods = file.pointee.pMethods?.pointee, let read = methods.xRead
    else { return nil }
    var length: sqlite3_int64 = 0
    guard methods.xFileSize?(file, &length) == SQLITE_OK else { return nil }
    var faults = Faults()
    faults.isCut = Int(length) % pageSize != 0
    // A mebibyte at once.
    let step = max(1, (1 << 20) / pageSize) * pageSize
    var buffer = [UInt8](repeating: 0, count: step)
    for start in stride(from: 0, to: Int(length) / pageSize * pageSize, by: step) {
      let count = min(step, Int(length) / pageSize * pageSize - start)
      let code = buffer.withUnsafeMutableBytes {
        read(file, $0.baseAddress, Int32(count), sqlite3_int64(start))
      }
      guard code == SQLITE_OK else { return nil }
      if start == 0 { faults.hasRoom = buffer[20] == UInt8(size) }
      for place in stride(from: 0, to: count, by: pageSize) {
        let isRight = buffer.withUnsafeBytes {
          PageSums.isRight(
            UnsafeRawBufferPointer(rebasing: $0[place..<place + pageSize]),
            start + place
          )
        }
        if !isRight { faults.pages.append((start + place) / pageSize + 1) }
      }
    }
    if !faults.pages.isEmpty {
      usleep(1000)
      faults.pages.removeAll { isRightNow(file, read, ($0 - 1) * pageSize, pageSize) }
    }
    return faults
  }

  private static func isRight(_ page: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    let written = page.loadUnaligned(fromByteOffset: page.count - size, as: UInt64.self)
    return UInt64(littleEndian: written) == sum(page, at: place)
  }

  private static func isRightNow(
    _ file: UnsafeMutablePointer<sqlite3_file>,
    _ read: (UnsafeMutablePointer<sqlite3_file>?, UnsafeMutableRawPointer?, Int32, sqlite3_int64) ->
      Int32,
    _ place: Int,
    _ pageSize: Int
  ) -> Bool {
    var page = [UInt8](repeating: 0, count: pageSize)
    return page.withUnsafeMutableBytes {
      read(file, $0.baseAddress, Int32(pageSize), sqlite3_int64(place)) == SQLITE_OK
        && PageSums.isRight(UnsafeRawBufferPointer($0), place)
    }
  }
}
