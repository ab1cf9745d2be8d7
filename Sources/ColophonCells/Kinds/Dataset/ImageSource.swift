import ColophonCore
import ColophonData

/// A folder of pictures, each a row of pixels; labels are the folders' names or stand in a table.
struct ImageSource: DatasetSource {
  static let key: String? = "images"
  static var form: FieldType {
    var blank = FieldReader()
    _ = Fields(&blank)
    return .section(blank.fields)
  }

  private struct Fields {
    var folder: Located<String>?
    var labels: Located<String>?
    var file: String
    var channels: Int

    init(_ fields: inout FieldReader) {
      folder = fields.folder(
        "images",
        required: true,
        "A folder of PNG pictures of one size. Each becomes a row of pixels from 0 to 255, "
          + "`pixel_Y_X` from the top left; pictures in a folder within have its name as `label`."
      )
      labels = fields.file(
        "labels",
        "A table with a row for each picture: its file's name within the folder, and what else is "
          + "known of it."
      )
      file = fields.string("file", default: "file", "The column of the table that names the files.")
      channels =
        Int(
          fields.choice(
            "channels",
            of: ["1", "3"],
            default: "1",
            "1 for grey, 3 for red, green and blue side by side."
          )
        ) ?? 1
    }
  }

  let folder: Located<String>
  private let fields: Fields

  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    var inner = FieldReader(node.entries ?? [], context: "a source of images", at: node.position)
    let own = Fields(&inner)
    inner.finish()
    fields.absorb(inner)
    fields.resolve("source", to: .object(inner.configuration))
    guard let folder = own.folder else { return nil }
    if let labels = own.labels, TableFormat(path: labels.value) == nil {
      let place = node.entries?.first { $0.key == "labels" }?.value ?? node
      fields.report(.unknownFormat(place))
      return nil
    }
    self.folder = folder
    self.fields = own
  }

  var caption: String { folder.value }
  var path: String { folder.value }
  var libraries: [String: String] { ["libpng": PNGImage.libraryVersion] }

  /// A picture's name is no feature unless the cell says so.
  func complete(_ recipe: DatasetRecipe) -> DatasetRecipe {
    var recipe = recipe
    let isRole = [recipe.target, recipe.weight, recipe.group, recipe.time].contains(fields.file)
    if recipe.columns[fields.file] == nil, !isRole { recipe.columns[fields.file] = .ignore }
    return recipe
  }

  func columns(in survey: Survey) throws(DataFaults) -> [String] {
    let size = try ImageFolder.size(of: survey.path(of: folder.value), named: folder.value)
    let pixels = ImageFolder.columns(
      width: size.width,
      height: size.height,
      channels: fields.channels
    )
    guard let labels = fields.labels else { return [fields.file, "label"] + pixels }
    let header = try survey.columns(of: labels.value)
    guard header.contains(fields.file) else {
      throw DataFaults(.unknownColumn(fields.file, field: "source.file", known: header))
    }
    return header + pixels
  }

  func table(in workshop: Workshop) throws -> TextTable {
    let read = try workshop.read(folder.value)
    guard let files = FolderBytes.decoded(read.bytes) else {
      throw CellFailure("'\(folder.value)' is no folder", field: "source")
    }
    let size = try ImageFolder.size(files)
    let pixels = ImageFolder.columns(
      width: size.width,
      height: size.height,
      channels: fields.channels
    )
    guard let labels = fields.labels, let format = TableFormat(path: labels.value) else {
      let values = try files.map { try ImageSource.pixels($0, fields.channels) }
      let header = [fields.file, "label"] + pixels
      return try TextTable(header: header, rowCount: files.count, digest: read.digest) { row, k in
        let name = files[row].name
        if k == 0 { return name }
        if k == 1 { return String(name.split(separator: "/").dropLast().first ?? "") }
        return String(values[row][k - 2])
      }
    }
    let known = try workshop.read(labels.value)
    let table = try TextTable(known.bytes, digest: known.digest, format: format)
    guard let column = table.header.firstIndex(of: fields.file) else {
      throw DataFaults(.unknownColumn(fields.file, field: "source.file", known: table.header))
    }
    let places = Dictionary(files.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let values = try (0..<table.rowCount).map { row in
      let name = table.text(row, column)
      guard let place = places[name] else {
        throw DataFaults(.pictureMissing(name, folder.value))
      }
      return try ImageSource.pixels(files[place], fields.channels)
    }
    let digest = Digest(
      of: .array([.string(read.digest.description), .string(known.digest.description)])
    )
    let width = table.header.count
    return try TextTable(
      header: table.header + pixels,
      rowCount: table.rowCount,
      digest: digest
    ) { row, k in
      k < width ? table.text(row, k) : String(values[row][k - width])
    }
  }

  private static func pixels(
    _ file: FolderBytes.File,
    _ channels: Int
  ) throws -> [UInt8] {
    do throws(PNGImage.Problem) { return try PNGImage(file.bytes, channels: channels).pixels } catch
    {
      throw DataFaults(DataFault("data.images", "'\(file.name)' \(error.words)"))
    }
  }
}
