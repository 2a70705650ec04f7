import Testing

@testable import GatewayRuntime

@Suite struct TraceContextTests {
  private static let example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  @Test func `a field value is read and written back`() throws {
    let context = try #require(TraceContext(traceparent: Self.example.utf8))
    #expect(context.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(TraceContext.text(of: context.span) == "b7ad6b7169203331")
    #expect(context.isSampled)
    #expect(context.traceparent == Self.example)
  }

  @Test func `a later version is read as far as it is known, and flags other than the first are passed over`() {
    #expect(
      TraceContext(traceparent: "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-x".utf8)?.isSampled == true)
    #expect(
      TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02".utf8)?.isSampled == false)
  }

  @Test(arguments: [
    "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
    "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
    "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  ])
  func `what the specification calls invalid is ignored`(value: String) {
    #expect(TraceContext(traceparent: value.utf8) == nil)
  }

  @Test func `a child stays in the trace under a span of its own`() throws {
    var random = LoopRandom(seed: 7)
    let parent = try #require(TraceContext(traceparent: Self.example.utf8))
    let child = parent.child(random: &random)
    #expect(child.trace == parent.trace && child.isSampled && child.span != parent.span)
    let root = TraceContext(isSampled: false, random: &random)
    #expect(TraceContext(traceparent: root.traceparent.utf8) == root)
  }
}
