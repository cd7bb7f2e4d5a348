import { z } from 'zod'
import { termSchema } from './common.ts'

/** The words and choices of every form. */
export const referenceSchema = z
  .strictObject({
    agency: z.strictObject({
      ori: z.string(),
      name: z.string(),
      caseNumberPattern: z.string(),
      caseNumberExample: z.string(),
    }),
    agencies: z.array(z.strictObject({ ori: z.string(), name: z.string() })),
    crimes: z.array(termSchema),
    purposes: z.array(termSchema),
    predicates: z.array(termSchema),
    probeSources: z.array(termSchema),
    depicts: z.array(termSchema),
    acquisitionBases: z.array(termSchema),
    /** Sources that the asker's agency may search; `code` is the id. */
    sources: z.array(termSchema),
    recordedSexes: z.array(termSchema),
    /** `key` is the keyboard key that gives the verdict. */
    verdicts: z.array(z.strictObject({ code: z.string(), label: z.string(), key: z.string() })),
    conclusions: z.array(termSchema),
    /** Why an examination is given up, or taken back, before it is signed. */
    releaseReasons: z.array(termSchema),
    corroborationTypes: z.array(termSchema),
    disclaimer: z.string(),
    banner: z.string(),
  })
  .meta({ id: 'Reference' })

export type Reference = z.infer<typeof referenceSchema>
