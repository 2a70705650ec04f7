# The runtime of `engine: sluice`: one program, with the Swift runtime in it, on a base that has no shell. It runs as nobody in
# particular and writes nothing, so that the root file system can be read-only. `scripts/check-image` does these steps without
# Docker.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends libyaml-dev pkg-config
WORKDIR /source
COPY Package.swift ./
COPY Sources ./Sources
COPY Tests ./Tests
RUN swift build --configuration release --product sluice --static-swift-stdlib
# Function names stay, for the traces of a crash. libyaml is the one library that the base below has not.
RUN mkdir -p /image/usr/local/bin /image/usr/lib && \
    strip --strip-debug -o /image/usr/local/bin/sluice .build/release/sluice && \
    cp -L "$(ldd .build/release/sluice | awk '/libyaml/ { print $3 }')" /image/usr/lib/

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /image/ /
USER 65532:65532
EXPOSE 4000
ENTRYPOINT ["/usr/local/bin/sluice"]
CMD ["serve", "/etc/sluice/gateway.yaml", "--host", "0.0.0.0"]
