import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from './lock-folder.ts'
import { dropFolders, makeFolder } from './test-index.fixture.ts'

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
})
afterEach(() => dropFolders([folder]))

const take = (path = folder) => lockFolder(path, join(path, 'lock'))

/** A process that takes the lock of the folder when it is told, says whether it has it, and stays. */
function taker() {
  const program = `import { lockFolder } from ${JSON.stringify(new URL('./lock-folder.ts', import.meta.url).href)}
    process.stdin.once('data', async () => {
      const release = await lockFolder(${JSON.stringify(folder)}, ${JSON.stringify(join(folder, 'lock'))})
      process.stdout.write(release === null ? 'no' : 'yes')
      setInterval(() => {}, 1000)
    })
    process.stdout.write('ready')`
  return spawn(process.execPath, ['--input-type=module', '-e', program])
}

describe('the lock of a folder', () => {
  it('is held once, until it is given back', async () => {
    const release = await take()
    expect(release).not.toBeNull()
    expect(await take()).toBeNull()
    await release?.()
    const again = await take()
    expect(again).not.toBeNull()
    await again?.()
  })

  it('is of the folder, whatever path leads there, and of no other', async () => {
    const other = await makeFolder()
    const way = join(other, 'way')
    await symlink(folder, way)
    const release = await take()
    expect(await take(way)).toBeNull()
    const second = await take(other)
    expect(second).not.toBeNull()
    await release?.()
    await second?.()
    await dropFolders([other])
  })

  it('is taken by one of many that ask at once, and free when that one is killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const children = Array.from({ length: 4 }, taker)
      await Promise.all(children.map((child) => once(child.stdout, 'data')))
      const answers = children.map(async (child) => String((await once(child.stdout, 'data'))[0]))
      for (const child of children) child.stdin.write('go\n')
      expect((await Promise.all(answers)).filter((answer) => answer === 'yes')).toHaveLength(1)
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(children.map((child) => once(child, 'exit')))
    }
    const release = await take()
    expect(release).not.toBeNull()
    await release?.()
  })

  it('of a folder that is not there is an error', async () => {
    await expect(take(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
