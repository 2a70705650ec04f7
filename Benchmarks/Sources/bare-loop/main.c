// The least that a program can do with a YAML file and libyaml: read it whole, take every event, keep none.
// Prints the number of events. C, so that nothing but libyaml is measured.
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <yaml.h>

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  struct stat status;
  if (!file || fstat(fileno(file), &status) != 0) {
    fputs("usage: bare-loop FILE\n", stderr);
    return 2;
  }
  size_t size = (size_t)status.st_size;
  unsigned char *bytes = malloc(size + 1);
  yaml_parser_t parser;
  if (!bytes || fread(bytes, 1, size, file) != size || !yaml_parser_initialize(&parser)) return 3;
  yaml_parser_set_input_string(&parser, bytes, size);

  unsigned long events = 0;
  for (int ended = 0; !ended; events++) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "line %zu: %s\n", parser.problem_mark.line + 1, parser.problem);
      return 1;
    }
    ended = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  printf("%lu events\n", events);
  yaml_parser_delete(&parser);
  free(bytes);
  fclose(file);
  return 0;
}
