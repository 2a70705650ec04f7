import GatewaySpec
import Testing

struct NetworkTests {
  @Test func `A host name is no address`() {
    for text in ["localhost", "litellm.example.com", "a.b1", "1a.de", "xn--bcher-kva.example"] {
      #expect(canonical(HostName.self, text) == text)
    }
    for text in [
      "", "10.0.0.1", "1.2.3.999", "a.1", "::1", "[::1]", "a..b", "-a.b", "a_b.c", "*.example.com",
      String(repeating: "a", count: 64) + ".de",
    ] {
      _ = refused(HostName.self, text)
    }
    Refusal("Example.COM", "example.com", safe: true).check(HostName.self)
    Refusal("example.com.", "example.com", safe: true).check(HostName.self)
    Refusal("https://example.com/v1", "example.com").check(HostName.self)
    Refusal("example.com:8080", "example.com").check(HostName.self)
    Refusal("example.com/v1", "example.com").check(HostName.self)
    #expect(refused(HostName.self, "10.0.0.1")?.headline == "`10.0.0.1` is not a host name: it is an IP address")
  }

  @Test func `A wildcard stands for one label`() throws {
    for text in ["*.example.com", "example.com", "*.com"] { #expect(canonical(WildcardHostName.self, text) == text) }
    for text in ["*", "*.", "*.*.com", "a.*.com", "*a.com", "*.10", "*.a..b", "", "*.ü"] {
      _ = refused(WildcardHostName.self, text)
    }
    Refusal("*.Example.com", "*.example.com", safe: true).check(WildcardHostName.self)
    let wildcard = try WildcardHostName(parsing: "*.example.com")
    #expect(wildcard.isWildcard)
    #expect(wildcard.suffix.text == "example.com")
    #expect(try wildcard.covers(HostName(parsing: "a.example.com")))
    #expect(try !wildcard.covers(HostName(parsing: "a.b.example.com")))
    #expect(try !wildcard.covers(HostName(parsing: "example.com")))
    #expect(try WildcardHostName(parsing: "a.b").covers(HostName(parsing: "a.b")))
  }

  @Test func `A URL is taken apart`() throws {
    let url = try WebURL(parsing: "https://Vault.Example.com:8200/V1/a%20b?x=Y&z")
    #expect(url.text == "https://vault.example.com:8200/V1/a%20b?x=Y&z")
    #expect(url.scheme == .https)
    #expect(url.host == "vault.example.com")
    #expect(url.port?.number == 8200)
    #expect(url.authority == "vault.example.com:8200")
    #expect(url.path == "/V1/a%20b")
    #expect(url.query == "x=Y&z")
    let address = try WebURL(parsing: "HTTP://[::1]:80")
    #expect(address.scheme == .http)
    #expect(address.host == "::1")
    #expect(address.hostKind == .ipv6)
    #expect(address.authority == "[::1]:80")
    #expect(address.path == "")
    #expect(address.query == nil)
    #expect(address.isLoopback)
    #expect(try WebURL(parsing: "https://a").effectivePort == .https)
    #expect(try WebURL(parsing: "http://127.0.0.1?q").query == "q")
    #expect(try WebURL(parsing: "http://127.0.0.1?").query == "")
    #expect(try WebURL(parsing: "http://A.b") == WebURL(parsing: "http://a.b"))
  }

  @Test(arguments: [
    "http://[1:2:3:4:5:6:7:8]", "http://[1::8]", "http://[::]", "http://[::ffff:1.2.3.4]",
    "http://[1:2:3:4:5:6:1.2.3.4]", "http://[1:2:3:4:5:6:7::]",
    "http://0.0.0.0/", "http://255.255.255.255", "http://a-b.c/~x/(1)/*;a=b@c:d!$&'+,", "http://a//b/../c",
  ])
  func `Unusual URLs are read`(text: String) {
    #expect(canonical(WebURL.self, text) == text)
  }

  @Test(arguments: [
    Refusal("vault.example.com:8200", "https://vault.example.com:8200"), Refusal("ftp://a.b", "https://a.b"),
    Refusal("http://a.b#x", "http://a.b", safe: true), Refusal("http://::1/x", "http://[::1]/x", safe: true),
    Refusal("http://a.b:/x", "http://a.b/x", safe: true), Refusal("https://user:pw@a.b"), Refusal("https://a@b"),
    Refusal("http://"),
    Refusal("https://"), Refusal("http:///x"), Refusal("http://a.b:0"), Refusal("http://a.b:99999"),
    Refusal("http://a.b:80x"),
    Refusal("http://[::1"), Refusal("http://[::1]x"), Refusal("http://[1:2]"), Refusal("http://[1::2::3]"),
    Refusal("http://[12345::]"),
    Refusal("http://[1:2:3:4:5:6:7:8:9]"), Refusal("http://[1:2:3:4:5:6:7:8::]"), Refusal("http://[:1]"),
    Refusal("http://[1:]"),
    Refusal("http://1.2.3.4.5"), Refusal("http://1.2.3.256"), Refusal("http://01.2.3.4"), Refusal("http://a_b"),
    Refusal("http://a..b"),
    Refusal("http://a.b/x y"), Refusal("http://a.b/%2"), Refusal("http://a.b/%zz"), Refusal("http://a.b/ü"),
    Refusal("http://a.b/?ü"),
    Refusal("http://${HOST}/x"), Refusal("http://{{ host }}"), Refusal("http://ü.de"), Refusal(""),
    Refusal("http:/a.b"), Refusal("://"),
    Refusal("http://a.b?x#y", "http://a.b?x", safe: true),
  ])
  func `What is no URL is refused with a way out`(refusal: Refusal) {
    refusal.check(WebURL.self)
  }

  @Test func `A credential in a URL belongs to the secrets`() throws {
    let mistake = try #require(refused(WebURL.self, "https://user:pw@a.b"))
    #expect(mistake.help == "declare the credential under `secrets` and leave what stands before the `@` out")
    #expect(mistake.range == 8..<16)
    #expect(mistake.replacement == nil)
    #expect(mistake.headline.hasPrefix("`https://…@a.b` is not an http or https URL: "))
  }

  @Test(arguments: [
    "https://user:s3cr3t@a.b/c", "postgresql://user:s3cr3t@db/x", "HTTP://s3cr3t@a:99999", "a://s3cr3t/@x",
    " https://s3cr3t@a.b ",
  ])
  func `No mistake tells a password of a URL`(text: String) {
    for type in EveryScalarTests.types { check(type) }

    func check<Scalar: SpecScalar>(_ type: Scalar.Type) {
      do {
        _ = try type.init(parsing: text)
      } catch {
        #expect(!error.headline.contains("s3cr3t"), "\(type)")
        #expect(error.help?.contains("s3cr3t") != true, "\(type)")
      }
    }
  }

  @Test func `A path is absolute and plain`() throws {
    for text in ["/", "/v1", "/health/", "/a%20b", "/...", "/.a", "/a..b", "/~x:@!$&'()+,;="] {
      #expect(canonical(HTTPPath.self, text) == text)
    }
    for text in [
      "", "a", "//", "/a//b", "/./", "/../", "/a/..", "/a/.", "/.", "/..", "/a/../b", "/a%2fb", "/a%2Fb", "/a?b",
      "/a#b", "/a b",
      "/%", "/%2", "/%g0", "/ü", "/*", "/a\u{0}", "/a\\b",
    ] { _ = refused(HTTPPath.self, text) }
    Refusal("health", "/health", safe: true).check(HTTPPath.self)
    Refusal("/a//b/", "/a/b/").check(HTTPPath.self)
    Refusal("/v1/*", "/v1").check(HTTPPath.self)
    Refusal("/*", "/").check(HTTPPath.self)
    Refusal("/health?x=1", "/health").check(HTTPPath.self)
    Refusal("http://a.b/health", "/health").check(HTTPPath.self)
    Refusal("/a/../b").check(HTTPPath.self)
    #expect(try HTTPPath(parsing: "/a/b").segments == ["a", "b"])
    #expect(try HTTPPath(parsing: "/").segments.isEmpty)
  }

  @Test(arguments: [
    ("/", "/x", true), ("/v1", "/v1", true), ("/v1", "/v1/chat", true), ("/v1/", "/v1/chat", true),
    ("/v1", "/v10", false),
    ("/v1/chat", "/v1", false), ("/v1/", "/v1", true), ("/", "/", true),
  ])
  func `A path covers what lies below it`(prefix: String, path: String, isCovered: Bool) throws {
    #expect(try HTTPPath(parsing: prefix).covers(HTTPPath(parsing: path)) == isCovered)
  }

  @Test func `An image is taken apart`() throws {
    let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
    let image = try ImageReference(parsing: "ghcr.io:443/berriai/litellm:v1.109.1@\(digest)")
    #expect(image.registry == "ghcr.io:443")
    #expect(image.repository == "berriai/litellm")
    #expect(image.name == "ghcr.io:443/berriai/litellm")
    #expect(image.tag == "v1.109.1")
    #expect(image.digest == digest)
    #expect(!image.isMutableTag)
    let short = try ImageReference(parsing: "redis")
    #expect(short.registry == nil)
    #expect(short.repository == "redis")
    #expect(short.tag == nil)
    #expect(short.digest == nil)
    #expect(try ImageReference(parsing: "localhost/a").registry == "localhost")
    #expect(try ImageReference(parsing: "library/a").registry == nil)
    #expect(try ImageReference(parsing: "a:5000").tag == "5000")
    #expect(try ImageReference(parsing: "a:5000/b").registry == "a:5000")
    #expect(try ImageReference(parsing: "redis@\(digest)").digest == digest)
    #expect(try ImageReference(parsing: "[::1]:5000/a").registry == "[::1]:5000")
    #expect(try ImageReference(parsing: "a__b/c-----d.e_f:X_y.z-1").repository == "a__b/c-----d.e_f")
  }

  @Test(arguments: [
    ("redis", true), ("redis:latest", true), ("redis:7", true), ("redis:v7.4", true), ("redis:7.4.1", false),
    ("a:main-stable", true),
    ("a:v1.74.0-stable", false), ("a:main-v1.74.0", false), ("a:sha-1a2b3c4", false), ("a:20240101", false),
  ])
  func `A tag that moves is known`(text: String, isMutable: Bool) throws {
    #expect(try ImageReference(parsing: text).isMutableTag == isMutable)
  }

  @Test(arguments: [
    Refusal("GHCR.io/BerriAI/litellm:v1", "GHCR.io/berriai/litellm:v1"), Refusal("BerriAI/litellm", "berriai/litellm"),
    Refusal("https://ghcr.io/a/b", "ghcr.io/a/b"), Refusal("a:", "a"), Refusal("a:-x"), Refusal("a:x/y"),
    Refusal("a@sha256:123"),
    Refusal("a@sha256:"), Refusal("a@latest"), Refusal("a@"), Refusal("a b"), Refusal(""), Refusal(":x"), Refusal("/a"),
    Refusal("a/"),
    Refusal("a//b"), Refusal("a.-b"), Refusal("a___b"), Refusal("a..b"), Refusal("-a"), Refusal("a-"), Refusal("ü"),
    Refusal("a:ü"),
    Refusal(
      "a@sha256:" + String(repeating: "A", count: 64), "a@sha256:" + String(repeating: "a", count: 64), safe: true),
    Refusal(String(repeating: "a", count: 256)), Refusal("a:" + String(repeating: "a", count: 129)),
    Refusal("ghcr.io/berriai/litellm:v1.109.1@sha256:…"),
  ])
  func `What is no image is refused with a way out`(refusal: Refusal) {
    refusal.check(ImageReference.self)
  }
}
