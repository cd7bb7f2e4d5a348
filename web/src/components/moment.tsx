const DAY = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric' })
const TIME = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const PLAIN_DAY = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })

/** A calendar day has no time zone; an instant is shown in the reader's. */
export function formatDay(at: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(at) ? PLAIN_DAY.format(new Date(`${at}T00:00:00Z`)) : DAY.format(new Date(at))
}

export function Day({ at }: { readonly at: string }) {
  return <time dateTime={at}>{formatDay(at)}</time>
}

export function Moment({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={at}>
      {TIME.format(new Date(at))}
    </time>
  )
}

const COUNT = new Intl.NumberFormat('en-US')

export function formatCount(count: number): string {
  return COUNT.format(count)
}

/** "1 photograph", "3 photographs". */
export function counted(count: number, one: string, many: string): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`
}
