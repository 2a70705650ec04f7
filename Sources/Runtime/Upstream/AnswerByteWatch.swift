import NIOCore

/// Stands before the decoder and notes whether any byte of an answer has come: the decoder keeps half a head to itself,
/// but a provider that has sent it has begun with the request, which must then not be sent again.
final class AnswerByteWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// Whether bytes have come since this was last set to `false`.
  var hasSeenBytes = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasSeenBytes = true
    context.fireChannelRead(data)
  }
}
