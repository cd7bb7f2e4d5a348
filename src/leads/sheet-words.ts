const dayFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' })
const countFormat = new Intl.NumberFormat('en-US')

export function day(at: string): string {
  return dayFormat.format(new Date(at))
}

export function moment(at: string): string {
  return `${day(at)}, ${timeFormat.format(new Date(at))} UTC`
}

export function taken(at: string | null): string {
  return at === null ? 'Date taken not recorded' : `Taken ${day(at)}`
}

export function ageText(age: number | null): string {
  return age === null ? 'not recorded' : years(age)
}

export function years(age: number): string {
  return age < 1 ? 'less than a year' : plural(age, 'year')
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

export function count(number: number): string {
  return countFormat.format(number)
}
