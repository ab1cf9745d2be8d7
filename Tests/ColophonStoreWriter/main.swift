import ColophonCore
import ColophonLineage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Writes results to a store until it is killed: `ColophonStoreWriter DIRECTORY SEED`.
//
// After each result that was recorded its number goes to standard output, unbuffered, so that the
// test knows what the store must hold whatever happened after.

guard CommandLine.arguments.count == 3, let seed = UInt64(CommandLine.arguments[2]) else {
  exit(64)
}
let store = Store(directory: CommandLine.arguments[1])
var random = RandomStream(root: seed, cell: "writer", purpose: "sizes")
var number = 0
do {
  while true {
    let sample = try StoreSample(number: number, size: random.integer(below: 20_000), in: store)
    try sample.record(in: store)
    let line = Array("\(number)\n".utf8)
    _ = line.withUnsafeBytes { write(1, $0.baseAddress, line.count) }
    number += 1
  }
} catch {
  let line = Array("\(error)\n".utf8)
  _ = line.withUnsafeBytes { write(2, $0.baseAddress, line.count) }
  exit(4)
}
