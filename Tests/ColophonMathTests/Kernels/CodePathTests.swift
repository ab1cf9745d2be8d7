import ColophonMath
import Testing

@Suite struct CodePathTests {
  @Test func alwaysHasPlainC() {
    #expect(CodePath.available.contains(.scalar))
  }

  @Test func takesTheWidestPathUnlessToldOtherwise() {
    #expect(CodePath.current == CodePath.available.last)
  }

  @Test(arguments: CodePath.available)
  func takesTheChosenPathWithinTheBodyOnly(path: CodePath) {
    let before = CodePath.current
    CodePath.withPath(path) { #expect(CodePath.current == path) }
    #expect(CodePath.current == before)
  }

  @Test(arguments: CodePath.available)
  func handsTheChosenPathOnToWorkers(path: CodePath) {
    let x = KernelInputs.uniform(20_000)
    let expected = Reduction.sum(x)
    let sum = CodePath.withPath(path) { Reduction.sum(x, threads: 3) }
    #expect(sum.bitPattern == expected.bitPattern)
  }
}
