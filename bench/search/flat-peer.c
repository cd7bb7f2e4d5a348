/* The floats of a gallery against a probe, top 50 kept, on one thread, where faiss is missing:
 * flat-peer floats rows dimension probes count. Answers lines as round-process.ts says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define TOP 50

static double wall_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double cpu_ms(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static float *read_floats(const char *path, size_t count) {
  FILE *file = fopen(path, "rb");
  float *values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!file || !values || fread(values, sizeof(float), count, file) != count) exit(1);
  fclose(file);
  return values;
}

/* The scores kept lie in descending order; few rows of a gallery enter them. */
static void offer(float *top, float score) {
  if (score <= top[TOP - 1]) return;
  int at = TOP - 1;
  for (; at > 0 && top[at - 1] < score; at -= 1) top[at] = top[at - 1];
  top[at] = score;
}

static float search(const float *rows, size_t count, size_t dimension, const float *probe) {
  float top[TOP];
  for (int at = 0; at < TOP; at += 1) top[at] = -2;
  for (size_t row = 0; row < count; row += 1) {
    const float *vector = rows + row * dimension;
    float sum = 0;
    for (size_t at = 0; at < dimension; at += 1) sum += vector[at] * probe[at];
    offer(top, sum);
  }
  return top[TOP - 1];
}

static double bandwidth(const float *rows, size_t bytes) {
  const unsigned long *words = (const unsigned long *)rows;
  double best = 1e9;
  volatile unsigned long kept = 0;
  for (int run = 0; run < 7; run += 1) {
    double start = wall_ms();
    unsigned long sum = 0;
    for (size_t at = 0; at < bytes / 8; at += 1) sum += words[at];
    kept += sum;
    double took = wall_ms() - start;
    if (took < best) best = took;
  }
  return bytes / best / 1e6;
}

int main(int words, char **word) {
  if (words < 6) return 2;
  size_t rows = strtoul(word[2], 0, 10), dimension = strtoul(word[3], 0, 10), count = strtoul(word[5], 0, 10);
  float *floats = read_floats(word[1], rows * dimension);
  float *probes = read_floats(word[4], count * dimension);
  volatile float last = search(floats, rows, dimension, probes);
  char line[256];
  printf("{\"name\":\"C loop over floats\"}\n");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    if (strstr(line, "bandwidth")) {
      printf("{\"gbs\":%f}", bandwidth(floats, rows * dimension * 4));
    } else {
      for (size_t at = 0; at < count; at += 1) {
        double cpu = cpu_ms(), start = wall_ms();
        last = search(floats, rows, dimension, probes + at * dimension);
        printf("%c{\"cpu\":%f,\"wall\":%f}", at == 0 ? '[' : ',', cpu_ms() - cpu, wall_ms() - start);
      }
      printf("]");
    }
    printf("\n");
    fflush(stdout);
  }
  return 0;
}
