import ColophonMath
import Foundation
import Testing

/// Results against a reference of 60 digits, in units of the last place.
@Suite struct ElementaryAccuracyTests {
  /// One line of the fixture: the exact value is `nearest + rest`.
  struct Sample {
    let arguments: [Double]
    let nearest, rest: Double

    /// The distance from the exact value; exact, since a result lies next to `nearest`.
    func error(of result: Double) -> Double {
      abs((result - nearest) - rest) / max(nearest.ulp, .leastNonzeroMagnitude)
    }
  }

  private static let samples: [String: [Sample]] = {
    let file = URL(filePath: #filePath).appending(path: "../../../Fixtures/elementary.txt")
    let text = (try? String(contentsOf: file.standardizedFileURL, encoding: .utf8)) ?? ""
    var samples: [String: [Sample]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double($0) }
      guard let name = words.first, numbers.count >= 3 else { continue }
      let arguments = Array(numbers.dropLast(2))
      samples[String(name), default: []].append(
        Sample(
          arguments: arguments,
          nearest: numbers[numbers.count - 2],
          rest: numbers[numbers.count - 1]
        )
      )
    }
    return samples
  }()

  @Test(arguments: Elementary.Function.allCases)
  func staysWithinOneUnitOfTheLastPlace(function: Elementary.Function) throws {
    let samples = try #require(Self.samples[function.rawValue])
    #expect(samples.count > 100)
    for sample in samples {
      let error = sample.error(of: function(sample.arguments[0]))
      #expect(error <= 1, "\(function)(\(sample.arguments[0])) is off by \(error) ulp")
    }
  }

  @Test func raisesToPowersWithinOneUnitOfTheLastPlace() throws {
    let samples = try #require(Self.samples["pow"])
    for sample in samples {
      let error = sample.error(of: Elementary.pow(sample.arguments[0], sample.arguments[1]))
      #expect(error <= 1, "pow\(sample.arguments) is off by \(error) ulp")
    }
  }
}
