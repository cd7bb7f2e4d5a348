/**
 * Sent with every statement, so that no profile of a server can weaken an answer: a shard or a replica that does not
 * answer is an error, no limit ends a statement early with a part of the answer, nothing is taken from a cache or an
 * index that may leave out rows, and no statement (a query is a template in clear) goes to the query log.
 */
export const PINNED_SETTINGS = {
  skip_unavailable_shards: '0',
  fallback_to_stale_replicas_for_distributed_queries: '0',
  use_skip_indexes: '0',
  use_query_cache: '0',
  max_parallel_replicas: '1',
  load_balancing: 'in_order',
  use_hedged_requests: '0',
  connect_timeout_with_failover_ms: '2000',
  read_overflow_mode: 'throw',
  group_by_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
  max_query_size: '268435456',
  max_ast_elements: '10000000',
  max_expanded_ast_elements: '10000000',
  log_queries: '0',
  wait_end_of_query: '1',
  output_format_json_quote_64bit_integers: '0',
  output_format_json_quote_denormals: '0',
} as const satisfies Readonly<Record<string, string>>

/** For what reads: seconds until the server gives up, with an error. */
export const READ_SETTINGS = { max_execution_time: '60' } as const

/** For what writes: it is done when every shard and every replica has done it. */
export const WRITE_SETTINGS = {
  max_execution_time: '0',
  distributed_foreground_insert: '1',
  mutations_sync: '2',
  alter_sync: '2',
  distributed_ddl_output_mode: 'throw',
} as const
