#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Registers and promotes until it is killed or done: `ColophonRegistryWriter FILE NAME SEED STEPS`.
//
// After each step that the registry confirmed, a line goes to standard output, so that the test
// knows what the registry must hold whatever happened after:
//
//     registered CONTENT VERSION    a content that nobody else registers, and the number it got
//     found CONTENT VERSION         a content that several register, each getting the same number
//     promoted FROM TO              what the alias pointed to, and points to now
//     lost EXPECTED CURRENT         another writer was faster; what the registry said is there now

guard CommandLine.arguments.count == 5, let seed = UInt64(CommandLine.arguments[3]),
  let steps = Int(CommandLine.arguments[4])
else { exit(64) }

do {
  var writer = RegistryWriter(
    path: CommandLine.arguments[1],
    name: CommandLine.arguments[2],
    seed: seed
  )
  try writer.run(steps: steps)
} catch {
  RegistryWriter.tell("\(error)", to: 2)
  exit(4)
}
