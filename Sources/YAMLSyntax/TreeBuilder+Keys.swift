import SourceDiagnostics

/// Memory for the search of equal keys, kept between mappings.
struct KeyTable {
  /// Length, first and last byte of each key of a small mapping.
  var fingerprints: [UInt64] = []
  /// Open addressing for a large mapping: the position of a key from 1; 0 is a free place.
  var slots: [Int32] = []
}

extension TreeBuilder {
  /// Up to this many keys are compared each with each.
  private static let smallMapping = 16

  /// Looks for keys that are equal, for merge keys, and for keys that are collections. Entries of the last two kinds are
  /// taken out; the answer is then `false`.
  mutating func checkKeys(of frame: Frame) -> Bool {
    let base = frame.base
    var count = (pending.count - base) / 2
    var isComplete = true
    for index in 0..<count {
      let key = records[Int(pending[base + 2 * index])]
      if !key.isScalar || (key.count == 2 && isMergeKey(key)) {
        isComplete = false
        break
      }
    }
    if !isComplete {
      dropUnusableKeys(of: frame)
      count = (pending.count - base) / 2
    }
    if count > TreeBuilder.smallMapping {
      findDuplicatesByHash(frame, count)
    } else if count > 1 {
      findDuplicatesByComparing(frame, count)
    }
    return isComplete
  }

  private func isMergeKey(_ key: YAMLRecord) -> Bool {
    key.isPlain && !key.has(YAMLRecord.isCooked) && source[Int(key.first)] == UInt8(ascii: "<")
      && source[Int(key.first) + 1] == UInt8(ascii: "<")
  }

  private mutating func dropUnusableKeys(of frame: Frame) {
    var kept = frame.base
    for index in stride(from: frame.base, to: pending.count - 1, by: 2) {
      let key = records[Int(pending[index])]
      let place = span(Int(key.start), Int(key.end))
      if key.isScalar, !isMergeKey(key) || key.count != 2 {
        pending[kept] = pending[index]
        pending[kept + 1] = pending[index + 1]
        kept += 2
      } else if key.isScalar {
        report { _ in YAMLMistakes.mergeKey(at: place) }
      } else if key.has(YAMLRecord.isFlow), place.start > 0, source[place.start] == UInt8(ascii: "{"),
        source[place.start - 1] == UInt8(ascii: "{")
      {
        report { YAMLMistakes.unquotedTemplate(at: $0.span(place.start - 1, $0.templateEnd(place))) }
      } else {
        report { YAMLMistakes.complexKey($0.file.text(of: place), at: place, isMapping: key.isMapping) }
      }
    }
    pending.removeSubrange(kept...)
  }

  /// The end of `{{ … }}` around a flow mapping that was taken for a key.
  private func templateEnd(_ key: SourceSpan) -> Int {
    key.end < source.count && source[key.end] == UInt8(ascii: "}") ? key.end + 1 : key.end
  }

  private mutating func findDuplicatesByComparing(_ frame: Frame, _ count: Int) {
    keys.fingerprints.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let fingerprint = fingerprint(records[Int(pending[frame.base + 2 * index])])
      for earlier in 0..<index where keys.fingerprints[earlier] == fingerprint {
        if isEqualKey(frame, earlier, index) {
          reportDuplicate(frame, earlier, index)
          break
        }
      }
      keys.fingerprints.append(fingerprint)
    }
  }

  private mutating func findDuplicatesByHash(_ frame: Frame, _ count: Int) {
    var size = 64
    while size < 2 * count { size *= 2 }
    keys.slots.removeAll(keepingCapacity: true)
    keys.slots.append(contentsOf: repeatElement(0, count: size))
    for index in 0..<count {
      // Hasher has another seed in each process: nobody can write keys that all fall into one slot.
      var hasher = Hasher()
      withText(records[Int(pending[frame.base + 2 * index])]) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      var slot = hasher.finalize() & (size - 1)
      while keys.slots[slot] != 0, !isEqualKey(frame, Int(keys.slots[slot]) - 1, index) {
        slot = (slot + 1) & (size - 1)
      }
      if keys.slots[slot] == 0 {
        keys.slots[slot] = Int32(truncatingIfNeeded: index + 1)
      } else {
        reportDuplicate(frame, Int(keys.slots[slot]) - 1, index)
      }
    }
  }

  @inline(__always)
  private func fingerprint(_ key: YAMLRecord) -> UInt64 {
    let length = Int(key.count)
    guard length > 0 else { return 0 }
    let first = Int(key.first)
    let (head, tail) =
      key.has(YAMLRecord.isCooked)
      ? (cooked[first], cooked[first + length - 1]) : (source[first], source[first + length - 1])
    return UInt64(length) << 16 | UInt64(head) << 8 | UInt64(tail)
  }

  private func withText<Result>(_ record: YAMLRecord, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let range = Int(record.first)..<Int(record.first) + Int(record.count)
    guard record.has(YAMLRecord.isCooked) else { return body(UnsafeBufferPointer(rebasing: source[range])) }
    return cooked.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private func isEqualKey(_ frame: Frame, _ left: Int, _ right: Int) -> Bool {
    withText(records[Int(pending[frame.base + 2 * left])]) { left in
      withText(records[Int(pending[frame.base + 2 * right])]) { right in
        left.elementsEqual(right)
      }
    }
  }

  private mutating func reportDuplicate(_ frame: Frame, _ first: Int, _ second: Int) {
    report { builder in
      let entry = frame.base + 2 * second
      let key = builder.records[Int(builder.pending[entry])]
      let earlier = builder.records[Int(builder.pending[frame.base + 2 * first])]
      return YAMLMistakes.duplicateKey(
        builder.withText(key) { String(decoding: $0, as: UTF8.self) },
        at: builder.span(Int(key.start), Int(key.end)),
        first: builder.span(Int(earlier.start), Int(earlier.end)),
        deletion: builder.entryDeletion(
          frame, key, value: builder.records[Int(builder.pending[entry + 1])],
          before: builder.records[Int(builder.pending[entry - 1])]))
    }
  }

  /// What to delete so that an entry is gone: its lines, or in braces the part from the value before it. `nil` if something
  /// else stands on those lines, or an alias makes it unclear where the value is written.
  private func entryDeletion(
    _ frame: Frame, _ key: YAMLRecord, value: YAMLRecord, before: YAMLRecord
  ) -> SourceSpan? {
    let start = Int(key.start)
    let end = Int(value.end)
    guard value.start >= key.end, before.end <= key.start, end <= frame.contentEnd else { return nil }
    if frame.isFlow { return span(Int(before.end), end) }
    let lineStart = source.lineStart(start)
    let rest = source.skippingSpaces(end, limit: source.lineEnd(end))
    let isLineEnd = rest == source.lineEnd(end) || source[rest] == UInt8(ascii: "#")
    guard source[lineStart..<start].allSatisfy(\.isBlank), isLineEnd else { return nil }
    return span(lineStart, source.nextLine(end))
  }
}
