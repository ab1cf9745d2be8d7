import ColophonCore
import ColophonData

extension FieldReader {
  /// The fields that only a script has.
  ///
  /// They are described in any case, and where they are written for another algorithm that is said.
  mutating func script(isUsed: Bool, data: String?) -> ScriptRecipe? {
    let image = containerImage(isRequired: isContainer)
    let command = commandWords(isRequired: isUsed && !isContainer && !isBlank)
    let definitions = metricDefinitions()
    let channels = scriptChannels(data: data)
    let named = strings("files", "Other files that the command needs, relative to the notebook.")
    let limit: Double? = number(
      "max_runtime",
      in: .above(0, upTo: 2_592_000),
      "Seconds after which a script is ended; 3,600 unless given."
    )
    guard isUsed else {
      let fields = [
        "image_uri", "command", "metric_definitions", "channels", "files", "max_runtime",
      ]
      if peek("algorithm") != nil {
        for name in fields where has(name) { report(.onlyForScripts(name, at: position(of: name))) }
      }
      return nil
    }
    resolve("max_runtime", to: .number(limit ?? 3600))
    var files: [String] = []
    for file in (command.map { FieldReader.files(in: $0) } ?? []) + named
    where !files.contains(file.value) {
      files.append(file.value)
      use(file: file, in: "command")
    }
    return ScriptRecipe(
      image: image,
      command: command?.map { $0.value } ?? [],
      hyperparameters: scriptHyperparameters(),
      metrics: definitions,
      channels: channels,
      files: files,
      timeLimit: limit ?? 3600
    )
  }

  /// `image_uri: repository/name@sha256:…`.
  private mutating func containerImage(isRequired: Bool) -> String? {
    let image = string(
      "image_uri",
      required: isRequired,
      "The image of a container, which podman or docker runs without a network; best by its digest."
    )
    if let image, isScript, !isContainer { report(.onlyForContainers(image.position)) }
    if let image, isContainer, image.value.hasPrefix("-") || image.value.contains(" ") {
      report(.noImage(image))
      return nil
    }
    return isContainer ? image?.value : nil
  }

  /// What an engine's own algorithm takes and a script does not.
  mutating func refuseForScript() {
    for name in ["metrics", "early_stopping", "debugger", "from", "checkpoint", "spot"]
    where has(name) {
      report(.notForScripts(name, at: position(of: name)))
    }
  }

  /// `command: sh train.sh`, or a list of words.
  private mutating func commandWords(isRequired: Bool) -> [Located<String>]? {
    let type = FieldType.union([.string, .list(.string)])
    let documentation =
      "The program of a script and its arguments; hyperparameters follow as '--name value'. It runs "
      + "in a folder that holds the files it names; no shell takes part. For a container, what runs "
      + "in the place of the image's own program, without those arguments."
    guard let node = node("command", type, required: isRequired, documentation) else { return nil }
    var words: [Located<String>] = []
    if let items = node.items {
      words = items.map { Located($0.text, at: $0.position) }
    } else if node.isScalar {
      guard let split = CommandWords.split(node) else {
        report(.openQuote(at: node.position))
        return nil
      }
      words = split
    }
    if words.isEmpty || words[0].value.isEmpty {
      report(.wrongType("command", expected: "a program and its arguments", found: node))
      return nil
    }
    resolve("command", to: .array(words.map { .string($0.value) }))
    return words
  }

  /// The words that look like files: with an extension, relative, no option and no number.
  private static func files(in words: [Located<String>]) -> [Located<String>] {
    words.filter { word in
      let text = word.value
      guard let last = text.split(separator: "/").last, let dot = last.lastIndex(of: "."),
        dot != last.startIndex, last.index(after: dot) != last.endIndex, Double(text) == nil
      else { return false }
      return !text.hasPrefix("-") && !text.hasPrefix("/")
        && text.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
            || "._-/".unicodeScalars.contains($0)
        }
    }
  }

  private mutating func scriptHyperparameters() -> [(name: String, value: Value)] {
    let found = map(
      "hyperparameters",
      of: .any,
      "What is passed to the script, under names of its own."
    ) { fields, entry -> Value? in
      if entry.value.content == .null {
        fields.report(.wrongType(entry.key, expected: "a value", found: entry.value))
        return nil
      }
      return entry.value.value
    }
    return found.map { ($0.key.value, $0.value) }.sorted { $0.0 < $1.0 }
  }

  private mutating func metricDefinitions() -> [ScriptRecipe.MetricDefinition] {
    let found = sections(
      "metric_definitions",
      "How a script's metrics are found in the lines that it prints; the last value counts, and each "
        + "line with a value is an epoch."
    ) { fields, _ -> ScriptRecipe.MetricDefinition? in
      let name = fields.string("name", required: true, "What the metric is called.")
      let regex = fields.string(
        "regex",
        required: true,
        "The pattern whose first group is the value: 'loss=([0-9.]+)'."
      )
      guard let name, let regex else { return nil }
      do throws(PatternProblem) {
        return ScriptRecipe.MetricDefinition(
          name: name.value,
          pattern: try LinePattern(regex.value),
          place: regex.position
        )
      } catch {
        let place = fields.peek("regex")?.position(at: error.offset) ?? regex.position
        fields.report(.pattern(error, at: place))
        return nil
      }
    }
    return found.compactMap { $0 }
  }

  /// `channels: {NAME: FILE}` or `{NAME: {data: CELL, split: train}}`; with `data` alone, its train
  /// and validation rows.
  private mutating func scriptChannels(data: String?) -> [ScriptRecipe.Channel] {
    let found = map(
      "channels",
      of: .any,
      "A script's data, by the folder under input/data: a file, or {data: CELL, split: SPLIT} for the "
        + "rows of a dataset as CSV; the train and validation rows of 'data' unless given."
    ) { fields, entry -> ScriptRecipe.Channel? in fields.channel(entry) }
    if !has("channels"), let data {
      return [Split.train, .validation].map {
        ScriptRecipe.Channel(name: $0.rawValue, source: .rows(cell: data, $0))
      }
    }
    return found.map { $0.value }.sorted { $0.name < $1.name }
  }

  private mutating func channel(_ entry: Node.Entry) -> ScriptRecipe.Channel? {
    let node = entry.value
    if let entries = node.entries {
      var inner = FieldReader(entries, context: "the channel '\(entry.key)'", at: node.position)
      let cell = inner.reference("data", to: ["dataset"], required: true, "The dataset's cell.")
      let split = inner.choice(
        "split",
        of: Split.allCases.map { $0.rawValue },
        default: Split.train.rawValue,
        "Which rows."
      )
      inner.finish()
      absorb(inner)
      guard let cell, let part = Split(rawValue: split) else { return nil }
      return ScriptRecipe.Channel(name: entry.key, source: .rows(cell: cell.value, part))
    }
    guard node.isScalar, !node.text.isEmpty else {
      report(.wrongType(entry.key, expected: "a file, or a map of data and split", found: node))
      return nil
    }
    let file = Located(node.text, at: node.position)
    use(file: file, in: "channels.\(entry.key)")
    return ScriptRecipe.Channel(name: entry.key, source: .file(file))
  }
}

/// A command's words as a shell would part them: blanks part, quotes hold together.
enum CommandWords {
  /// Nil where a quote is not closed.
  static func split(_ node: Node) -> [Located<String>]? {
    var words: [Located<String>] = []
    var word: String?
    var start = 0
    var quote: Character?
    var offset = 0
    for character in node.text {
      defer { offset += character.utf8.count }
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        if word == nil { (word, start) = ("", offset) }
        quote = character
      } else if character.isWhitespace {
        if let whole = word { words.append(Located(whole, at: node.position(at: start))) }
        word = nil
      } else {
        if word == nil { (word, start) = ("", offset) }
        word?.append(character)
      }
    }
    if quote != nil { return nil }
    if let whole = word { words.append(Located(whole, at: node.position(at: start))) }
    return words
  }
}
