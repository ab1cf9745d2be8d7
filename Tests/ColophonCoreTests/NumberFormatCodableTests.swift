import ColophonCore
import Testing

@Suite struct NumberFormatSpelling {
  @Test(arguments: [
    NumberFormat.fixed(3), .fixed(0), .general(4), .percent(1), .thousands, .si, .bytes, .usd,
    .seconds, .raw,
  ])
  func readsBackAsTheSameFormat(format: NumberFormat) {
    #expect(NumberFormat(format.spelling) == format)
  }
}
