package import ColophonCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Pictures of one size in a folder, to be read as rows of pixels.
///
/// Names are those within the folder, `3/0017.png` for a file of a folder within; deeper folders and
/// files of other endings are passed over.
package enum ImageFolder {
  /// The pictures' names, sorted.
  package static func names(in folder: String) -> [String] {
    entries(folder).flatMap { name -> [String] in
      if isPicture(name) { return [name] }
      return entries("\(folder)/\(name)").filter { isPicture($0) }.map { "\(name)/\($0)" }
    }.sorted(by: scalarOrder)
  }

  package static func isPicture(_ name: String) -> Bool {
    name.lowercased().hasSuffix(".png") && !name.hasPrefix(".")
  }

  private static func entries(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted(by: scalarOrder)
  }

  /// The sides that all pictures of a folder share, told by their heads; messages call it `named`.
  package static func size(
    of folder: String,
    named: String
  ) throws(DataFaults) -> (width: Int, height: Int) {
    guard access(folder, F_OK) == 0 else {
      throw DataFaults(.unreadable(named, problem: ENOENT))
    }
    let names = names(in: folder)
    guard !names.isEmpty else { throw DataFaults(.noPictures(named)) }
    return try size(
      names.map { name in
        (name, (try? ByteSource.read("\(folder)/\(name)", limit: 32)) ?? [])
      }
    )
  }

  /// The sides that all pictures share.
  package static func size(
    _ pictures: [(name: String, bytes: [UInt8])]
  ) throws(DataFaults) -> (width: Int, height: Int) {
    var faults: [DataFault] = []
    var first: (name: String, width: Int, height: Int)?
    var count = 0
    for (name, bytes) in pictures {
      let fault: DataFault
      do throws(PNGImage.Problem) {
        let size = try PNGImage.size(bytes)
        guard let known = first else {
          first = (name, size.width, size.height)
          continue
        }
        if (known.width, known.height) == size { continue }
        fault = .pictureSize(name, size, first: known)
      } catch { fault = .picture(name, error) }
      count += 1
      if count <= TextTable.shown { faults.append(fault) }
    }
    if count > TextTable.shown { faults.append(.morePictures(count - TextTable.shown)) }
    if !faults.isEmpty { throw DataFaults(faults) }
    return (first?.width ?? 0, first?.height ?? 0)
  }

  /// The pixels' names, row by row: `pixel_Y_X`, with the channel behind it where there are three.
  package static func columns(width: Int, height: Int, channels: Int) -> [String] {
    (0..<height).flatMap { y in
      (0..<width).flatMap { x -> [String] in
        channels == 1
          ? ["pixel_\(y)_\(x)"] : ["red", "green", "blue"].map { "pixel_\(y)_\(x)_\($0)" }
      }
    }
  }
}

extension DataFault {
  static func noPictures(_ folder: String) -> DataFault {
    DataFault(
      "data.images",
      "the folder '\(folder)' holds no pictures",
      hint: "files whose names end in .png are read, in the folder and in those within it"
    )
  }

  static func picture(_ name: String, _ problem: PNGImage.Problem) -> DataFault {
    DataFault("data.images", "'\(name)' \(problem.words)")
  }

  static func pictureSize(
    _ name: String,
    _ size: (width: Int, height: Int),
    first: (name: String, width: Int, height: Int)
  ) -> DataFault {
    DataFault(
      "data.images",
      "'\(name)' has \(size.width) × \(size.height) pixels, and '\(first.name)' "
        + "\(first.width) × \(first.height)",
      hint: "pictures of one dataset have one size"
    )
  }

  static func morePictures(_ count: Int) -> DataFault {
    DataFault("data.images", "\(count) more pictures can't be read so")
  }

  package static func pictureMissing(_ name: String, _ folder: String) -> DataFault {
    DataFault(
      "data.images",
      "the folder '\(folder)' has no picture '\(name)'",
      field: "source.labels"
    )
  }
}
