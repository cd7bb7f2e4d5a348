import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLockFile } from './lock-file.ts'
import { dropFolders, makeFolder } from './test-index.fixture.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await makeFolder()
  path = join(folder, 'lock')
})
afterEach(() => dropFolders([folder]))

async function expectTaken(): Promise<void> {
  const release = await takeLockFile(path)
  expect(release).not.toBeNull()
  expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^${process.pid} \\d*$`))
  await release?.()
  expect(await readdir(folder)).toEqual([])
}

describe('a lock', () => {
  it('names this process, mode 0600, until it is given back', async () => {
    const release = await takeLockFile(path)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await release?.()
    await expectTaken()
  })

  it('is held once in a process', async () => {
    const release = await takeLockFile(path)
    expect(await takeLockFile(path)).toBeNull()
    await release?.()
    await expectTaken()
  })

  it('of a process that runs is left alone; of one that ended it is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    await once(child, 'spawn')
    const text = `${child.pid} `
    await writeFile(path, text)
    expect(await takeLockFile(path)).toBeNull()
    expect(await readFile(path, 'utf8')).toBe(text)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await expectTaken()
  })

  it('of this process id from an earlier life is taken over', async () => {
    await writeFile(path, `${process.pid} 1`)
    await expectTaken()
  })

  it.skipIf(process.platform !== 'linux')('of an id that another process has now is taken over', async () => {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'latin1')
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    await writeFile(path, `${process.ppid} ${start}`)
    expect(await takeLockFile(path)).toBeNull()
    await writeFile(path, `${process.ppid} ${Number(start) + 1}`)
    await expectTaken()
  })

  it.each(['', '0', 'nonsense', '12', '-5 1'])(
    'being written (%j) is left alone; after a while it is taken over',
    async (text) => {
      await writeFile(path, text)
      expect(await takeLockFile(path)).toBeNull()
      const old = new Date(Date.now() - 60_000)
      await utimes(path, old, old)
      await expectTaken()
    },
  )

  it('in a folder that is not there is an error, and not held', async () => {
    const inner = join(folder, 'none', 'lock')
    for (let tries = 0; tries < 2; tries += 1)
      await expect(takeLockFile(inner)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
