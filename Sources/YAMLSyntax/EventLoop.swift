import CLibYAML
import SourceDiagnostics

/// How reading a stretch of a file ended.
enum ReadingOutcome {
  /// At its end, or at a second document.
  case finished
  /// At a syntax error.
  case failed(SyntaxFailure)
  /// At a limit, which was reported; what it cut off begins here.
  case stopped(at: Int)
}

/// What libyaml says about a syntax error, with byte offsets in place of its marks.
struct SyntaxFailure {
  /// What is wrong.
  let problem: String
  /// Where it was noticed.
  let offset: Int
  /// What was being read, such as `while parsing a flow sequence`.
  let context: String
  /// Where that begins.
  let contextOffset: Int?
}

/// Runs libyaml over a stretch of a file and hands its events to a ``TreeBuilder``.
struct EventLoop {
  private let source: UnsafeBufferPointer<UInt8>
  private let start: Int
  private var marks: MarkResolver

  /// Reads from `start` to the end of `source`.
  init(_ source: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) {
    self.source = source
    self.start = start
    marks = MarkResolver(source, base: start, isASCII: isASCII)
  }

  /// Reads to the end of the first document.
  mutating func run(into builder: inout TreeBuilder) -> ReadingOutcome {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) != 0 else { return .failed(outOfMemory) }
    defer { yaml_parser_delete(parser) }
    // The encoding is given, so libyaml looks for no byte order mark; `start` is behind it.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, source.baseAddress.map { $0 + start }, source.count - start)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer { event.deallocate() }
    var documents = 0
    while true {
      guard yaml_parser_parse(parser, event) != 0 else { return .failed(failure(of: parser)) }
      defer { yaml_event_delete(event) }
      switch event.pointee.type {
      case YAML_SCALAR_EVENT: addScalar(event, to: &builder)
      case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
        if let stop = beginCollection(event, in: &builder) { return .stopped(at: stop) }
      case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
        // Without brackets the event is a point at the next token, which says nothing.
        let hasBracket = event.pointee.end_mark.index > event.pointee.start_mark.index
        builder.endCollection(hasBracket ? marks.offset(event.pointee.end_mark.index) : nil)
      case YAML_ALIAS_EVENT:
        let (start, end) = place(of: event)
        builder.addAlias(text(event.pointee.data.alias.anchor) ?? "", start, end)
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 {
          reportSecondDocument(event, to: &builder)
          return .finished
        }
      case YAML_STREAM_END_EVENT: return .finished
      default: break
      }
      if builder.records.count > builder.limits.maximumNodes {
        builder.report { YAMLMistakes.tooManyNodes(at: $0.span(source.count, source.count), $0.limits) }
        return .stopped(at: source.count)
      }
    }
  }

  @inline(__always)
  private mutating func place(of event: UnsafeMutablePointer<yaml_event_t>) -> (Int, Int) {
    let start = marks.offset(event.pointee.start_mark.index)
    return (start, max(start, marks.offset(event.pointee.end_mark.index)))
  }

  @inline(__always)
  private mutating func addScalar(_ event: UnsafeMutablePointer<yaml_event_t>, to builder: inout TreeBuilder) {
    let (start, end) = place(of: event)
    let scalar = event.pointee.data.scalar
    guard let value = scalar.value else { return }
    let style: YAMLScalarStyle =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    if scalar.anchor == nil, scalar.tag == nil {
      builder.addScalar(start, end, value, scalar.length, style, isBare: true)
    } else {
      let properties = NodeProperties(source, start, end)
      let node = builder.addScalar(properties.valueStart, end, value, scalar.length, style, isBare: false)
      builder.addProperties(
        anchor: text(scalar.anchor), tag: text(scalar.tag), at: properties, to: node, isOpen: false)
    }
  }

  /// Begins a collection. The answer is `nil`, or where it begins if it cannot be read.
  private mutating func beginCollection(
    _ event: UnsafeMutablePointer<yaml_event_t>, in builder: inout TreeBuilder
  ) -> Int? {
    let (eventStart, end) = place(of: event)
    var start = eventStart
    let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
    let data = event.pointee.data
    let anchor = isMapping ? data.mapping_start.anchor : data.sequence_start.anchor
    let tag = isMapping ? data.mapping_start.tag : data.sequence_start.tag
    let isFlow =
      isMapping
      ? data.mapping_start.style == YAML_FLOW_MAPPING_STYLE : data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    var properties: NodeProperties?
    if anchor != nil || tag != nil {
      let found = NodeProperties(source, start, isFlow ? end : source.count)
      properties = found
      start = found.valueStart
    }
    guard builder.depth < builder.limits.maximumDepth else {
      let bracketEnd = min(start + 1, source.count)
      builder.report { YAMLMistakes.tooDeep(at: $0.span(start, bracketEnd), limit: $0.limits.maximumDepth) }
      return start
    }
    let bits = (isMapping ? YAMLRecord.mapping : YAMLRecord.sequence) | (isFlow ? YAMLRecord.isFlow : 0)
    let node = Int32(truncatingIfNeeded: builder.records.count)
    guard builder.beginCollection(start, bits) else { return start }
    if let properties, Int(node) < builder.records.count {
      builder.addProperties(anchor: text(anchor), tag: text(tag), at: properties, to: node, isOpen: true)
    }
    return nil
  }

  private mutating func reportSecondDocument(
    _ event: UnsafeMutablePointer<yaml_event_t>, to builder: inout TreeBuilder
  ) {
    var (start, end) = place(of: event)
    if event.pointee.data.document_start.implicit == 0 {
      start = max(start, end - 3)
    } else {
      end = source.lineEnd(start)
    }
    builder.report { YAMLMistakes.secondDocument(at: $0.span(start, end)) }
  }

  private func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
  }

  private var outOfMemory: SyntaxFailure {
    SyntaxFailure(problem: "out of memory", offset: start, context: "", contextOffset: nil)
  }

  private mutating func failure(of parser: UnsafeMutablePointer<yaml_parser_t>) -> SyntaxFailure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    let context = parser.pointee.context.map { String(cString: $0) }
    switch parser.pointee.error {
    case YAML_READER_ERROR:
      let offset = min(start + Int(parser.pointee.problem_offset), source.count)
      return SyntaxFailure(problem: problem, offset: offset, context: "", contextOffset: nil)
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      let offset = marks.offset(parser.pointee.problem_mark.index)
      let contextOffset = context == nil ? nil : marks.offset(parser.pointee.context_mark.index)
      return SyntaxFailure(problem: problem, offset: offset, context: context ?? "", contextOffset: contextOffset)
    default:
      return SyntaxFailure(problem: problem, offset: start, context: "", contextOffset: nil)
    }
  }
}
