/// The members of one family (algorithms, metrics, charts, cell kinds …), in the order the reference
/// lists them.
///
/// Adding a member is its file and one line in the family's catalogue. Field checks, did-you-mean,
/// help, the JSON Schema and the conformance tests all read the catalogue; nobody else switches on
/// a name.
package struct Catalogue<Member: Sendable>: Sendable {
  /// What one member is called in a sentence, such as `algorithm`.
  package let noun: String
  package let members: [Member]
  package let names: [String]
  private let places: [String: Int]

  package init(_ noun: String, _ members: [Member], name: (Member) -> String) {
    self.noun = noun
    self.members = members
    names = members.map(name)
    places = Dictionary(uniqueKeysWithValues: zip(names, members.indices))
  }

  /// The member of that name.
  package subscript(name: String) -> Member? { places[name].map { members[$0] } }
}
