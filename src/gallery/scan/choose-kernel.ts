import { setTimeout as pause } from 'node:timers/promises'
import { isKernelThere, type KernelName, kernelFor } from './kernels.ts'
import type { RowLayout } from './row-record.ts'
import { Shard } from './shard.ts'
import { ENTRY_ROOM, threadPlaces } from './shard-layout.ts'

/** The kernels to use; every one gives the same bits, so only the time differs. */
export interface KernelChoice {
  readonly single: KernelName
  readonly batch: KernelName
}

/** Below so many codes two rows at a time are faster: measured 15 against 19 ms for a million rows of 128. */
const SHORT_ROW = 256

/** Scratch rows: with their queries they stay in the second cache, so that the kernel is timed and not the memory. */
const SCRATCH_ROWS = 256

/** How long one kernel is run to be compiled in full, and then to be timed. */
const WARM_MS = 1
const TIMED_RUNS = 5

/** How the time of a kernel is taken: milliseconds, the least of several runs. */
export type KernelClock = (name: KernelName, layout: RowLayout) => Promise<number>

/** The choice by length of row alone. */
export function plainKernels(layout: RowLayout): KernelChoice {
  return { single: layout.codeBytes < SHORT_ROW ? 'two' : 'one', batch: 'batch' }
}

/** Times the plain kernels against the relaxed ones on scratch rows, about ten milliseconds, and takes the faster. */
export async function chooseKernel(
  layout: RowLayout,
  clock: KernelClock = timeKernel,
  isThere: (name: KernelName) => boolean = isKernelThere,
): Promise<KernelChoice> {
  const plain = plainKernels(layout)
  if (!isThere('relaxed one') || !isThere('relaxed batch')) return plain
  return {
    single: await faster(plain.single, 'relaxed one', layout, clock),
    batch: await faster(plain.batch, 'relaxed batch', layout, clock),
  }
}

async function faster(one: KernelName, other: KernelName, layout: RowLayout, clock: KernelClock): Promise<KernelName> {
  return (await clock(other, layout)) < (await clock(one, layout)) ? other : one
}

async function timeKernel(name: KernelName, layout: RowLayout): Promise<number> {
  const shard = new Shard(layout, SCRATCH_ROWS)
  shard.makeRoom(SCRATCH_ROWS)
  shard.bytes.fill(0xff, shard.layout.searchable, shard.layout.filtered)
  const { cuts, out } = threadPlaces(0)
  for (let query = 0; query < 4; query += 1) shard.view.setFloat64(cuts + query * 8, Number.POSITIVE_INFINITY, true)
  const kernel = kernelFor(name, shard.memory)
  const { records, searchable, queries } = shard.layout
  const run = () => {
    const start = performance.now()
    const { rowBytes, codeBytes } = layout
    kernel(records, rowBytes, codeBytes, 0, SCRATCH_ROWS, searchable, queries, 1, cuts, out, ENTRY_ROOM)
    return performance.now() - start
  }
  for (let spent = 0; spent < WARM_MS; ) spent += run()
  // The runtime compiles anew, on another thread, what has run for a while.
  await pause(2)
  return Math.min(...Array.from({ length: TIMED_RUNS }, run))
}
