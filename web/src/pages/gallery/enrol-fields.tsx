import type { Gallery } from '../../api/types.ts'
import { SelectField } from '../../components/choice-field.tsx'
import { TextField } from '../../components/text-field.tsx'
import { type Enrolment, withBookingDay } from './enrolment.ts'

const SEXES = [
  { code: 'F', label: 'Female' },
  { code: 'M', label: 'Male' },
  { code: 'X', label: 'Another' },
  { code: 'U', label: 'Not recorded' },
]

interface EnrolFieldsProps {
  readonly form: Enrolment
  readonly sources: Gallery['sources']
  readonly trouble: (field: string) => string | undefined
  readonly change: (form: Enrolment) => void
}

export function EnrolFields({ form, sources, trouble, change }: EnrolFieldsProps) {
  const choices = sources.map(({ id, name }) => ({ code: id, label: name }))
  return (
    <div className="pairs">
      <SelectField
        id="enrolSource"
        label="Source"
        trouble={trouble('enrolSource')}
        choices={choices}
        value={form.source}
        onChange={(source) => change({ ...form, source })}
      />
      <TextField
        id="enrolPerson"
        label="Key of the person at the source"
        trouble={trouble('enrolPerson')}
        value={form.personKey}
        onChange={(personKey) => change({ ...form, personKey })}
      />
      <TextField
        id="enrolNumber"
        label="Booking number"
        trouble={trouble('enrolNumber')}
        value={form.bookingNumber}
        onChange={(bookingNumber) => change({ ...form, bookingNumber })}
      />
      <TextField
        id="enrolDay"
        label="Day of the booking"
        type="date"
        trouble={trouble('enrolDay')}
        value={form.bookedAt}
        onChange={(bookedAt) => change(withBookingDay(form, bookedAt))}
      />
      <TextField
        id="enrolTaken"
        label="Day of the photograph"
        type="date"
        trouble={trouble('enrolTaken')}
        value={form.capturedAt}
        onChange={(capturedAt) => change({ ...form, capturedAt })}
      />
      <TextField
        id="enrolBirth"
        label="Year of birth, if known"
        trouble={trouble('enrolBirth')}
        value={form.birthYear}
        onChange={(birthYear) => change({ ...form, birthYear })}
      />
      <SelectField
        id="enrolSex"
        label="Sex as recorded"
        choices={SEXES}
        value={form.sex}
        onChange={(sex) => change({ ...form, sex })}
      />
    </div>
  )
}
