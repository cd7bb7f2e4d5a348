"""faiss IndexFlatIP on one thread: flat-peer.py floats rows dimension probes count. Answers lines as round-process.ts says."""
import json
import os
import resource
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import faiss
import numpy as np

BLOCK = 65536


def spend(work):
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {"cpu": cpu * 1000, "wall": wall * 1000}


def main():
    floats, rows, dimension, probes, count = sys.argv[1], *map(int, sys.argv[2:4]), sys.argv[4], int(sys.argv[5])
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(dimension)
    with open(floats, "rb") as file:
        for first in range(0, rows, BLOCK):
            some = min(BLOCK, rows - first)
            index.add(np.fromfile(file, dtype=np.float32, count=some * dimension).reshape(some, dimension))
    queries = np.fromfile(probes, dtype=np.float32).reshape(-1, dimension)[:count]
    index.search(queries[:1], 50)
    say({"name": "faiss " + faiss.__version__ + " IndexFlatIP"})
    for line in sys.stdin:
        if json.loads(line)["do"] == "bandwidth":
            block = np.ones(2**26, dtype=np.int64)
            best = min(spend(lambda: np.add.reduce(block))["wall"] for _ in range(7))
            say({"gbs": block.nbytes / best / 1e6})
        else:
            say([spend(lambda: index.search(queries[at : at + 1], 50)) for at in range(len(queries))])


def say(answer):
    print(json.dumps(answer), flush=True)


main()
