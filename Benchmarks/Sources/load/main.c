// What wrk does not measure:
//   load rate PORT RATE SECONDS    latency of chat completions that are sent at a fixed rate, whether or not earlier
//                                  ones are answered; from the time when each was due
//   load first PORT COUNT          time from a request for a stream to its first event, one after the other
//   load streams PORT COUNT PID    opens COUNT streams at a time and reads the memory of process PID while all are open
// The answers are lines of `name value`, times in microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, MAX_FD = 1 << 16, BUFFER = 1 << 17 };

static int port;
static char request[4096];
static size_t request_length;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void prepare(int is_stream) {
  char body[2048];
  size_t size = 1024;
  int start = sprintf(body, "{\"model\":\"public\",%s\"messages\":[{\"role\":\"user\",\"content\":\"",
                      is_stream ? "\"stream\":true," : "");
  memset(body + start, 'x', size - (size_t)start - 4);
  strcpy(body + size - 4, "\"}]}");
  request_length = (size_t)sprintf(
      request,
      "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer sk-benchmark\r\n"
      "content-type: application/json\r\ncontent-length: %zu\r\n\r\n%s",
      strlen(body), body);
}

static int dial(void) {
  int one = 1;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) {
    perror("connect");
    exit(1);
  }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static void ask(int fd) {
  if (send(fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) {
    perror("send");
    exit(1);
  }
}

static int by_value(const void *left, const void *right) {
  int64_t difference = *(const int64_t *)left - *(const int64_t *)right;
  return difference < 0 ? -1 : difference > 0;
}

static void report(int64_t *times, size_t count) {
  qsort(times, count, sizeof *times, by_value);
  printf("count %zu\n", count);
  if (count == 0) return;
  printf("p50 %.1f\np99 %.1f\n", (double)times[count / 2] / 1000, (double)times[count * 99 / 100] / 1000);
}

// Whether what has come ends a whole answer. Answers have a length, and one is on the way at a time.
static int is_whole(const char *bytes, size_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  const char *field = end ? strcasestr(bytes, "content-length:") : NULL;
  if (!field) return 0;
  if (strncmp(bytes, "HTTP/1.1 200 ", 13)) {
    fprintf(stderr, "refused: %.*s\n", 200, bytes);
    exit(1);
  }
  return length >= (size_t)(end - bytes) + 4 + strtoul(field + 15, NULL, 10);
}

static void rate(int per_second, int seconds) {
  static struct { int fd; int64_t due; char bytes[32768]; size_t length; } connections[CONNECTIONS];
  int unused[CONNECTIONS], unused_count = 0;
  size_t total = (size_t)per_second * (size_t)seconds, sent = 0, done = 0;
  int64_t *times = calloc(total, sizeof *times);
  int poll = epoll_create1(0);
  for (int index = 0; index < CONNECTIONS; index++) {
    connections[index].fd = dial();
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)index};
    epoll_ctl(poll, EPOLL_CTL_ADD, connections[index].fd, &event);
    unused[unused_count++] = index;
  }
  int64_t start = now(), interval = 1000000000LL / per_second;
  while (done < total && now() - start < (seconds + 5) * 1000000000LL) {
    while (sent < total && unused_count > 0 && now() >= start + (int64_t)sent * interval) {
      int index = unused[--unused_count];
      connections[index].due = start + (int64_t)sent++ * interval;
      connections[index].length = 0;
      ask(connections[index].fd);
    }
    struct epoll_event events[CONNECTIONS];
    // Without sleeping: waking up late would be counted as latency.
    int ready = epoll_wait(poll, events, CONNECTIONS, 0);
    for (int event = 0; event < ready; event++) {
      int index = (int)events[event].data.u32;
      char *bytes = connections[index].bytes;
      ssize_t count = recv(
          connections[index].fd, bytes + connections[index].length,
          sizeof connections[index].bytes - connections[index].length - 1, 0);
      if (count <= 0) {
        fputs("a connection ended\n", stderr);
        exit(1);
      }
      connections[index].length += (size_t)count;
      bytes[connections[index].length] = 0;
      if (is_whole(bytes, connections[index].length)) {
        times[done++] = now() - connections[index].due;
        unused[unused_count++] = index;
      }
    }
  }
  report(times, done);
}

static void first(int count) {
  int64_t *times = calloc((size_t)count, sizeof *times);
  for (int index = 0; index < count; index++) {
    char bytes[BUFFER];
    size_t length = 0;
    int fd = dial();
    int64_t start = now();
    ask(fd);
    do {
      ssize_t more = recv(fd, bytes + length, sizeof bytes - length - 1, 0);
      if (more <= 0) exit(1);
      length += (size_t)more;
      bytes[length] = 0;
    } while (!memmem(bytes, length, "data: {", 7));
    times[index] = now() - start;
    close(fd);
  }
  report(times, (size_t)count);
}

static long resident(const char *process) {
  char path[64], line[256];
  long kibibytes = 0;
  sprintf(path, "/proc/%s/status", process);
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "VmRSS: %ld", &kibibytes) == 1) break;
  }
  if (file) fclose(file);
  return kibibytes;
}

static void streams(int count, const char *process) {
  static char begun[MAX_FD];
  int poll = epoll_create1(0), opened = 0, running = 0, ended = 0, whole = 0;
  long most = 0;
  int64_t start = now(), all_open = 0;
  while (ended < count && now() - start < 120000000000LL) {
    for (int batch = 0; batch < 50 && opened < count; batch++, opened++) {
      int fd = dial();
      ask(fd);
      struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
      epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    }
    struct epoll_event events[512];
    int ready = epoll_wait(poll, events, 512, 10);
    for (int index = 0; index < ready; index++) {
      char bytes[BUFFER];
      int fd = events[index].data.fd;
      ssize_t length = recv(fd, bytes, sizeof bytes, 0);
      if (length > 0 && !begun[fd] && memmem(bytes, (size_t)length, "data: {", 7)) {
        begun[fd] = 1;
        if (++running == count) all_open = now() - start;
      }
      int is_whole = length > 0 && memmem(bytes, (size_t)length, "[DONE]", 6) != NULL;
      if (length <= 0 || is_whole) {
        whole += is_whole;
        ended++;
        close(fd);
      }
    }
    if (running == count) {
      long memory = resident(process);
      if (memory > most) most = memory;
    }
  }
  printf("begun %d\nwhole %d\nopen_ms %.0f\nresident_kib %ld\n", running, whole, (double)all_open / 1e6, most);
}

int main(int count, char **words) {
  if (count < 4) {
    fputs("usage: load rate PORT RATE SECONDS | first PORT COUNT | streams PORT COUNT PID\n", stderr);
    return 2;
  }
  port = atoi(words[2]);
  prepare(strcmp(words[1], "rate") != 0);
  if (strcmp(words[1], "rate") == 0 && count == 5) rate(atoi(words[3]), atoi(words[4]));
  else if (strcmp(words[1], "first") == 0) first(atoi(words[3]));
  else if (strcmp(words[1], "streams") == 0 && count == 5) streams(atoi(words[3]), words[4]);
  else return 2;
  return 0;
}
