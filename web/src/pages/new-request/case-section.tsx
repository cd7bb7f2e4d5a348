import { SelectField } from '../../components/choice-field.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { SearchChoice } from '../../components/search-choice.tsx'
import { TextField } from '../../components/text-field.tsx'
import { caseNumberLooksWrong } from './draft.ts'
import type { SectionProps } from './request-form.tsx'

export function CaseSection({ draft, reference, change, trouble }: SectionProps) {
  const { agency } = reference
  const odd = caseNumberLooksWrong(draft.caseNumber, agency.caseNumberPattern)
  return (
    <RuleSection
      title="The case"
      hint="Without a case number and a crime type policy refuses, and the refusal is on record."
    >
      <TextField
        id="caseNumber"
        label="Case number"
        hint={
          <>
            As {agency.name} writes it, for example {agency.caseNumberExample}.
            {odd ? ' What you typed looks different.' : ''}
          </>
        }
        short
        value={draft.caseNumber}
        onChange={(caseNumber) => change({ caseNumber })}
      />
      <SearchChoice
        id="crimeCode"
        label="Crime type"
        hint="Uniform Crime Reporting offence. Type a part of its name."
        choices={reference.crimes}
        value={draft.crimeCode}
        onChange={(crimeCode) => change({ crimeCode })}
      />
      <SelectField
        id="beneficiaryOri"
        label="Agency the search is for"
        trouble={trouble('beneficiaryOri')}
        choices={reference.agencies.map(({ ori, name }) => ({ code: ori, label: `${name} (${ori})` }))}
        value={draft.beneficiaryOri}
        onChange={(beneficiaryOri) => change({ beneficiaryOri })}
      />
    </RuleSection>
  )
}
