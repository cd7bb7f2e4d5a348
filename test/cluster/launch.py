"""Runs the engine of libchdb.so as a server of its own, as `clickhouse local` would: launch.py <libchdb.so> <arguments>."""
import ctypes
import sys

engine = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL)
words = [b"clickhouse"] + [word.encode() for word in sys.argv[2:]]
argv = (ctypes.c_char_p * (len(words) + 1))(*words, None)
run = engine.chdb_query_cmdline
run.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)]
run.restype = ctypes.c_void_p
error = engine.chdb_result_error
error.argtypes = [ctypes.c_void_p]
error.restype = ctypes.c_char_p
message = error(run(len(words), argv))
sys.exit(message.decode() if message else 0)
