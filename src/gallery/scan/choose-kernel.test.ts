import { describe, expect, it } from 'vitest'
import { chooseKernel, plainKernels } from './choose-kernel.ts'
import { isKernelThere, type KernelName } from './kernels.ts'
import { rowLayout } from './row-record.ts'

const long = rowLayout(512)
const everyKernel = () => true

describe('chooseKernel', () => {
  it.each([
    [128, 'two'],
    [240, 'two'],
    [256, 'one'],
    [512, 'one'],
  ] as const)('takes, of the plain ones, for %i numbers the kernel "%s"', async (dimension, single) => {
    expect(plainKernels(rowLayout(dimension))).toEqual({ single, batch: 'batch' })
    const slow = async (name: KernelName) => (name.startsWith('relaxed') ? 2 : 1)
    expect(await chooseKernel(rowLayout(dimension), slow, everyKernel)).toEqual({ single, batch: 'batch' })
  })

  it('takes a relaxed one where it is faster, each for itself', async () => {
    const times: Partial<Record<KernelName, number>> = { one: 3, 'relaxed one': 2, batch: 4, 'relaxed batch': 5 }
    const clock = async (name: KernelName) => times[name] as number
    expect(await chooseKernel(long, clock, everyKernel)).toEqual({ single: 'relaxed one', batch: 'batch' })
    times['relaxed batch'] = 3.9
    expect(await chooseKernel(long, clock, everyKernel)).toEqual({ single: 'relaxed one', batch: 'relaxed batch' })
  })

  it('keeps the plain one when they are as fast', async () => {
    expect(await chooseKernel(long, async () => 1, everyKernel)).toEqual({ single: 'one', batch: 'batch' })
  })

  it('times nothing where the runtime has no relaxed instructions', async () => {
    const clock = async () => {
      throw new Error('Nothing to time.')
    }
    const plainOnly = (name: KernelName) => !name.startsWith('relaxed')
    expect(await chooseKernel(long, clock, plainOnly)).toEqual({ single: 'one', batch: 'batch' })
  })

  it('by its own clock takes kernels that are there', async () => {
    for (const dimension of [16, 128, 704]) {
      const { single, batch } = await chooseKernel(rowLayout(dimension))
      expect(isKernelThere(single) && isKernelThere(batch)).toBe(true)
      expect(single).not.toContain('batch')
      expect(batch).toContain('batch')
    }
  })
})
