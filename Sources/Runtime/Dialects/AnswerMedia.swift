import HTTP1

/// What kind of body an answer has, as far as translation tells kinds apart.
enum AnswerMedia {
  /// One JSON text.
  case json
  /// Server-sent events.
  case events
  /// Amazon's binary events.
  case amazonEvents
  /// Anything else, such as sound.
  case other

  /// Reads the value of `content-type`.
  init(_ contentType: Span<UInt8>) {
    self =
      if FieldText.begins(contentType, "application/json") {
        .json
      } else if FieldText.begins(contentType, "text/event-stream") {
        .events
      } else if FieldText.begins(contentType, "application/vnd.amazon.eventstream") {
        .amazonEvents
      } else {
        .other
      }
  }
}
