import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

async function runProgram(until: string): Promise<string> {
  const program = join(import.meta.dirname, 'pool-program.fixture.ts')
  return (await promisify(execFile)(process.execPath, [program, until], { timeout: 30_000 })).stdout
}

test('threads keep the program alive while they load, run a task or close', async () => {
  expect(await runProgram('closed while running')).toMatch(/loaded\ndone\ndone and closed\n$/)
  expect(await runProgram('closed')).toMatch(/loaded\ndone\nidle and closed\n$/)
})

test('idle threads let the program end', async () => {
  expect(await runProgram('loaded')).toMatch(/loaded\n$/)
  expect(await runProgram('run')).toMatch(/loaded\ndone\n$/)
})
