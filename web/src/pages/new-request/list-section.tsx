import { RadioField } from '../../components/choice-field.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { TextArea, TextField } from '../../components/text-field.tsx'
import type { SectionProps } from './request-form.tsx'

const INTEREST = [
  { code: 'no', label: 'I have no personal interest in the outcome' },
  { code: 'yes', label: 'I have a personal interest, and declare it' },
]

export function ListSection({ draft, change, trouble }: SectionProps) {
  return (
    <RuleSection
      title="Declaration and list"
      hint="An examiner must judge every candidate on the list, so longer is not better."
    >
      <RadioField
        id="conflict"
        label="Personal interest"
        hint="For example: you know a person concerned, or you are one."
        trouble={trouble('conflict')}
        choices={INTEREST}
        value={draft.conflict}
        onChange={(code) => change({ conflict: code === 'yes' ? 'yes' : 'no' })}
      />
      {draft.conflict === 'yes' ? (
        <TextArea
          id="conflictNote"
          label="What the interest is"
          rows={2}
          trouble={trouble('conflictNote')}
          value={draft.conflictNote}
          onChange={(conflictNote) => change({ conflictNote })}
        />
      ) : null}
      <TextField
        id="limit"
        label="Length of the candidate list"
        hint="1 to 50. Fewer come back when fewer faces are similar enough."
        short
        trouble={trouble('limit')}
        value={draft.limit}
        onChange={(limit) => change({ limit })}
      />
    </RuleSection>
  )
}
