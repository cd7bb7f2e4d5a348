import { realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { sha256Hex } from '../../base/index.ts'
import { errorCode } from './error-code.ts'
import { takeLockFile } from './lock-file.ts'

/**
 * Makes this process the only writer of a folder until it gives the lock back or ends, however it ends. On Linux the
 * lock is the name of a socket that nobody connects to (unix(7), abstract): the kernel gives it to one process and takes
 * it away when that is gone. Elsewhere it is a file that names the process. Containers that share a folder but neither
 * network nor processes do not see each other's lock.
 * @returns how to give it back; null while another process, or another opener in this one, holds it.
 */
export async function lockFolder(folder: string, lockFile: string): Promise<(() => Promise<void>) | null> {
  if (process.platform !== 'linux') return await takeLockFile(lockFile)
  return await takeSocketName(`\0countenance-index-${sha256Hex(await realpath(folder)).slice(0, 32)}`)
}

function takeSocketName(name: string): Promise<(() => Promise<void>) | null> {
  return new Promise((settle, refuse) => {
    const server = createServer((connection) => connection.destroy())
    server.unref()
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') settle(null)
      else refuse(error)
    })
    server.listen(name, () => settle(() => new Promise((done) => server.close(() => done()))))
  })
}
