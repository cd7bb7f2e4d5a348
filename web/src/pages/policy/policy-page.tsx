import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { policyQuery } from '../../api/policy.ts'
import type { Policy } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { MoratoriumSwitch } from './moratorium-switch.tsx'

const LEDE =
  'The rules that answer every request, in plain words and in the code that is evaluated. One refusal is enough.'

export function PolicyPage() {
  const query = useQuery(policyQuery)
  return (
    <Permitted place="/policy">
      <Page title="Policy" lede={LEDE}>
        <Loaded query={query}>{(policy) => <PolicyBody policy={policy} />}</Loaded>
      </Page>
    </Permitted>
  )
}

function PolicyBody({ policy }: { readonly policy: Policy }) {
  return (
    <>
      <MoratoriumSwitch moratorium={policy.moratorium} />
      <p className="policy__model">
        <Link to="/model">Which model searches, and how often it errs</Link>
      </p>
      <section aria-labelledby="directives-title">
        <div className="directives__head">
          <h2 id="directives-title">Directives of the pack {policy.pack}</h2>
          <p className="tiny soft">
            Digest of the active set <span className="digest">{policy.digest}</span>
          </p>
        </div>
        <ol className="directives">
          {policy.directives.map((directive) => (
            <li key={directive.id}>
              <div className="directives__text">
                <h3>{directive.title}</h3>
                <p>{directive.text}</p>
                <p className="tiny soft">{directive.sources.join(' · ')}</p>
                {directive.code === null ? null : (
                  <p className="tiny soft">
                    Refuses as <code>{directive.code}</code>
                  </p>
                )}
              </div>
              <pre className="directives__code">{directive.cedar.trim()}</pre>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
