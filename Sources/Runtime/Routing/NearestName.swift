/// Finds what a caller probably meant.
enum NearestName {
  /// The name with the smallest edit distance, if that is at most a third of the length.
  static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    // A long name costs a square of its length; no real model name comes near.
    guard name.utf8.count <= 128 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 128 {
      let distance = editDistance(Array(name.utf8), Array(candidate.utf8))
      if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// How many bytes must be inserted, removed or replaced to make one of the other (Levenshtein).
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
