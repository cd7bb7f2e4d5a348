import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const KERNELS = resolve(import.meta.dirname, '../src/gallery/scan/kernel')
const FILES = ['kernel.wasm', 'kernel-relaxed.wasm']

function check(folder: string) {
  const program = join(import.meta.dirname, 'build-kernel.mjs')
  const { status, stderr } = spawnSync(process.execPath, [program, '--check', folder], { encoding: 'utf8' })
  return { status, stderr }
}

describe('the compiled kernels', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kernel-'))
    for (const file of FILES) copyFileSync(join(KERNELS, file), join(folder, file))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are, byte for byte, what their source compiles to', () => {
    expect(check(KERNELS)).toEqual({ status: 0, stderr: '' })
  })

  it('one that differs in a single byte is found and named', () => {
    const path = join(folder, 'kernel-relaxed.wasm')
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1
    writeFileSync(path, bytes)
    const { status, stderr } = check(folder)
    expect(status).toBe(1)
    expect(stderr).toContain('kernel-relaxed.wasm is not what its source compiles to')
    expect(stderr).not.toContain('kernel.wasm is')
  })
})
