import type { RequestFilterInput } from '../intake/index.ts'
import { CliProblem } from './say.ts'

export const FILTER_NOTE = `
A filter can leave out the person you look for: one wrong entry in a booking is enough. Photographs without the entry
that a filter asks for are always compared.`

export interface FilterOptions {
  /** Names of sources. */
  readonly source?: readonly string[]
  readonly bookedFrom?: string
  readonly bookedTo?: string
  readonly sex?: readonly string[]
  /** `20-35`, `20-` or `-35`. */
  readonly age?: string
}

/** The filter that the words of a command ask for. @throws CliProblem for a source or age that cannot be read */
export function filterOf(
  options: FilterOptions,
  known: readonly { readonly id: string; readonly name: string }[],
): RequestFilterInput {
  const { bookedFrom, bookedTo } = options
  return {
    sources: options.source?.map((name) => sourceCalled(name, known)),
    ...{ bookedFrom, bookedTo },
    sexes: options.sex?.map((code) => code.toUpperCase()),
    ...(options.age === undefined ? {} : ageBand(options.age)),
  }
}

function sourceCalled(name: string, known: readonly { readonly id: string; readonly name: string }[]): string {
  const source = known.find((one) => one.name === name)
  if (source !== undefined) return source.id
  const names = known.map((one) => `"${one.name}"`).join(', ') || 'none'
  throw new CliProblem({
    kind: 'refusal',
    code: 'source_unknown',
    message: `Your agency can search no source named "${name}".`,
    remedy: `Use one of: ${names}.`,
  })
}

function ageBand(text: string): Pick<RequestFilterInput, 'ageFrom' | 'ageTo'> {
  const [, from, to] = /^(\d{1,3})?-(\d{1,3})?$/.exec(text) ?? []
  if (from === undefined && to === undefined) {
    throw new CliProblem({
      kind: 'refusal',
      code: 'age_out_of_range',
      message: `"${text}" is no age band.`,
      remedy: 'Write it as 20-35, 20- or -35.',
    })
  }
  return { ageFrom: from === undefined ? null : Number(from), ageTo: to === undefined ? null : Number(to) }
}
