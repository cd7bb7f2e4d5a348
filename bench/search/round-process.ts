import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * A program that is measured in rounds: it says a first line when it is ready, then answers one line of JSON to each
 * line it gets. Several can so be measured in turns, under the same load of the machine.
 */
export class RoundProcess<Ready> {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly ready: Ready

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, ready: Ready) {
    this.#child = child
    this.#lines = lines
    this.ready = ready
  }

  /** @throws Error when the program ends before it is ready */
  static async start<Ready>(command: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const stdio = ['pipe', 'pipe', 'inherit'] as const
    const child = spawn(command, words, { stdio: [...stdio], env: { ...process.env, ...env } })
    const failed = new Promise<never>((_, refuse) => child.once('error', refuse))
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const ready = (await Promise.race([nextOf(lines, command), failed])) as Ready
    return new RoundProcess<Ready>(child, lines, ready)
  }

  async ask<Answer>(order: unknown): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`)
    return (await nextOf(this.#lines, this.#child.spawnfile)) as Answer
  }

  async close(): Promise<void> {
    const ended = new Promise((settle) => this.#child.once('close', settle))
    this.#child.stdin?.end()
    await ended
  }
}

async function nextOf(lines: AsyncIterator<string>, command: string): Promise<unknown> {
  const { value, done } = await lines.next()
  if (done === true) throw new Error(`${command} ended early.`)
  return JSON.parse(value)
}

/** The other side: says it is ready and answers until the input ends. */
export async function answerRounds<Order>(ready: unknown, answer: (order: Order) => Promise<unknown>): Promise<void> {
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Order))}\n`)
  }
}

/** A program of this folder, in a process of its own, with one argument. */
export async function startProgram<Ready>(file: URL, argument: unknown): Promise<RoundProcess<Ready>> {
  return await RoundProcess.start<Ready>(process.execPath, [file.pathname, JSON.stringify(argument)])
}
