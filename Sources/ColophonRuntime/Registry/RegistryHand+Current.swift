package import ColophonRegistry
import Glibc

extension RegistryHand {
  /// Whoever runs the program: the name of the system's account unless another is given, its key
  /// where the project's folder of keys has one, the machine's clock.
  ///
  /// - Parameters:
  ///   - name: The actor's name, in place of the account's.
  ///   - keys: The folder in which `NAME.pem` is looked for.
  ///   - file: The registry's file, whose owner may grant roles.
  /// - Returns: The hand that acts.
  package static func current(as name: String? = nil, keys: String, file: String) -> RegistryHand {
    let actor = name ?? account
    let pem = try? LocalFiles.read("\(keys)/\(actor).pem")
    return RegistryHand(
      actor: actor,
      key: pem.flatMap { RegistryKey(pem: String(decoding: $0, as: UTF8.self)) },
      ownsFile: isOwner(of: file)
    ) { Int(WallClock.nanoseconds / 1_000_000) }
  }

  /// The name of the account that the program runs under.
  private static var account: String {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else {
      return "user \(geteuid())"
    }
    return String(cString: name)
  }

  /// Whether the file is the account's own, or is not there yet.
  private static func isOwner(of file: String) -> Bool {
    var status = stat()
    guard stat(file, &status) == 0 else { return true }
    return status.st_uid == geteuid()
  }
}
