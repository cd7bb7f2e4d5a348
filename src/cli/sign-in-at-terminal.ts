import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { type Actor, resolveSession, signIn, signOut, USE_BANNER } from '../access/index.ts'
import type { CliDeps, CliRooms } from './cli-deps.ts'
import { CliProblem, need, say } from './say.ts'

/** Signs a person in, does one piece of work as that person, signs out: the log shows all three. */
export async function asPerson<T>(
  deps: CliDeps,
  username: string,
  work: (rooms: CliRooms, actor: Actor) => Promise<T>,
): Promise<T> {
  const password = deps.password() ?? (await askPassword(username))
  const rooms = await deps.open({ attach: true })
  try {
    const session = need(await signIn(rooms, { username, password, acknowledged: true }))
    const actor = need(await resolveSession(rooms, session.token))
    try {
      return await work(rooms, actor)
    } finally {
      await signOut(rooms, session.token)
    }
  } finally {
    await rooms.close()
  }
}

/** Shows the use notice and asks without showing what is typed; going on acknowledges the notice. */
export async function askPassword(username: string): Promise<string> {
  if (process.stdin.isTTY !== true) throw new CliProblem(NO_TERMINAL)
  say(USE_BANNER)
  return await askHidden(`Password of ${username} (typing it acknowledges the notice above): `)
}

export async function askNewPassword(username: string): Promise<string> {
  if (process.stdin.isTTY !== true) throw new CliProblem(NO_NEW_PASSWORD)
  return await askHidden(`Password for ${username}: `)
}

async function askHidden(question: string): Promise<string> {
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: muted, terminal: true })
  process.stdout.write(question)
  try {
    return await new Promise((settle) => lines.question('', settle))
  } finally {
    lines.close()
    say()
  }
}

const NO_TERMINAL = {
  kind: 'failure',
  code: 'password_missing',
  message: 'There is no terminal to ask for the password.',
  remedy: 'Set COUNTENANCE_PASSWORD for this command; doing so acknowledges the use notice.',
} as const

const NO_NEW_PASSWORD = {
  kind: 'failure',
  code: 'password_missing',
  message: 'There is no terminal to ask for the new password.',
  remedy: 'Set COUNTENANCE_NEW_PASSWORD for this command.',
} as const
