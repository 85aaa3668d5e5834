// SPDX-License-Identifier: Apache-2.0
/* Yardstick of the frame kernels: the same work on the same content as `sxi bench frames`, "bias, dark, extraction", as a C
 * programmer would write it for one machine. Rows of FRAMES lie in memory as in the file: 16-bit words, big-endian, pixel value
 * minus 32768. Of each row
 *   1. the means of the overclock pixels of even and odd RAWX are formed,
 *   2. all active pixels are compared with bias + dark + event threshold: whole 16-bit numbers, 64 pixels at a time,
 *   3. the rare candidates are tested with their exact pulse heights: threshold, greater than all eight neighbours.
 * Not done here, but by the product: noise of the bias, saturated overclock, 5x5 heights and outer sums of the events, the
 * neighbours in the sister segment, the residual of the dark, and any other geometry, polarity, ADC, or level than this.
 *
 *   ./scan [ROWS]     prepares, then answers every line of its input with GB/s of file bytes (default: 256 rows)
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { UNDER = 4, ACTIVE = 320, OVER = 16, BELOW = 2, ROWS = 640, ABOVE = 4, SEGMENTS = 8, THRESHOLD = 40, EVENTS = 50 };
enum { WIDTH = UNDER + ACTIVE + OVER, HEIGHT = BELOW + ROWS + ABOVE, PIXELS = WIDTH * HEIGHT, BLOCK = 64, PASSES = 4 };

typedef struct { const uint16_t *words; const int16_t *dark; double bias[2]; } frame;

static inline int16_t word(uint16_t stored) { return (int16_t)__builtin_bswap16(stored); }
static inline const uint16_t *line(const frame *f, int y) { return f->words + (size_t)(y + BELOW) * WIDTH + UNDER; }
static inline int below(double v) { int i = (int)v; return i > v ? i - 1 : i; }

static void measure_bias(frame *f) {
  int64_t sum[2] = {0, 0};
  for (int y = 0; y < ROWS; y++)
    for (int x = ACTIVE; x < ACTIVE + OVER; x += 2) {
      sum[0] += word(line(f, y)[x]);
      sum[1] += word(line(f, y)[x + 1]);
    }
  for (int parity = 0; parity < 2; parity++) f->bias[parity] = sum[parity] / (double)(ROWS * OVER / 2);
}

static int pulse_height(const frame *f, int x, int y) {
  return below(word(line(f, y)[x]) - f->bias[x & 1] - f->dark[y * ACTIVE + x] + 0.5);
}

static int is_event(const frame *f, int x, int y) {
  int centre = pulse_height(f, x, y);
  if (centre < THRESHOLD) return 0;
  for (int j = -1; j <= 1; j++)
    for (int i = -1; i <= 1; i++)
      if ((i || j) && pulse_height(f, x + i, y + j) >= centre) return 0;
  return 1;
}

static int search(const frame *f, int *found) {
  int16_t offset[ACTIVE];
  for (int x = 0; x < ACTIVE; x++) offset[x] = (int16_t)below(f->bias[x & 1]);
  int n = 0;
  for (int y = 1; y < ROWS - 1; y++) {
    const uint16_t *w = line(f, y);
    const int16_t *d = f->dark + y * ACTIVE;
    for (int first = 0; first < ACTIVE; first += BLOCK) {
      int16_t highest = INT16_MIN;
      for (int x = first; x < first + BLOCK; x++) {
        int16_t v = (int16_t)(word(w[x]) - d[x] - offset[x]);
        highest = v > highest ? v : highest;
      }
      if (highest < THRESHOLD) continue;
      for (int x = first ? first : 1; x < first + BLOCK && x < ACTIVE - 1; x++)
        if ((int16_t)(word(w[x]) - d[x] - offset[x]) >= THRESHOLD && is_event(f, x, y)) found[n++] = y * ACTIVE + x;
    }
  }
  return n;
}

static void *allocate(size_t bytes) {
  void *p = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!p) { fputs("scan: out of memory\n", stderr); exit(1); }
  return p;
}

/* Bias of 1000 + 50 per segment and 7 more in odd columns, dark of 0 to 29, noise of -4 to 4, 50 pixels 900 higher. */
static void fill(uint16_t *w, int row, const int16_t *dark) {
  for (int i = 0; i < PIXELS; i++) {
    int x = i % WIDTH - UNDER, y = i / WIDTH - BELOW;
    int v = 1000 + 50 * (row % SEGMENTS) + 7 * (x & 1) + rand() % 9 - 4;
    if (x >= 0 && x < ACTIVE && y >= 0 && y < ROWS) v += dark[y * ACTIVE + x];
    w[i] = __builtin_bswap16((uint16_t)(v - 32768));
  }
  for (int e = 0; e < EVENTS; e++) {
    int i = (BELOW + 2 + rand() % (ROWS - 4)) * WIDTH + UNDER + 2 + rand() % (ACTIVE - 4);
    w[i] = __builtin_bswap16((uint16_t)(__builtin_bswap16(w[i]) + 900));
  }
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
  int rows = argc > 1 ? atoi(argv[1]) : 256;
  if (rows < 1) { fputs("scan: rows are a positive number\n", stderr); return 2; }
  uint16_t *words = allocate((size_t)rows * PIXELS * 2);
  int16_t *dark = allocate((size_t)SEGMENTS * ACTIVE * ROWS * 2);
  int *found = allocate((size_t)ACTIVE * ROWS * sizeof *found);
  srand(1);
  for (int i = 0; i < SEGMENTS * ACTIVE * ROWS; i++) dark[i] = (int16_t)(rand() % 30);
  for (int r = 0; r < rows; r++) fill(words + (size_t)r * PIXELS, r, dark + (size_t)(r % SEGMENTS) * ACTIVE * ROWS);
  for (char request[64]; fgets(request, sizeof request, stdin);) {
    long events = 0;
    double begin = seconds();
    for (int pass = 0; pass < PASSES; pass++)
      for (int r = 0; r < rows; r++) {
        frame f = {words + (size_t)r * PIXELS, dark + (size_t)(r % SEGMENTS) * ACTIVE * ROWS, {0, 0}};
        measure_bias(&f);
        events += search(&f, found);
      }
    double used = seconds() - begin;
    /* a few events touch another one */
    if (events > (long)PASSES * rows * EVENTS || events < (long)PASSES * rows * (EVENTS - 2)) {
      fprintf(stderr, "scan: %ld events\n", events);
      return 1;
    }
    printf("%.4f\n", 2e-9 * PASSES * rows * PIXELS / used);
    fflush(stdout);
  }
  return 0;
}
