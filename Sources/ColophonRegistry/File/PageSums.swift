import ColophonCore
import GRDBSQLite
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Sums of the registry file's own pages, so that no byte of it changes unseen.
///
/// The journal's chain covers what the registry says. It does not cover what SQLite needs beside that:
/// free space, counters, the frames of pages. So each page ends in eight bytes that hold its sum. A
/// layer between SQLite and the disk writes it whenever a page goes into the file; pages in the
/// write-ahead log have SQLite's own sums. Whoever writes the file past this program leaves a page
/// whose sum is another, and an audit names it.
///
/// A sum is no proof against somebody who computes it anew; that is what the chain, the reports' heads
/// and the signatures are for.
/// - SeeAlso: SQLite, "The Checksum VFS Shim", which keeps another sum in the same place.
enum PageSums {
  /// The bytes at the end of a page that SQLite leaves alone.
  static let size = 8

  /// The layer's name in a file's URI.
  static let layer = "colophon-sums"

  /// Where a file's header says how many bytes of a page are left alone.
  private static let sizePlace: sqlite3_int64 = 20

  /// Whether SQLite knows the layer; where it can't be had, new registries have no sums.
  static let isAvailable: Bool = {
    guard sqlite3_compileoption_used("USE_URI") == 1, let base = sqlite3_vfs_find(nil) else {
      return false
    }
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    vfs.initialize(to: base.pointee)
    vfs.pointee.pNext = nil
    vfs.pointee.zName = UnsafePointer(strdup(layer))
    vfs.pointee.xOpen = { _, name, file, flags, given in
      guard let base = sqlite3_vfs_find(nil), let open = base.pointee.xOpen else {
        return SQLITE_CANTOPEN
      }
      let code = open(base, name, file, flags, given)
      if code == SQLITE_OK, flags & SQLITE_OPEN_MAIN_DB != 0, let file { PageSums.watch(file) }
      return code
    }
    return sqlite3_vfs_register(vfs, 0) == SQLITE_OK
  }()

  /// Puts ours in the place of a file's method that writes; all others stay as they are.
  private static func watch(_ file: UnsafeMutablePointer<sqlite3_file>) {
    guard let methods = file.pointee.pMethods else { return }
    file.pointee.pMethods = tables.withLock { tables in
      if let known = tables[UInt(bitPattern: methods)] {
        return UnsafePointer(bitPattern: known)
      }
      // Ours first, the original behind it, where `write` finds it.
      let pair = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 2)
      pair.initialize(repeating: methods.pointee, count: 2)
      pair.pointee.xWrite = { PageSums.write($0, $1, $2, $3) }
      tables[UInt(bitPattern: methods)] = UInt(bitPattern: pair)
      return UnsafePointer(pair)
    }
  }

  /// Tables of methods by the address of their originals: one for each sort of file system.
  private static let tables = Mutex<[UInt: UInt]>([:])

  private static func write(
    _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ bytes: UnsafeRawPointer?,
    _ count: Int32,
    _ place: sqlite3_int64
  ) -> Int32 {
    guard let file, let bytes, let methods = file.pointee.pMethods?.advanced(by: 1),
      let write = methods.pointee.xWrite
    else { return SQLITE_IOERR }
    let isPage = count >= 512 && count & (count - 1) == 0 && place % sqlite3_int64(count) == 0
    if isPage, reserves(file, methods, page: place == 0 ? bytes : nil) {
      // SQLite lets whoever asked for these bytes write them, in its own buffer as well.
      let page = UnsafeMutableRawPointer(mutating: bytes)
      let sum = sum(UnsafeRawBufferPointer(start: bytes, count: Int(count)), at: Int(place))
      page.storeBytes(of: sum.littleEndian, toByteOffset: Int(count) - size, as: UInt64.self)
    }
    return write(file, bytes, count, place)
  }

  /// Whether a file's header, on the disk or in its first page's bytes, leaves room for sums.
  ///
  /// Another's database stays untouched by this, and so does a registry from before there were sums.
  private static func reserves(
    _ file: UnsafeMutablePointer<sqlite3_file>,
    _ methods: UnsafePointer<sqlite3_io_methods>,
    page: UnsafeRawPointer?
  ) -> Bool {
    if let page { return page.load(fromByteOffset: Int(sizePlace), as: UInt8.self) == size }
    var byte: UInt8 = 0
    return methods.pointee.xRead?(file, &byte, 1, sizePlace) == SQLITE_OK && byte == size
  }

  /// The sum of a page without its last bytes, begun with its place in the file.
  ///
  /// Two running sums of 32 bits feed each other. Each step can be undone, so two pages that differ in
  /// one word, and so in one byte, never have the same sum.
  static func sum(_ page: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
    var (a, b) = (UInt32(truncatingIfNeeded: place / max(1, page.count)), UInt32(1))
    for i in stride(from: 0, to: page.count - size, by: 8) {
      a &+= UInt32(littleEndian: page.loadUnaligned(fromByteOffset: i, as: UInt32.self)) &+ b
      b &+= UInt32(littleEndian: page.loadUnaligned(fromByteOffset: i + 4, as: UInt32.self)) &+ a
    }
    return UInt64(a) << 32 | UInt64(b)
  }
}
