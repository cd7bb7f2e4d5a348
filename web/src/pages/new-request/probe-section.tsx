import { CheckField, RadioField, SelectField } from '../../components/choice-field.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { TextField } from '../../components/text-field.tsx'
import type { SectionProps } from './request-form.tsx'

export function ProbeSection({ draft, reference, change, trouble }: SectionProps) {
  return (
    <RuleSection title="The photograph" hint="Where it comes from, how it was obtained, and who is in it.">
      <SelectField
        id="probeSource"
        label="Source"
        trouble={trouble('probeSource')}
        choices={reference.probeSources}
        value={draft.probeSource}
        onChange={(probeSource) => change({ probeSource })}
      />
      <SelectField
        id="acquisitionBasis"
        label="Obtained on the basis of"
        trouble={trouble('acquisitionBasis')}
        choices={reference.acquisitionBases}
        value={draft.acquisitionBasis}
        onChange={(acquisitionBasis) => change({ acquisitionBasis })}
      />
      <TextField
        id="acquiredFrom"
        label="Obtained from"
        hint="A place, a business or a unit."
        trouble={trouble('acquiredFrom')}
        value={draft.acquiredFrom}
        onChange={(acquiredFrom) => change({ acquiredFrom })}
      />
      <RadioField
        id="depicts"
        label="Who is depicted"
        trouble={trouble('depicts')}
        choices={reference.depicts}
        value={draft.depicts}
        onChange={(depicts) => change({ depicts })}
      />
      <CheckField
        id="attested"
        label="I attest that this photograph was lawfully obtained, and not at an activity protected by the First Amendment"
        checked={draft.attested}
        onChange={(attested) => change({ attested })}
      />
    </RuleSection>
  )
}
