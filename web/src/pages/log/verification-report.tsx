import { Facts } from '../../components/facts.tsx'
import { counted } from '../../components/moment.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import type { NoteFinding } from '../../verify/note.ts'
import { type BrowserReport, isWhole } from '../../verify/verify-export.ts'

const SIGNATURES: Readonly<Record<NoteFinding, string>> = {
  signed: 'Made with the key of this log',
  wrong_signature: 'Wrong: the checkpoint was changed after it was signed',
  unknown_key: 'Not made with the key of this log',
  unreadable: 'The checkpoint or the key cannot be read',
  browser_cannot: 'Not checked: this browser has no Ed25519. Use the command below',
}

export function VerificationReport({ report }: { readonly report: BrowserReport }) {
  const whole = isWhole(report)
  const rootFits = report.signed !== null && report.signed.root === report.root && report.signed.size === report.entries
  const unchecked = rootFits && report.signature === 'browser_cannot' && report.misplaced.length === 0
  return (
    <div className="stack" role={whole || unchecked ? 'status' : 'alert'}>
      <p className="verification__verdict">
        {whole ? (
          <StateMark tone="go">
            Whole and signed: {counted(report.entries, 'entry', 'entries')} verified by this browser
          </StateMark>
        ) : unchecked ? (
          <StateMark tone="wait">The tree is whole; the signature could not be checked here</StateMark>
        ) : (
          <StateMark tone="stop">This log does not verify</StateMark>
        )}
      </p>
      <Facts
        facts={[
          { label: 'Root computed here', value: <span className="digest">{report.root}</span> },
          {
            label: 'Root as signed',
            value: <span className="digest">{report.signed?.root ?? 'No readable checkpoint'}</span>,
          },
          { label: 'Entries', value: `${report.entries} read, ${report.signed?.size ?? 'unknown'} signed` },
          { label: 'Signature', value: SIGNATURES[report.signature] },
          ...(report.misplaced.length === 0
            ? []
            : [{ label: 'Out of place', value: `From entry ${report.misplaced[0]}` }]),
        ]}
      />
    </div>
  )
}
