import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ScanJob, sliceOf } from './scan-job.ts'

const JOB: ScanJob = {
  kernel: 'one',
  queries: 1,
  room: 1,
  floor: Number.NEGATIVE_INFINITY,
  bitmap: 'searchable',
  counts: [10, 10, 3],
  shardRows: 10,
  sliceRows: 4,
}

function slicesOf(job: ScanJob) {
  const slices = []
  for (let slice = sliceOf(job, 0); slice !== undefined; slice = sliceOf(job, slices.length)) slices.push(slice)
  return slices
}

describe('sliceOf', () => {
  it('cuts each shard for itself', () => {
    expect(slicesOf(JOB).map(({ shard, first, end, from }) => [shard, first, end, from])).toEqual([
      [0, 0, 4, 0],
      [0, 4, 8, 0],
      [0, 8, 10, 0],
      [1, 0, 4, 10],
      [1, 4, 8, 10],
      [1, 8, 10, 10],
      [2, 0, 3, 20],
    ])
    expect(sliceOf(JOB, 7)).toBeUndefined()
    expect(sliceOf(JOB, 1000)).toBeUndefined()
  })

  it('has each row in exactly one slice, empty shards or not', () => {
    const count = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(fc.array(count, { maxLength: 5 }), fc.integer({ min: 1, max: 20 }), (counts, sliceRows) => {
        const rows = slicesOf({ ...JOB, counts, shardRows: 50, sliceRows }).flatMap(({ shard, first, end, from }) => {
          expect(from).toBe(shard * 50)
          expect(end - first).toBeLessThanOrEqual(sliceRows)
          return Array.from({ length: end - first }, (_, at) => `${shard}:${first + at}`)
        })
        expect(rows).toEqual(
          counts.flatMap((rowsIn, shard) => Array.from({ length: rowsIn }, (_, at) => `${shard}:${at}`)),
        )
      }),
    )
  })

  it('names the bitmap of the job', () => {
    expect(sliceOf({ ...JOB, bitmap: 'filtered' }, 0)?.bitmap).toBe('filtered')
  })
})
