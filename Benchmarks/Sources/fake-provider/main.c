// A provider for benchmarks: answers every POST with a chat completion of a fixed size, as fast as one thread can.
// A request that asks for a stream gets one event at once and then one a second until COUNT events have gone, so that
// many streams can be open at the same time.
//
//   fake-provider PORT BYTES COUNT       prints "ready" when it listens; ends with SIGTERM
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { MAX_FD = 1 << 16, BUFFER = 1 << 17 };

static struct {
  char *bytes;      // a request that has not come completely
  size_t length;
  int events;       // events that are still to be sent
  int next, before; // the list of open streams
} connections[MAX_FD];

static int streams = -1, event_count;
static char *answer;
static size_t answer_length;

static const char stream_head[] =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
static char chunk[512];
static size_t chunk_length;
static const char stream_end[] = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";

static void prepare(size_t size) {
  const char *start = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"upstream-model\","
                      "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
  const char *end = "\"},\"finish_reason\":\"stop\"}],"
                    "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":10,\"total_tokens\":20}}";
  size_t padding = size > strlen(start) + strlen(end) ? size - strlen(start) - strlen(end) : 0;
  size_t body = strlen(start) + padding + strlen(end);
  answer = malloc(body + 256);
  answer_length = (size_t)sprintf(
      answer, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n\r\n%s", body, start);
  memset(answer + answer_length, 'x', padding);
  answer_length += padding;
  memcpy(answer + answer_length, end, strlen(end));
  answer_length += strlen(end);

  const char *event = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                      "\"model\":\"upstream-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},"
                      "\"finish_reason\":null}]}\n\n";
  chunk_length = (size_t)sprintf(chunk, "%zx\r\n%s\r\n", strlen(event), event);
}

static void forget_stream(int fd) {
  if (connections[fd].events == 0) return;
  connections[fd].events = 0;
  if (connections[fd].before >= 0) connections[connections[fd].before].next = connections[fd].next;
  else streams = connections[fd].next;
  if (connections[fd].next >= 0) connections[connections[fd].next].before = connections[fd].before;
}

static void end(int fd) {
  forget_stream(fd);
  free(connections[fd].bytes);
  connections[fd].bytes = NULL;
  connections[fd].length = 0;
  close(fd);
}

static void put(int fd, const void *bytes, size_t length) {
  // What does not fit into the socket is cut off; answers are far smaller than a socket buffer.
  if (send(fd, bytes, length, MSG_NOSIGNAL) < 0) end(fd);
}

static void send_event(int fd) {
  if (connections[fd].events == 1) {
    forget_stream(fd);
    put(fd, stream_end, sizeof stream_end - 1);
    return;
  }
  connections[fd].events--;
  put(fd, chunk, chunk_length);
}

static void begin_stream(int fd) {
  connections[fd].events = event_count + 1;
  connections[fd].before = -1;
  connections[fd].next = streams;
  if (streams >= 0) connections[streams].before = fd;
  streams = fd;
  put(fd, stream_head, sizeof stream_head - 1);
  if (connections[fd].events) send_event(fd);
}

// The length of the first complete request, or 0.
static size_t request_length(const char *bytes, size_t length) {
  const char *head = memmem(bytes, length, "\r\n\r\n", 4);
  if (!head) return 0;
  size_t body = 0;
  for (const char *line = bytes; line < head; line++) {
    if (*line == '\n' && strncasecmp(line + 1, "content-length:", 15) == 0) body = strtoul(line + 16, NULL, 10);
  }
  size_t whole = (size_t)(head - bytes) + 4 + body;
  return whole <= length ? whole : 0;
}

static void receive(int fd) {
  static char input[BUFFER];
  ssize_t count = recv(fd, input, sizeof input, 0);
  if (count <= 0) {
    if (count == 0 || errno != EAGAIN) end(fd);
    return;
  }
  char *bytes = input;
  size_t length = (size_t)count;
  if (connections[fd].bytes) {
    connections[fd].bytes = realloc(connections[fd].bytes, connections[fd].length + length);
    memcpy(connections[fd].bytes + connections[fd].length, input, length);
    bytes = connections[fd].bytes;
    length += connections[fd].length;
  }
  size_t whole;
  while ((whole = request_length(bytes, length))) {
    if (memmem(bytes, whole, "\"stream\":true", 13)) begin_stream(fd);
    else put(fd, answer, answer_length);
    bytes += whole;
    length -= whole;
  }
  char *rest = length ? malloc(length) : NULL;
  if (rest) memcpy(rest, bytes, length);
  free(connections[fd].bytes);
  connections[fd].bytes = rest;
  connections[fd].length = length;
}

int main(int count, char **arguments) {
  if (count != 4) {
    fputs("usage: fake-provider PORT BYTES COUNT\n", stderr);
    return 2;
  }
  prepare(strtoul(arguments[2], NULL, 10));
  event_count = atoi(arguments[3]);
  int one = 1;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) {
    perror("listen");
    return 1;
  }
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct itimerspec every = {{1, 0}, {1, 0}};
  timerfd_settime(timer, 0, &every, NULL);
  int poll = epoll_create1(0);
  for (int index = 0; index < 2; index++) {
    int fd = index ? timer : listener;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    struct epoll_event events[256];
    int ready = epoll_wait(poll, events, 256, -1);
    for (int index = 0; index < ready; index++) {
      int fd = events[index].data.fd;
      if (fd == timer) {
        uint64_t ticks;
        if (read(timer, &ticks, sizeof ticks) < 0) continue;
        for (int stream = streams, next; stream >= 0; stream = next) {
          next = connections[stream].next;
          send_event(stream);
        }
      } else if (fd == listener) {
        int client;
        while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          if (client >= MAX_FD) {
            close(client);
            continue;
          }
          setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          struct epoll_event event = {.events = EPOLLIN, .data.fd = client};
          epoll_ctl(poll, EPOLL_CTL_ADD, client, &event);
        }
      } else {
        receive(fd);
      }
    }
  }
}
