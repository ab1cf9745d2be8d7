/// Who acts, and when: given by the program, since nothing below it knows a clock or a user.
package struct RegistryHand: Sendable {
  /// The person's or machine's name.
  package var actor: String
  /// Milliseconds since 1970, asked for at each event.
  package var clock: @Sendable () -> Int
  /// The private key that signs the person's events, where there is one.
  package var key: RegistryKey?
  /// Whether the person owns the registry's file.
  package var ownsFile: Bool

  package init(
    actor: String,
    key: RegistryKey? = nil,
    ownsFile: Bool = true,
    clock: @escaping @Sendable () -> Int
  ) {
    self.actor = actor
    self.key = key
    self.ownsFile = ownsFile
    self.clock = clock
  }
}
