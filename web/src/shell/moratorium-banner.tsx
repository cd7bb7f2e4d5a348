import { useQuery } from '@tanstack/react-query'
import { policyQuery } from '../api/policy.ts'
import { Day } from '../components/moment.tsx'

/** Calm and on every page while searches are halted: why a request will be refused should never be a surprise. */
export function MoratoriumBanner() {
  const { data } = useQuery(policyQuery)
  const moratorium = data?.moratorium
  if (!moratorium) return null
  return (
    <section className="calm-banner" aria-label="Notice to everybody">
      <p>
        <strong>Searches are halted.</strong>
        <span>
          A moratorium has been on since <Day at={moratorium.startedAt} />: {moratorium.reason}
        </span>
      </p>
    </section>
  )
}
