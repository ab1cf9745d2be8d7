import ArgumentParser
import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon registry compare`.
struct RegistryCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two versions: data, settings, parameters, metrics with intervals, answers.",
    discussion: """
      Metrics are those of each version's evaluation. Where the project's store still has both models \
      and the newer one's data, both are asked about its test rows, and the answers are compared.
      """
  )

  @Argument(help: "GROUP@A, the older version.")
  var was: VersionName
  @Argument(help: "GROUP@B, the newer version.")
  var now: VersionName
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let registry = arguments.reading
      let (a, b) = (try registry.show(was), try registry.show(now))
      let comparison = VersionComparison(a, b)
      let flips = flips(a, b)
      var value = comparison.value.asObject ?? [:]
      var text = comparison.text
      switch flips {
      case .success(let flips):
        value["predictions"] = flips.value
        text += "\npredictions\n  \(flips.text)"
      case .failure(let failure):
        value["predictions"] = ["missing": .string(failure.message)]
        text += "\npredictions\n  not compared: \(failure.message)\n"
      }
      arguments.print(.object(value), text: text)
    }
  }

  private func flips(_ a: RegisteredVersion, _ b: RegisteredVersion)
    -> Result<PredictionFlips, CellFailure>
  {
    let store = Store(directory: arguments.project.store, readOnly: true)
    guard let x = a.content.modelDigest.flatMap({ try? store.read($0) }),
      let y = b.content.modelDigest.flatMap({ try? store.read($0) })
    else { return .failure(CellFailure("the store has one of the models no more")) }
    do { return .success(try PredictionFlips(was: x, now: y) { try? store.read($0) }) } catch {
      return .failure(error as? CellFailure ?? CellFailure("\(error)"))
    }
  }
}

extension VersionComparison {
  fileprivate var text: String {
    var text = "\(was) \u{2192} \(now)\(isSameModel ? ": the same model" : "")\n"
    for (title, changes) in [
      ("data", data), ("configuration", configuration), ("parameters", parameters),
      ("engine", engine), ("card", card),
    ] {
      text += "\n\(title)\n"
      text += changes.isEmpty ? "  the same\n" : changes.map { "  \($0)\n" }.joined()
    }
    let outcomes = tests.filter { reading in
      EvidenceReading.outcomes.contains { reading.path.hasSuffix(".\($0)") }
        && !reading.path.contains(".challenger.")
    }
    for (title, readings) in [
      ("metrics", metrics), ("slices", slices), ("tests", outcomes), ("other evidence", evidence),
    ] where !readings.isEmpty {
      text += "\n\(title)\n"
      text += TextTable.text(
        readings.map { reading in
          [
            "  " + reading.path, RegistryPages.words(reading.was, reading.wasInterval),
            "\u{2192}", RegistryPages.words(reading.now, reading.nowInterval),
            reading.liesApart ? "intervals lie apart" : "",
          ]
        }
      )
    }
    return text
  }
}
