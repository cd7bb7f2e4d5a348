import { readFileSync } from 'node:fs'

/** The compiled kernels: which file they are in, and how they take their queries. */
const KERNELS = {
  one: { file: 'kernel.wasm', entry: 'scanOne', batch: false, digits: false },
  two: { file: 'kernel.wasm', entry: 'scanTwo', batch: false, digits: false },
  batch: { file: 'kernel.wasm', entry: 'scanBatch', batch: true, digits: false },
  'relaxed one': { file: 'kernel-relaxed.wasm', entry: 'scanOne', batch: false, digits: true },
  'relaxed batch': { file: 'kernel-relaxed.wasm', entry: 'scanBatch', batch: true, digits: true },
} as const

export type KernelName = keyof typeof KERNELS

export const KERNEL_NAMES = Object.keys(KERNELS) as KernelName[]

/**
 * What every kernel takes, as in `kernel/scan.as.ts`: addresses in bytes, rows first..end, and how many groups of four
 * queries there are (of no interest to one that takes a single query).
 * @returns the row to go on with; `end` when all are done
 */
export type Kernel = (
  rows: number,
  stride: number,
  codes: number,
  first: number,
  end: number,
  bits: number,
  queries: number,
  groups: number,
  cuts: number,
  out: number,
  room: number,
) => number

/** Whether it takes queries by fours, and in digits. */
export function kernelForm(name: KernelName): { readonly batch: boolean; readonly digits: boolean } {
  return KERNELS[name]
}

const modules = new Map<string, WebAssembly.Module | null>()

/** Whether this machine's runtime has what the kernel needs. */
export function isKernelThere(name: KernelName): boolean {
  return moduleOf(KERNELS[name].file) !== null
}

/** The kernel for one memory. @throws Error when the runtime cannot run it */
export function kernelFor(name: KernelName, memory: WebAssembly.Memory): Kernel {
  const { file, entry } = KERNELS[name]
  const module = moduleOf(file)
  if (module === null) throw new Error(`This runtime cannot run the kernel '${name}'.`)
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return exports[entry] as Kernel
}

function moduleOf(file: string): WebAssembly.Module | null {
  const known = modules.get(file)
  if (known !== undefined) return known
  const bytes = readFileSync(new URL(`./kernel/${file}`, import.meta.url))
  const module = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
  modules.set(file, module)
  return module
}
