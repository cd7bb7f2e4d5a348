/** A place in a report that is not as an evaluation writes it. */
export class ReportFault extends Error {
  /** Such as `cmc[3].rank`. */
  readonly place: string

  constructor(place: string) {
    super(`The report's ${place} is not as an evaluation writes it.`)
    this.name = 'ReportFault'
    this.place = place
  }
}

const LONGEST_TEXT = 5000
const MOST_PARTS = 2000

/** A report from outside, read field by field: every reader gives the value in its type or throws `ReportFault`. */
export class ReportPart {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #place: string

  constructor(value: unknown, place = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ReportFault(place || 'content')
    this.#fields = value as Readonly<Record<string, unknown>>
    this.#place = place
  }

  text(name: string): string {
    return this.#checked(name, (value): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT)
  }

  flag(name: string): boolean {
    return this.#checked(name, (value) => typeof value === 'boolean')
  }

  number(name: string): number {
    return this.#checked(name, isNumber)
  }

  /** A whole number, 0 or more. */
  count(name: string): number {
    return this.#checked(name, (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0)
  }

  /** 0 to 1. */
  share(name: string): number {
    return this.#checked(name, (value): value is number => isNumber(value) && value >= 0 && value <= 1)
  }

  part(name: string): ReportPart {
    return new ReportPart(this.#fields[name], this.#placeOf(name))
  }

  parts(name: string): readonly ReportPart[] {
    return this.#list(name).map((one, at) => new ReportPart(one, `${this.#placeOf(name)}[${at}]`))
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((one, at) => {
      if (typeof one === 'string' && one.length <= LONGEST_TEXT) return one
      throw new ReportFault(`${this.#placeOf(name)}[${at}]`)
    })
  }

  /** Null stays null; a field that is missing is a fault. */
  orNull<T>(name: string, read: (part: ReportPart, name: string) => T): T | null {
    return this.#fields[name] === null ? null : read(this, name)
  }

  /** For a field that older reports lack, null then; null in its place is a fault. */
  ifThere<T>(name: string, read: (part: ReportPart, name: string) => T): T | null {
    return this.#fields[name] === undefined ? null : read(this, name)
  }

  #list(name: string): readonly unknown[] {
    return this.#checked(name, (value): value is unknown[] => Array.isArray(value) && value.length <= MOST_PARTS)
  }

  #checked<T>(name: string, fits: (value: unknown) => value is T): T {
    const value = this.#fields[name]
    if (fits(value)) return value
    throw new ReportFault(this.#placeOf(name))
  }

  #placeOf(name: string): string {
    return this.#place === '' ? name : `${this.#place}.${name}`
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
