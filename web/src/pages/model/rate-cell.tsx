import type { ErrorRate } from '../../api/types.ts'
import { interval, share } from './numbers.ts'

type Stated = Pick<ErrorRate, 'rate' | 'low' | 'high'>

/** A rate is never shown without its interval. */
export function RateCell({ rate }: { readonly rate: Stated }) {
  return (
    <>
      {share(rate.rate)}
      <span className="data__ends">{interval(rate)}</span>
    </>
  )
}
