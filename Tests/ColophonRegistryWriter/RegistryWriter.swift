import ColophonCore
import ColophonLineage
import ColophonRegistry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Registers and promotes at random, and tells of each step that the registry confirmed.
struct RegistryWriter {
  let registry: Registry
  let hand: RegistryHand
  var random: RandomStream
  /// The version that it would promote next, and what it believes the alias points to.
  var known = 0
  var champion: Int?

  init(path: String, name: String, seed: UInt64) {
    registry = Registry(path: path, patience: 120)
    hand = RegistryHand(actor: name) {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
    random = RandomStream(root: seed, cell: "writer", purpose: "steps")
  }

  mutating func run(steps: Int) throws {
    known = try register(own: true)
    for _ in 0..<steps {
      switch random.integer(below: 4) {
      case 0: known = try register(own: true)
      case 1: _ = try register(own: false)
      default: try promote()
      }
    }
    RegistryWriter.tell("done")
  }

  /// Registers a content, its own or one that all writers share.
  private mutating func register(own: Bool) throws -> Int {
    let number = own ? 1000 + Int(random.next() % 1_000_000_000) : random.integer(below: 20)
    let registration = try registry.register(
      RegistrySample.candidate(number, group: "shared"),
      by: hand
    ) { _, _ in RegistrySample.approval }
    RegistryWriter.tell(
      "\(own ? "registered" : "found") \(registration.content) \(registration.number)"
    )
    return registration.number
  }

  private mutating func promote() throws {
    let name = VersionName(group: "shared", which: .number(known))
    do {
      let move = try registry.promote(name, to: "champion", expecting: .some(champion), by: hand)
      RegistryWriter.tell("promoted \(RegistryWriter.word(move.from)) \(move.to)")
      champion = move.to
    } catch let refusal as RegistryRefusal {
      guard let current = refusal.current else { throw refusal }
      if refusal.kind == .stale {
        RegistryWriter.tell("lost \(RegistryWriter.word(champion)) \(current)")
      }
      champion = Int(current)
      if champion == known { known = try register(own: true) }
    }
  }

  private static func word(_ version: Int?) -> String { version.map { String($0) } ?? "none" }

  /// Writes a line, unbuffered, so that a kill takes nothing with it that was said.
  static func tell(_ line: String, to stream: Int32 = 1) {
    let bytes = Array("\(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
  }
}
