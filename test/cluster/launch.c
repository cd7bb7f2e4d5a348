/* Runs the engine of libchdb.so as a server of its own, as `clickhouse local` would: launch <libchdb.so> <arguments>. */
#include <dlfcn.h>
#include <stdio.h>

typedef void *(*run_engine)(int, char **);
typedef const char *(*read_error)(void *);

int main(int argc, char **argv) {
  void *engine = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) : NULL;
  run_engine run = engine ? (run_engine)dlsym(engine, "chdb_query_cmdline") : NULL;
  read_error error = engine ? (read_error)dlsym(engine, "chdb_result_error") : NULL;
  if (!run || !error) {
    fprintf(stderr, "%s\n", engine ? "chdb_query_cmdline is not in the library" : dlerror());
    return 2;
  }
  argv[1] = "clickhouse";
  const char *message = error(run(argc - 1, argv + 1));
  if (message) fprintf(stderr, "%s\n", message);
  return message ? 1 : 0;
}
