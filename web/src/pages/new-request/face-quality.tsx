import type { FaceQuality } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'

/** The measures of one face, folded up: what limits a comparison is said in sentences before. */
export function FaceQualityDetails({ quality }: { readonly quality: FaceQuality }) {
  const { unified, measures } = quality
  return (
    <details>
      <summary>Quality of this photograph: {unified} of 100</summary>
      {measures.length === 0 ? null : (
        <DataTable
          caption="Quality of this photograph (ISO/IEC 29794-5 components)"
          columns={[
            { title: 'Component' },
            { title: 'Measured', numeric: true },
            { title: 'Quality, 0 to 100', numeric: true },
          ]}
          rows={measures.map(({ title, native, unit, quality: value }) => [
            title,
            native === null ? 'not measured' : `${Number(native.toPrecision(3))} ${unit}`,
            value === null ? '–' : String(value),
          ])}
        />
      )}
    </details>
  )
}
