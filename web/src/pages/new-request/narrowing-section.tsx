import { useState } from 'react'
import { ChecksField } from '../../components/checks-field.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { TextField } from '../../components/text-field.tsx'
import { type Narrowing, partsUsed, toggled } from './narrowing.ts'
import type { SectionProps } from './request-form.tsx'

const HINT = 'Leave this as it is to compare every photograph your agency may search.'

/** Stated where the choice is made, not in a manual. */
const WARNING =
  'Narrowing can leave out the person you look for: one wrong entry in a booking is enough. Photographs for which ' +
  'nothing is recorded stay in.'

export function NarrowingSection(props: SectionProps) {
  const { draft, trouble } = props
  const [open, setOpen] = useState(false)
  const used = partsUsed(draft.narrowing)
  const wrong = FIELDS.some((field) => trouble(field) !== undefined)
  return (
    <RuleSection title="Which photographs" hint={HINT}>
      <details className="narrow" open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          Narrow the search
          <span className="narrow__used">{used === 0 ? 'Not narrowed' : `Narrowed in ${used} of 4 ways`}</span>
        </summary>
        <div className="stack stack--wide narrow__body">
          <p>{WARNING}</p>
          <NarrowingFields {...props} />
        </div>
      </details>
    </RuleSection>
  )
}

const FIELDS = ['bookedFrom', 'bookedTo', 'ageFrom', 'ageTo'] as const

function NarrowingFields({ draft, reference, change, trouble }: SectionProps) {
  const { narrowing } = draft
  const set = (part: Partial<Narrowing>) => change({ narrowing: { ...narrowing, ...part } })
  return (
    <>
      <ChecksField
        id="sources"
        label="Sources"
        hint="None ticked means all of them."
        choices={reference.sources}
        chosen={narrowing.sources}
        onToggle={(code) => set({ sources: toggled(narrowing.sources, code) })}
      />
      <div className="pairs">
        <TextField
          id="bookedFrom"
          label="Booked on or after"
          type="date"
          trouble={trouble('bookedFrom')}
          value={narrowing.bookedFrom}
          onChange={(bookedFrom) => set({ bookedFrom })}
        />
        <TextField
          id="bookedTo"
          label="Booked on or before"
          type="date"
          trouble={trouble('bookedTo')}
          value={narrowing.bookedTo}
          onChange={(bookedTo) => set({ bookedTo })}
        />
      </div>
      <ChecksField
        id="sexes"
        label="Sex as recorded at booking"
        hint="None ticked means every entry."
        choices={reference.recordedSexes}
        chosen={narrowing.sexes}
        onToggle={(code) => set({ sexes: toggled(narrowing.sexes, code) })}
      />
      <AgeFields narrowing={narrowing} set={set} trouble={trouble} />
    </>
  )
}

interface AgeFieldsProps extends Pick<SectionProps, 'trouble'> {
  readonly narrowing: Narrowing
  readonly set: (part: Partial<Narrowing>) => void
}

function AgeFields({ narrowing, set, trouble }: AgeFieldsProps) {
  return (
    <div className="pairs">
      <TextField
        id="ageFrom"
        label="Youngest age today"
        hint="In years. The search goes by year of birth, one year wider."
        short
        trouble={trouble('ageFrom')}
        value={narrowing.ageFrom}
        onChange={(ageFrom) => set({ ageFrom })}
      />
      <TextField
        id="ageTo"
        label="Oldest age today"
        hint="In years."
        short
        trouble={trouble('ageTo')}
        value={narrowing.ageTo}
        onChange={(ageTo) => set({ ageTo })}
      />
    </div>
  )
}
