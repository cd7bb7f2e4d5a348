import { RadioField } from '../../components/choice-field.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { TextArea } from '../../components/text-field.tsx'
import type { SectionProps } from './request-form.tsx'

export function ReasonSection({ draft, reference, change, trouble }: SectionProps) {
  return (
    <RuleSection title="The reason" hint="Examiners never see this part: they judge faces, not stories.">
      <RadioField
        id="purpose"
        label="Purpose"
        trouble={trouble('purpose')}
        choices={reference.purposes}
        value={draft.purpose}
        onChange={(purpose) => change({ purpose })}
      />
      <RadioField
        id="predicateLevel"
        label="What the search rests on"
        trouble={trouble('predicateLevel')}
        choices={reference.predicates}
        value={draft.predicateLevel}
        onChange={(predicateLevel) => change({ predicateLevel })}
      />
      <TextArea
        id="narrative"
        label="In your words"
        hint="What happened, and what connects the person in the photograph with it."
        trouble={trouble('narrative')}
        value={draft.narrative}
        onChange={(narrative) => change({ narrative })}
      />
    </RuleSection>
  )
}
