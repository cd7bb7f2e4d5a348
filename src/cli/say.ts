import type { Outcome, Problem } from '../base/index.ts'

/** An expected problem on its way to the terminal: printed as sentences, exit code 1. */
export class CliProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'CliProblem'
    this.problem = problem
  }
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** The value, or the problem thrown towards `sayProblem`. */
export function need<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new CliProblem(outcome.problem)
}

/** What, where, what to do, and the stable code for scripts. */
export function problemLines(problem: Problem): readonly string[] {
  const where = problem.where === undefined ? '' : ` [${problem.where}]`
  return [`${problem.message}${where}`, `  ${problem.remedy}`, `  (${problem.kind}: ${problem.code})`]
}
