import { useQuery } from '@tanstack/react-query'
import { logHeadQuery } from '../../api/log.ts'
import type { LogHead } from '../../api/types.ts'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { formatCount } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { BrowserVerification } from './browser-verification.tsx'
import { EntryList } from './entry-list.tsx'

const LEDE =
  'Every act is written here before it takes effect. Nothing can be changed afterwards without the root showing it.'

export function LogPage() {
  const head = useQuery(logHeadQuery)
  return (
    <Permitted place="/log">
      <Page
        title="Audit log"
        lede={LEDE}
        actions={
          <a className="button" href="/api/log/export" download="countenance-log.jsonl">
            Download the export
          </a>
        }
      >
        <Loaded query={head}>{(data) => <LogBody head={data} />}</Loaded>
      </Page>
    </Permitted>
  )
}

function sayWitnessed(last: LogHead['witnessed']): string {
  if (last === null) return 'No'
  const { count, needed, size, cosignedAt } = last
  return `By ${count}, ${needed} must: the first ${formatCount(size)} entries, at ${cosignedAt}`
}

function LogBody({ head }: { readonly head: LogHead }) {
  return (
    <>
      <BrowserVerification verifierKey={head.verifierKey} />
      <EntryList />
      <RuleSection title="Checkpoint" hint="What this log has signed. Keep a copy: a later export must continue it.">
        <Facts
          facts={[
            { label: 'Origin', value: head.origin },
            { label: 'Entries', value: formatCount(head.size) },
            { label: 'Cosigned by witnesses', value: sayWitnessed(head.witnessed) },
            { label: 'Root', value: <span className="digest">{head.root}</span> },
            { label: 'Key', value: <span className="digest">{head.verifierKey}</span> },
          ]}
        />
        <pre className="directives__code">{head.checkpoint}</pre>
      </RuleSection>
      <RuleSection title="Without this page" hint="The export can be checked with no server and no database.">
        <p>
          <code>npx countenance verify countenance-log.jsonl</code>
        </p>
        <p className="small soft">
          The tree is that of RFC 6962, the checkpoint a C2SP signed note: anybody may write a verifier of their own.
        </p>
      </RuleSection>
    </>
  )
}
