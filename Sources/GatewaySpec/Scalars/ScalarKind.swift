/// What is to be said of a kind of scalar, in one place.
struct ScalarKind<Value: Sendable>: Sendable {
  /// What a person should write, as a noun phrase with an article, such as "a duration".
  let expectation: String
  /// Two or three texts that are accepted.
  let samples: [String]
  /// The value that stands in for one that could not be read.
  let placeholder: Value
  /// What a JSON Schema can say of it.
  let schema: ScalarSchema

  init(_ expectation: String, samples: [String], placeholder: Value, schema: ScalarSchema = ScalarSchema()) {
    self.expectation = expectation
    self.samples = samples
    self.placeholder = placeholder
    self.schema = schema
  }
}
